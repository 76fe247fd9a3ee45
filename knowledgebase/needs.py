"""What the Wissensdatenbank says to the needs of target groups: which solutions answer them."""

from collections.abc import Iterator

from ogl_portal.lib.admin import PortalTabularInline
from ogl_portal.lib.registry import NeedAnswer, merged_needs, need_answers, need_inlines

from .models import Solution, SolutionForNeed


@need_answers.register
def solutions_for(*, user, needs: list[int]) -> Iterator[NeedAnswer]:
    visible = Solution.objects.visible_to(user)
    links = SolutionForNeed.objects.filter(need__in=needs, solution__in=visible)
    for link in links.select_related("solution").order_by("solution__title"):
        yield NeedAnswer(link.need_id, "Musterlösung", link.solution.title, link.solution.get_absolute_url())


@merged_needs.register
def move_solutions(*, need: int, into: int) -> Iterator:
    """The solutions of a need that goes up in another answer that one from now on."""
    known = list(SolutionForNeed.objects.filter(need=into).values_list("solution", flat=True))
    SolutionForNeed.objects.filter(need=need).exclude(solution__in=known).update(need=into)
    yield from ()


@need_inlines.register
def solutions_on_the_page_of_a_need() -> Iterator[type]:
    """The links are made where the need is described."""
    yield SolutionInline


class SolutionInline(PortalTabularInline):
    model = SolutionForNeed
    autocomplete_fields = ["solution"]
