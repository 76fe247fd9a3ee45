"""Many solutions as documents: one query for each kind of row, however many there are, and few in memory at a time."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from django.db import models
from django.db.models import QuerySet

from ..models import Contact, Solution
from .dumping import dump, plain_value
from .shape import KEYED, ROWS, WORDS, row_fields

AT_ONCE = 500
"""Rows fetched at a time."""


def dump_all(solutions: QuerySet) -> Iterator[tuple[Solution, dict]]:
    """Each solution with what ``dump`` says of it, in the order of their keys.

    Contacts are those whose consent holds today; relations lead to others of the same solutions only, so that public
    ones tell of no draft.
    """
    shown = solutions.order_by().values("pk")
    feeds = {name: Feed(*table_of(name, model, shown)) for name, model in ROWS.items()}
    feeds |= {name: Feed(*words_of(name, keys, shown)) for name, keys in (WORDS | KEYED).items()}
    feeds["contacts"] = Feed(Contact.objects.consenting().filter(solution__in=shown), row_fields(Contact))
    found = solutions.select_related("publisher", "operator").order_by("pk")
    for solution in found.iterator(chunk_size=AT_ONCE):
        rows = {name: feed.take(solution.pk) for name, feed in feeds.items()}
        yield solution, dump(solution, contacts=True, rows=rows)


def table_of(name: str, model: type[models.Model], shown: QuerySet) -> tuple[QuerySet, list[str], list[str]]:
    """The rows of one kind, the names of their values, and where these are found."""
    rows, names = model.objects.filter(solution__in=shown), row_fields(model)
    if name == "relations":
        rows = rows.filter(other__in=shown)
    references = [field for field in names if model._meta.get_field(field).is_relation]
    return rows, names, [f"{field}__uuid" if field in references else field for field in names]


def words_of(name: str, keys: list[str], shown: QuerySet) -> tuple[QuerySet, list[str], list[str]]:
    """The same for words of a vocabulary, which the table between tells."""
    field = Solution._meta.get_field(name)
    between, word = field.remote_field.through, field.m2m_reverse_field_name()
    return between.objects.filter(solution__in=shown), keys, [f"{word}__{key}" for key in keys]


class Feed:
    """Rows that wait for their solution; solutions must ask in the order of their keys."""

    def __init__(self, rows: QuerySet, names: list[str], paths: list[str] | None = None) -> None:
        self.names = names
        values = rows.order_by("solution_id", "pk").values_list("solution_id", *(paths or names))
        self.groups = groupby(values.iterator(chunk_size=AT_ONCE), key=itemgetter(0))
        self.step()

    def step(self) -> None:
        """Read the rows of the next solution that has some."""
        key, rows = next(self.groups, (None, ()))
        self.key, self.waiting = key, list(rows)

    def take(self, key: int) -> list[dict]:
        """The rows of the solution with this key."""
        while self.key is not None and self.key < key:
            self.step()
        if self.key != key:
            return []
        return [dict(zip(self.names, map(plain_value, row[1:]), strict=True)) for row in self.waiting]
