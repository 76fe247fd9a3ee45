"""The texts of needs that may name somebody; the lead has written them freely."""

from collections.abc import Iterator

from ogl_portal.lib.registry import forgotten_names, withdrawn_names
from sessions_app.named_texts import Texts, forget_names, names_listed

from .models import Need


def texts() -> Iterator[Texts]:
    """What stands on the public pages of needs."""
    yield Texts(Need.objects.released(), ("title", "description"))


@withdrawn_names.register
def names_in_needs(person) -> Iterator[str]:
    yield from names_listed(texts(), person, "Bedarfen")


@forgotten_names.register
def names_left_in_needs(person) -> Iterator:
    forget_names(texts(), person)
    yield from ()
