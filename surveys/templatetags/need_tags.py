"""What other pages show of the needs of target groups."""

from django import template

from ..models import Need

register = template.Library()


@register.filter
def of_need(by_need: dict, need):
    """What a mapping holds for a need; nothing for one that it does not know."""
    return by_need.get(need.pk, [])


@register.inclusion_tag("surveys/_answered_needs.html")
def needs_answered_by(thing):
    """The released needs that a recommendation or an event answers; not asked for where its query says: none."""
    return {"needs": thing.needs.released().by_weight() if getattr(thing, "answers_needs", True) else []}


@register.inclusion_tag("surveys/_needs_teaser.html")
def needs_teaser(limit: int = 3):
    """The weightiest released needs, with the way to all of them."""
    return {"needs": Need.objects.released().by_weight()[:limit]}
