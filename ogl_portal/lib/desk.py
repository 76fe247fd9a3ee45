"""Boxes of the lead's desk: what waits, and where in the admin it is done."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.urls import reverse

from .registry import DeskBox, DeskLink

SHOWN = 5


def box(
    title: str, waiting: QuerySet, position: int, query: str = "", note: Callable[[object], str] = lambda thing: ""
) -> DeskBox:
    """A box with the first five of what waits, each a link to its page in the admin.

    ``query`` filters the list of the admin down to all of it; ``note`` says something about one thing.
    """
    name = f"admin:{waiting.model._meta.app_label}_{waiting.model._meta.model_name}"
    links = tuple(
        DeskLink(str(thing), reverse(f"{name}_change", args=[thing.pk]), note(thing)) for thing in waiting[:SHOWN]
    )
    return DeskBox(title, waiting.count(), f"{reverse(f'{name}_changelist')}{query}", links, position)
