"""Cards of solutions: what helps to decide, at a glance."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count

from ogl_portal.lib.search import Hit

from .models import Reuse, Solution
from .models.reuse import key_of
from .wording import reuse_text


class Deck:
    """The cards of one page; what is not published has none.

    A ready card stays in the cache until its version changes. Only where one is not there are the solutions
    read, all at once.
    """

    def __init__(self, versions: dict[int, str], hits: dict[int, Hit] | None = None) -> None:
        """``versions`` are the ids in order, each with what changes when its card does; ``hits`` were searched for."""
        self.versions = versions
        self.hits = hits or {}

    def __iter__(self) -> Iterator["Card"]:
        for pk, version in self.versions.items():
            yield Card(self, pk, f"{version}:{self.reuses[pk]}", self.hits.get(pk))

    @cached_property
    def solutions(self) -> dict[int, Solution]:
        return Solution.objects.published().prefetch_related("target_groups").in_bulk(self.versions)

    @cached_property
    def reuses(self) -> Counter:
        return count_reuses(solution__in=list(self.versions))


@dataclass(frozen=True)
class Card:
    """One card; it depends on nothing but its key, its version and, where one searched, its hit."""

    deck: Deck
    pk: int
    version: str
    hit: Hit | None

    @property
    def solution(self) -> Solution | None:
        return self.deck.solutions.get(self.pk)

    @property
    def title(self) -> str:
        """The title, with what was searched for marked."""
        return self.hit.title if self.hit else self.solution.title

    @property
    def text(self) -> str:
        """The one sentence, or the place of the text that holds what was searched for."""
        return self.hit.snippet if self.hit else self.solution.summary

    @property
    def is_similar(self) -> bool:
        return self.hit is not None and self.hit.is_similar

    @property
    def reuse_text(self) -> str:
        return reuse_text(self.deck.reuses[self.pk])


def count_reuses(**conditions) -> Counter:
    """How many organisations use each solution, by its key, as far as that is confirmed.

    Whoever reports twice is one all the same. The database brings together what is spelt alike, the rest is done here:
    SQLite knows the small letters of ASCII alone.
    """
    found = Reuse.objects.in_use().filter(**conditions).order_by().values("solution_id", "organisation_name")
    spelt = found.annotate(uses=Count("pk")).values_list("solution_id", "organisation_name")
    return Counter(solution for solution, _ in {(solution, key_of(name)) for solution, name in spelt})
