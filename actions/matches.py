"""What the action items say to the Vernetzung: which steps came of a pair."""

from collections.abc import Iterator

from ogl_portal.lib.admin import PortalTabularInline
from ogl_portal.lib.registry import match_inlines

from .models import ItemForMatch


@match_inlines.register
def items_on_the_page_of_a_match() -> Iterator[type]:
    """The links are made where the result is noted."""
    yield MatchItemInline


class MatchItemInline(PortalTabularInline):
    model = ItemForMatch
    autocomplete_fields = ["item"]
