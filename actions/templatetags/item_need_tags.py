"""The needs of target groups beside the action items that answer them."""

from django import template

from surveys.models import Need

register = template.Library()


@register.inclusion_tag("surveys/_answered_needs.html")
def needs_answered_by_item(item):
    """The released needs that an action item answers."""
    return {"needs": Need.objects.released().filter(item_links__item=item).by_weight()}
