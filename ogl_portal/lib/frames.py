"""Pages that are alike for everybody but for a few texts: drawn once in a process, then only these are put in."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.contrib.messages import get_messages
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

MOST_FRAMES = 300
HOLE = re.compile("\0([a-z_]+)\0")  # no text of the portal holds this character


class Visitor(NamedTuple):
    """Of somebody who is here as much as the frame of a page may know, under the names that users have."""

    is_authenticated: bool
    is_staff: bool
    is_lead: bool

    @classmethod
    def of(cls, user) -> "Visitor":
        is_lead = bool(user.is_staff and user.is_lead)
        return cls(user.is_authenticated, is_lead, is_lead)


def framed(template: str, facts: Mapping, holes: Mapping) -> SafeString:
    """A page drawn from ``facts`` and ``holes``, which the template all knows by their names.

    ``facts`` are hashable: for each set of them the template is drawn once. ``holes`` are new each time; the template
    only writes them, where HTML stands or between quotes, and neither asks nor changes them. What belongs to one
    person alone is a hole, never a fact.
    """
    texts = {name: text_of(value) for name, value in holes.items()}
    pieces = frame(template, tuple(holes), **facts)
    return SafeString("".join([texts[piece] if place % 2 else piece for place, piece in enumerate(pieces)]))


def text_of(value) -> str:
    """What is written into a hole; numbers and UUIDs hold nothing to escape."""
    return str(value if isinstance(value, int | UUID) else conditional_escape(value))


@lru_cache(MOST_FRAMES, typed=True)  # a SafeString equals a str
def frame(template: str, holes: tuple[str, ...], /, **facts) -> list[str]:
    """The drawn page, cut at its holes: every second piece is the name of one."""
    marks = {name: SafeString(f"\0{name}\0") for name in holes}
    return HOLE.split(render_to_string(template, facts | marks))


def messages_html(request) -> SafeString:
    """What is to be said to the person who asks, under the head of the page; there is seldom anything."""
    said = list(get_messages(request))
    return render_to_string("_messages.html", {"messages": said}) if said else framed("_messages.html", {}, {})
