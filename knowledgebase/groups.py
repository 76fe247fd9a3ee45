"""What the Wissensdatenbank holds for a target group."""

from collections.abc import Iterator

from django.db.models import Q

from ogl_portal.directory.models import TargetGroup
from ogl_portal.lib.feeds import Entry
from ogl_portal.lib.registry import group_news

from .feeds import entry
from .models import Solution, SolutionForNeed


def solutions_for(group: TargetGroup, needs: list[int]):
    """The published solutions that name the group, or that answer one of the needs; the newest first."""
    named = Q(pk__in=Solution.target_groups.through.objects.filter(targetgroup=group).values("solution"))
    linked = Q(pk__in=SolutionForNeed.objects.filter(need__in=needs).values("solution"))
    return Solution.objects.published().filter(named | linked).newest_first()


@group_news.register
def solutions(*, group: TargetGroup) -> Iterator[Entry]:
    found = solutions_for(group, []).select_related("publisher").prefetch_related("topics")
    yield from map(entry, found)
