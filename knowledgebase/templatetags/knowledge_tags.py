"""The Wissensdatenbank in templates: its newest entries, its figures in words."""

from django import template

from knowledgebase import wording
from knowledgebase.cards import Deck
from knowledgebase.models import Solution
from ogl_portal.lib.text import without_pictographs

register = template.Library()
register.filter("number", wording.number_text)
register.filter("printable", without_pictographs)


@register.inclusion_tag("knowledgebase/_newest_solutions.html")
def newest_solutions():
    """The three solutions published last."""
    newest = Solution.objects.published().newest_first().values_list("pk", "revision")[:3]
    return {"cards": list(Deck(dict(newest)))}
