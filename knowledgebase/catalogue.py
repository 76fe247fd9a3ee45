"""What the catalogue answers: which solutions, in which order, and how many each further choice would leave."""

from bisect import bisect_left
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from hashlib import sha256
from operator import and_

from ogl_portal.lib.search import Audience, Found, Hit, find

from .cards import Deck, count_reuses
from .facets import FACETS, Facet
from .forms.catalogue import BEST, CHECKED, REUSED, Selection

MOST_OPTIONS = 20


@dataclass(frozen=True)
class Option:
    """One value of a facet, with the number of solutions that choosing it would leave."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    """A facet as the page shows it: without the values that would leave nothing."""

    facet: Facet
    options: list[Option]

    @property
    def chosen(self) -> int:
        return sum(option.is_chosen for option in self.options)

    @property
    def is_open(self) -> bool:
        return self.chosen > 0 or not self.facet.is_folded


class Results:
    """The solutions that a selection finds, as places in the sheet of the facets."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self.sheet = selection.sheet

    @cached_property
    def found(self) -> Found | None:
        """The answer of the search, where there are words to search for."""
        if not self.selection.words:
            return None
        return find(
            self.selection.words, audiences=[Audience.ALL], source="solutions", literal=self.selection.is_literal
        )

    @cached_property
    def within(self) -> int:
        """The solutions that hold the words, all where there are none."""
        return self.sheet.among(self.found.ids) if self.found else self.sheet.all

    @cached_property
    def kept(self) -> dict[str, int]:
        """For each facet in which something was chosen, the solutions that it leaves."""
        return {
            facet.name: self.sheet.having(facet.name, [self.selection.choices[facet][value][0] for value in values])
            for facet, values in self.selection.chosen.items()
            if values
        }

    @cached_property
    def result(self) -> int:
        return reduce(and_, self.kept.values(), self.within)

    @cached_property
    def places(self) -> Sequence[int]:
        """The solutions asked for, in the order asked for; those whose review is due come behind the others."""
        ordered = self.ordered()
        return sorted(ordered, key=self.is_similar) if self.similar else ordered

    def ordered(self) -> Sequence[int]:
        if self.selection.order == BEST:
            return self.sheet.in_order_of(self.found.ids, self.result)
        if self.selection.order == CHECKED:
            return self.sheet.last_checked(self.result)
        places = self.sheet.newest(self.result)
        return self.most_reused(places) if self.selection.order == REUSED else places

    def most_reused(self, places: Sequence[int]) -> list[int]:
        counts, ids = count_reuses(), self.sheet.ids
        first_due = bisect_left(places, self.sheet.current)
        parts = [places[:first_due], places[first_due:]]
        return [place for part in parts for place in sorted(part, key=lambda place: counts[ids[place]], reverse=True)]

    @cached_property
    def similar(self) -> set[int]:
        """The keys of solutions that do not hold the words, only similar ones."""
        return self.found.similar_ids if self.found else set()

    @property
    def exact_count(self) -> int:
        """How many hold the words."""
        return len(self.places) - (sum(map(self.is_similar, self.places)) if self.similar else 0)

    def is_similar(self, place: int) -> bool:
        return self.sheet.ids[place] in self.similar

    def deck(self, places: Sequence[int]) -> Deck:
        """The cards of some of the solutions."""
        versions = {self.sheet.ids[place]: f"{self.sheet.version(place)}:{self.words}" for place in places}
        return Deck(versions, self.hits(versions))

    def hits(self, ids: Container[int]) -> dict[int, Hit]:
        """What was found of these solutions, by their keys."""
        if not self.found:
            return {}
        shown = replace(self.found, places=[place for place in self.found.places if place.object_id in ids])
        return {hit.object_id: hit for hit in shown.hits[:]}

    @cached_property
    def words(self) -> str:
        """What differs as soon as a word of the vocabulary is called otherwise."""
        words = [choices for facet, choices in self.selection.choices.items() if facet.words]
        return sha256(repr(words).encode()).hexdigest()

    @property
    def state(self) -> str:
        """All that the facets with their counts depend on."""
        within = f"{self.within:x}" if self.found else "all"
        return f"{self.sheet.stamp}{self.words}{list(self.selection.chosen.values())}{within}"

    def groups(self) -> list[Group]:
        """The facets with their counts, each computed without the facet's own choice."""
        groups = [Group(facet, self.options(facet)) for facet in FACETS]
        return [group for group in groups if group.options]

    def options(self, facet: Facet) -> list[Option]:
        others = [kept for name, kept in self.kept.items() if name != facet.name]
        left = reduce(and_, others, self.within)
        bits, chosen = self.sheet.bits[facet.name], self.selection.chosen[facet]
        options = [
            Option(value, label, (left & bits.get(key, 0)).bit_count(), value in chosen)
            for value, (key, label) in self.selection.choices[facet].items()
        ]
        shown = [option for option in options if option.count or option.is_chosen]
        return shown if facet.words else most_common(shown)


def most_common(options: list[Option]) -> list[Option]:
    """Of what there may be any number of, the chosen and the most frequent values, by name."""
    first = sorted(options, key=lambda option: (not option.is_chosen, -option.count))[:MOST_OPTIONS]
    return sorted(first, key=lambda option: option.label.casefold())
