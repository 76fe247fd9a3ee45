"""What the action items say to the Vernetzung: which steps came of a pair."""

from collections.abc import Iterator

from django.db.models import F

from ogl_portal.lib.admin import PortalTabularInline
from ogl_portal.lib.numbers import small_number
from ogl_portal.lib.registry import match_inlines
from surveys.models import Match

from .models import ActionItem, ItemForMatch


@match_inlines.register
def items_on_the_page_of_a_match() -> Iterator[type]:
    """The links are made where the result is noted."""
    yield MatchItemInline


class MatchItemInline(PortalTabularInline):
    model = ItemForMatch
    autocomplete_fields = ["item"]


def link_to_match(item: ActionItem, key: str) -> None:
    """Note that a new item came of the pair with this key, where there is one: its page in the admin leads here."""
    for match in Match.objects.filter(pk=small_number(key) or 0):
        ItemForMatch.objects.create(item=item, match=match)
        Match.objects.filter(pk=match.pk).update(revision=F("revision") + 1)
