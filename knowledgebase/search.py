"""What can be found of the solutions."""

from django.db.models import Prefetch, Q
from django.utils import timezone

from ogl_portal.directory.models import Organisation
from ogl_portal.directory.search import target_group_key, topic_key
from ogl_portal.lib.registry import search_sources
from ogl_portal.lib.search import Audience, Entry, Source

from .models import LifeSituation, PublicService, Reuse, Solution

TEXTS = ["roles", "description", "problem", "benefit", "features", "technical_requirements", "legal_requirements",
         "organisational_requirements", "interfaces", "platforms", "funding"]  # fmt: skip


def solutions():
    related = ["topics", "target_groups", "services", "life_situations", "steps", "attachments", "links"]
    uses = Prefetch("reuses", Reuse.objects.confirmed().order_by("pk"), to_attr="public_reuses")
    return Solution.objects.select_related("publisher", "operator").prefetch_related(*related, uses)


def entry(solution: Solution) -> Entry:
    """A solution with all that its page says; contacts are not searched for."""
    published = solution.published_at
    return Entry(
        title=solution.title,
        url=solution.get_absolute_url(),
        kind=solution.get_kind_display() or "Musterlösung",
        audience=Audience.ALL if solution.is_published else Audience.LEAD,
        summary=solution.summary,
        texts=(*(getattr(solution, name) for name in TEXTS), *texts_of_parts(solution)),
        keys=keys(solution),
        date=timezone.localdate(published) if published else None,
        outdated_from=solution.next_review_on,
        is_example=solution.is_example,
    )


def texts_of_parts(solution: Solution) -> list[str]:
    """What stands in the rows that belong to a solution, who is behind it and who uses it, and where."""
    steps = [text for step in solution.steps.all() for text in (step.title, step.text, step.role, step.done_when)]
    attachments = [attachment.title for attachment in solution.attachments.all()]
    services = [service.name for service in solution.services.all()]
    behind = [organisation for organisation in (solution.publisher, solution.operator) if organisation]
    organisations = [f"{organisation.name} {organisation.place}" for organisation in behind]
    situations = [situation.name for situation in solution.life_situations.all()]
    links = [link.get_kind_display() for link in solution.links.all()]
    uses = [f"{reuse.organisation_name} {reuse.place}" for reuse in solution.public_reuses]
    words = [solution.get_ozg_field_display(), solution.licence, solution.get_licence_display()]
    return [*steps, *attachments, *services, *organisations, *situations, *links, *uses, *words]


def keys(solution: Solution) -> tuple[str, ...]:
    """The numbers of its services, its topics and target groups."""
    numbers = [number for service in solution.services.all() for number in (service.leika_key, service.ozg_id)]
    words = [*map(topic_key, solution.topics.all()), *map(target_group_key, solution.target_groups.all())]
    return tuple(sorted(filter(None, {*numbers, *words})))


def naming(thing) -> Q | None:
    """The solutions that say the name of an organisation or of a Lage, hold the keys of a service, or are used."""
    if isinstance(thing, Reuse):
        return Q(pk=thing.solution_id)
    if isinstance(thing, LifeSituation):
        return Q(life_situations=thing)
    if isinstance(thing, Organisation):
        return Q(publisher=thing) | Q(operator=thing)
    return Q(services=thing) if isinstance(thing, PublicService) else None


@search_sources.register
def sources():
    yield Source("solutions", "musterloesungen", "Musterlösungen", Solution, solutions, entry, naming)
