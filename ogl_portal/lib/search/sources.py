"""What an app says about the things of it that can be found.

An app's ``search.py`` is discovered like ``admin.py`` and registers its sources with ``registry.search_sources``.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from django.db.models import Model, Q, QuerySet

from ..registry import search_sources, search_vocabularies


class Audience(IntEnum):
    """Who may find a document; each circle holds those that follow."""

    ALL = 0
    MEMBERS = 1
    LEAD = 2


@dataclass(frozen=True)
class Entry:
    """What the index holds of one thing; texts are plain text or Markdown."""

    title: str
    url: str
    kind: str  # a word people read: „Musterlösung“, „AG-Sitzung“
    audience: Audience
    summary: str = ""  # shown where no text around a hit says more, and searched as text
    keywords: tuple[str, ...] = ()  # weigh nearly as much as the title
    texts: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()  # found by exactly these: numbers of services, words of the vocabulary
    date: datetime.date | None = None
    outdated_from: datetime.date | None = None  # from this day on it ranks below what is current
    is_example: bool = False


def affects_nothing(thing: Model) -> Q | None:
    """Nothing else stands in the texts of this source."""
    return None


@dataclass(frozen=True)
class Source:
    """A kind of thing that can be found.

    ``things`` returns everything that is to be indexed, with what ``entry`` needs prefetched. ``affected_by`` says
    which of them another thing (an organisation, a series) is named in, or None.
    """

    name: str  # as code knows it: „solutions“
    slug: str  # as the address of the search page has it
    label: str  # of several, for people: „Musterlösungen“
    model: type[Model]
    things: Callable[[], QuerySet]
    entry: Callable[[Model], Entry]
    affected_by: Callable[[Model], Q | None] = affects_nothing
    is_signpost: bool = False  # the page of a word of the vocabulary: it hides nothing that the word leads to besides

    def touched_by(self, thing: Model) -> list[int]:
        """The numbers of the things whose entry may change with the given one, the thing itself included."""
        if isinstance(thing, self.model):
            return [thing.pk]
        condition = self.affected_by(thing)
        if condition is None:
            return []
        return sorted(set(self.things().filter(condition).order_by().values_list("pk", flat=True)))


@dataclass(frozen=True)
class Vocabulary:
    """Words that lead to the documents with a certain key, such as the synonyms of a topic."""

    model: type[Model]
    key: Callable[[Model], str]
    words: Callable[[Model], list[str]]


def sources() -> list[Source]:
    """All sources, in the order in which pages name them."""
    return list(search_sources.ask())


def vocabularies() -> list[Vocabulary]:
    """All vocabularies that lead to documents."""
    return list(search_vocabularies.ask())
