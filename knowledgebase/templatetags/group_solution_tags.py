"""What the pages of the target groups show of the Wissensdatenbank."""

from django import template

from ..groups import solutions_for
from ..models import MUNICIPALITIES

register = template.Library()
SHOWN = 6


@register.inclusion_tag("knowledgebase/_group_solutions.html")
def solutions_for_group(group, needs):
    """The newest solutions for a target group or for one of its needs."""
    return {"solutions": solutions_for(group, [each.need.pk for each in needs])[:SHOWN], "group": group}


@register.inclusion_tag("knowledgebase/_group_ozg.html")
def ozg_note_for_group(group):
    """To municipalities: experience, and no information about duties (report, section 5, 5)."""
    return {"is_for_municipalities": group.slug == MUNICIPALITIES}
