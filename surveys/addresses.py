"""Where an entry is filled in."""

from django.urls import reverse

from ogl_portal.lib.addresses import address_of

from .models import Round
from .sheet import Card


def card_url(round: Round, card: Card) -> str:
    """The page of an entry: its own, or that of its section where there is only one."""
    if card.part.section.is_repeatable:
        return reverse("surveys:entry", args=[round.slug, card.entry.uuid])
    return section_url(round, card.part.section.key)


def section_url(round: Round, key: str) -> str:
    return address_of("surveys:section", round.slug, key)
