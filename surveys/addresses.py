"""Where an entry is filled in."""

from uuid import UUID

from django.urls import reverse

from ogl_portal.lib.addresses import address_of

from .models import Entry, Round
from .sheet import Card

ANY_ENTRY = UUID(int=0)
"""Stands in an address that is looked up once for all entries."""


def card_url(round: Round, card: Card) -> str:
    """The page of an entry: its own, or that of its section where there is only one."""
    if card.part.section.is_repeatable:
        return reverse("surveys:entry", args=[round.slug, card.entry.uuid])
    return section_url(round, card.part.section.key)


def section_url(round: Round, key: str) -> str:
    return address_of("surveys:section", round.slug, key)


def autosave_url(round: Round, entry: Entry) -> str:
    """Where the open form of an entry saves what is typed."""
    return address_of("surveys:autosave", round.slug, ANY_ENTRY).replace(str(ANY_ENTRY), str(entry.uuid))
