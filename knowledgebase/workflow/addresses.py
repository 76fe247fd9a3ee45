"""Titles and addresses for new drafts: both are unique, and nobody is asked to think of one."""

from collections.abc import Callable
from itertools import count

from ogl_portal.lib.text import slug_of

from ..models import RESERVED_SLUGS, Solution

LONGEST = 120


def free_slug(title: str) -> str:
    """Return an address for a title that no solution has: Digitales Fundbüro → digitales-fundbuero."""
    words = slug_of(title)[: LONGEST - 10].strip("-") or "loesung"
    return first_free(
        lambda number: f"{words}-{number}" if number > 1 else words,
        lambda slug: slug in RESERVED_SLUGS or Solution.objects.filter(slug=slug).exists(),
    )


def free_title(title: str) -> str:
    """Return the title, with a number behind it where another solution has it already."""
    return first_free(
        lambda number: f"{title[: LONGEST - 10]} ({number})" if number > 1 else title,
        lambda wanted: Solution.objects.filter(title=wanted).exists(),
    )


def first_free(name: Callable[[int], str], is_taken: Callable[[str], bool]) -> str:
    """Return the first of the names number 1, 2, 3 … that is not taken."""
    return next(text for text in map(name, count(1)) if not is_taken(text))
