"""What the address of the catalogue asks for."""

from dataclasses import dataclass

from django.http import QueryDict

from ..facets import FACETS, Facet, current_sheet
from ..models import MUNICIPALITIES

MAX_WORDS = 100
BEST, NEWEST, REUSED, CHECKED = "treffer", "neu", "nachgenutzt", "geprueft"
ORDERS = {BEST: "Beste Treffer", NEWEST: "Neueste", REUSED: "Am häufigsten nachgenutzt", CHECKED: "Zuletzt geprüft"}


@dataclass(frozen=True)
class Chip:
    """One chosen thing, and the query that is left without it."""

    label: str
    query: str


class Selection:
    """Words, values of facets and an order from a query; what does not exist is left out, and ``notes`` say so."""

    def __init__(self, query: QueryDict) -> None:
        self.query = query
        self.notes: list[str] = []
        self.sheet = current_sheet()
        self.choices = {facet: facet.choices(self.sheet) for facet in FACETS}
        self.words = self.read_words()
        self.is_literal = query.get("genau") == "1"
        self.chosen = {facet: self.read_values(facet) for facet in FACETS}
        self.order = self.read_order()

    def read_words(self) -> str:
        words = " ".join(self.query.get("q", "").split())
        if len(words) > MAX_WORDS:
            self.notes.append(f"Bitte suchen Sie mit höchstens {MAX_WORDS} Zeichen. Wir haben das Ende weggelassen.")
        return words[:MAX_WORDS].strip()

    def read_values(self, facet: Facet) -> list[str]:
        asked = dict.fromkeys(filter(None, self.query.getlist(facet.name)))
        if unknown := [value for value in asked if value not in self.choices[facet]]:
            named = ", ".join(f"„{value[:40]}“" for value in unknown[:3])
            self.notes.append(f"Bei „{facet.label}“ gibt es {named} nicht. Das haben wir weggelassen.")
        return [value for value in asked if value in self.choices[facet]]

    def read_order(self) -> str:
        asked = self.query.get("sort", "")
        if asked in self.orders:
            return asked
        if asked and asked not in ORDERS:
            self.notes.append("Diese Sortierung gibt es nicht. Wir zeigen die übliche.")
        return next(iter(self.orders))

    @property
    def orders(self) -> dict[str, str]:
        """The orders that may be asked for; the first one is the usual one."""
        return {name: label for name, label in ORDERS.items() if self.words or name != BEST}

    @property
    def has_usual_order(self) -> bool:
        return self.order == next(iter(self.orders))

    @property
    def chips(self) -> list[Chip]:
        """What was chosen, each with the query without it."""
        words = [Chip(f"Suche: {self.words}", self.query_without("q"))] if self.words else []
        return words + [
            Chip(f"{facet.label}: {self.choices[facet][value][1]}", self.query_without(facet.name, value))
            for facet, values in self.chosen.items()
            for value in values
        ]

    def query_without(self, name: str, value: str | None = None) -> str:
        """The query of this page without one value of a name, or without the name at all."""
        query = self.query.copy()
        query.setlist(name, [each for each in query.getlist(name) if value and each != value])
        for other in ["page", "genau"]:
            query.pop(other, None)
        return f"?{query.urlencode()}"

    @property
    def is_for_municipalities(self) -> bool:
        """Whether the note about the OZG belongs above the list."""
        return any(MUNICIPALITIES in values for facet, values in self.chosen.items() if facet.name == "zielgruppe")
