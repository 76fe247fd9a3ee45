"""The Vernetzung beside the action items that came of it."""

from django import template

from ogl_portal.directory.models import belongs_to_group
from surveys.models import Match

from ..models import ActionItem, ItemForMatch

register = template.Library()


@register.inclusion_tag("actions/_item_matches.html")
def matches_of_item(item, user):
    """The pairs that an action item came of, as far as members may see them: to them alone."""
    found = Match.objects.shown().filter(item_links__item=item).with_sides() if belongs_to_group(user) else []
    return {"matches": found}


@register.simple_tag
def items_by_match(matches, user) -> dict[int, list[ActionItem]]:
    """The steps that came of each pair, by its key, as far as the user may see them; one question for all pairs."""
    links = ItemForMatch.objects.filter(match__in=list(matches), item__in=ActionItem.objects.visible_to(user))
    found: dict[int, list[ActionItem]] = {}
    for link in links.select_related("item"):
        found.setdefault(link.match_id, []).append(link.item)
    return found
