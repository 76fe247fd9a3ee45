"""The Wissensdatenbank on the pages of others."""

from django import template

from knowledgebase.models import Solution

register = template.Library()


@register.inclusion_tag("knowledgebase/_newest_solutions.html")
def newest_solutions():
    """The three solutions published last."""
    return {"solutions": Solution.objects.published().for_cards().newest_first()[:3]}
