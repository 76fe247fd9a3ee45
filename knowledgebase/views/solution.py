"""The page of one solution, and what can be downloaded from it."""

from functools import partial

from django.core.cache import caches
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.views.decorators.http import conditional_page
from django.views.generic import DetailView, View

from ogl_portal.lib import search
from ogl_portal.lib.files import send_file
from ogl_portal.lib.kept import keep_page
from ogl_portal.lib.structured_data import script

from .. import structured_data
from ..models import Attachment, Solution, Step
from ..open_data import publiccode
from ..related import related_to

KEPT_SECONDS = 600
"""How long the ready parts of a published page are kept."""
STEPS = Prefetch("steps", Step.objects.select_related("attachment"))
PARTS = ["topics", "target_groups", "audiences", "services", "life_situations", STEPS, "attachments", "links",
         "efa_checks"]  # fmt: skip


class SolutionView(DetailView):
    """One solution with all that there is to say of it, for whoever may read it."""

    context_object_name = "solution"

    def get_queryset(self):
        visible = Solution.objects.visible_to(self.request.user)
        return visible.select_related("publisher", "operator").prefetch_related("contacts")

    def get_context_data(self, **kwargs):
        solution, related = self.object, related_to(self.object)
        reuses = list(solution.reuses.confirmed().order_by("-since_year", "organisation_name"))
        bases = [each.solution for each in related if each.is_base]
        version = f"{solution.pk}:{solution.revision}:{timezone.localdate()}:{search.stamp()}"
        json_ld, has_publiccode = kept_for_machines(solution, version, bases)
        return super().get_context_data(
            related=related,
            reuses=reuses,
            version=version,
            reuse_count=len({reuse.organisation_key for reuse in reuses if reuse.status != reuse.Status.INTERESTED}),
            json_ld=json_ld,
            has_publiccode=has_publiccode,
            steps=partial(steps_of, solution),
            kept_seconds=kept_seconds(solution),
            **kwargs,
        )


@method_decorator(conditional_page, name="dispatch")
class SolutionDetailView(SolutionView):
    """The page: what it is, for whom, what it costs, how to begin, who uses it, whom to ask.

    Visitors get it as it was drawn as long as nothing was saved (one query), others its ready parts.
    """

    template_name = "knowledgebase/solution_detail.html"

    def get(self, request, *args, **kwargs):
        return keep_page(request, partial(super().get, request, *args, **kwargs))


def steps_of(solution: Solution) -> QuerySet:
    """The steps with their files: one query, none where the facts for machines have just read them."""
    prefetch_related_objects([solution], STEPS)
    return solution.steps.all()


def kept_seconds(solution: Solution) -> int:
    return KEPT_SECONDS if solution.is_published else 0


def kept_for_machines(solution: Solution, version: str, bases: list[Solution]) -> tuple[SafeString, bool]:
    """The facts for search engines as part of the page, and whether there is a publiccode.yml."""
    key = f"solution-facts:{version}:{[each.pk for each in bases]}"
    return caches["template_fragments"].get_or_set(key, lambda: for_machines(solution, bases), kept_seconds(solution))


def for_machines(solution: Solution, bases: list[Solution]) -> tuple[SafeString, bool]:
    """Read the parts of the solution, for its facts and for the page that is drawn next."""
    prefetch_related_objects([solution], *PARTS)
    facts = structured_data.with_today(structured_data.describe(solution), solution.public_contacts, bases)
    return script(facts), not publiccode.gaps(solution)


class AttachmentView(View):
    """A file of a solution, for whoever may read the solution."""

    http_method_names = ["get", "head"]

    def get(self, request, slug, uuid):
        files = Attachment.objects.filter(solution__in=Solution.objects.visible_to(request.user), solution__slug=slug)
        attachment = get_object_or_404(files.select_related("solution"), uuid=uuid)
        response = send_file(attachment, attachment.name)
        if attachment.solution.is_published and request.user.is_anonymous:
            del response["Cache-Control"]
            patch_cache_control(response, public=True, no_cache=True)
        return response
