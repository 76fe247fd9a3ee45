"""The needs of target groups beside the solutions that answer them."""

from django import template

from surveys.models import Need

register = template.Library()


@register.inclusion_tag("surveys/_answered_needs.html")
def needs_answered_by_solution(solution):
    """The released needs that a solution answers."""
    return {"needs": Need.objects.released().filter(solution_links__solution=solution).by_weight()}
