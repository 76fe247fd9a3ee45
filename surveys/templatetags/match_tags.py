"""What other pages show of the Vernetzung."""

from django import template

from ogl_portal.directory.models import belongs_to_group

from ..models import Match

register = template.Library()


@register.inclusion_tag("surveys/_my_matches.html")
def my_matches(user):
    """How many pairs there are to look at, for members."""
    return {"count": Match.objects.shown().count() if belongs_to_group(user) else 0}


@register.simple_tag
def contacts_for(match, user) -> bool:
    """Whether this user may read how to reach both sides: the two themselves, and who leads, once both allow it."""
    if not match.contacts_flow or match.status != match.Status.INTRODUCED:
        return False
    return user.is_lead or user.person_id in {side.contact.pk for side in match.sides.all() if side.contact}
