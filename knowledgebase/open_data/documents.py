"""What the portal gives away about its solutions: published ones, contacts with consent, confirmed reuse."""

from collections.abc import Iterator

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from ogl_portal.directory.models import Organisation

from .. import interchange
from ..interchange.bulk import Feed
from ..models import Reuse, Solution
from .about import address

REUSE_FACTS = ["organisation_name", "place", "status", "since_year", "version", "adapted", "effort_days", "cost",
               "verdict", "source_url", "is_example"]  # fmt: skip
ORGANISATION_FACTS = ["slug", "name", "kind", "place", "website", "municipality_key", "is_example"]
META = ["url", "version", "published_at", "changed_at", "used_by"]
"""What an entry says beside its content: the portal knows it, no import takes it over."""


def documents() -> Iterator[dict]:
    """All that anybody may know about each published solution, in the order in which the entries were made."""
    shown = Solution.objects.published()
    reuses = Feed(Reuse.objects.confirmed().filter(solution__in=shown.values("pk")), REUSE_FACTS)
    for solution, content in interchange.dump_all(shown):
        for row in content["attachments"]:
            row["url"] = address(reverse("knowledgebase:attachment", args=[solution.slug, row["uuid"]]))
        yield content | {
            "url": address(solution.get_absolute_url()),
            "version": solution.version,
            "published_at": solution.published_at.isoformat(timespec="seconds"),
            "changed_at": solution.changed_at.isoformat(timespec="seconds"),
            "used_by": reuses.take(solution.pk),
        }


def organisations() -> list[dict]:
    """The organisations that published entries name as publisher or operator."""
    shown = Solution.objects.published()
    named = Organisation.objects.filter(Q(pk__in=shown.values("publisher")) | Q(pk__in=shown.values("operator")))
    return list(named.order_by("slug").values(*ORGANISATION_FACTS))


def with_use(solutions: QuerySet) -> QuerySet:
    """Solutions with their content, and with those who use them as ``users``."""
    users = Prefetch("reuses", Reuse.objects.in_use().order_by("pk"), to_attr="users")
    return interchange.with_content(solutions).prefetch_related(users)
