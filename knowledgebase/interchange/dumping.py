"""A solution becomes a document: plain values in a stable order, days and moments in ISO 8601."""

from datetime import date
from uuid import UUID

from django.db import models
from django.db.models import QuerySet

from ..models import Contact, Solution
from .shape import KEYED, LINES, ROWS, WORDS, own_fields, row_fields


def with_content(solutions: QuerySet) -> QuerySet:
    """The solutions with all that ``dump`` reads, for a few; ``bulk.dump_all`` is for many."""
    rows = [*WORDS, *KEYED, *ROWS, "contacts", "relations__other", "steps__attachment"]
    return solutions.select_related("publisher", "operator").prefetch_related(*rows)


def dump(solution: Solution, *, contacts: bool = False, rows: dict[str, list[dict]] | None = None) -> dict:
    """Return what a solution holds as values that JSON knows.

    Contacts are left out unless asked for, and then only those whose consent holds today. Organisations and the
    portal's vocabulary are named by slug, other solutions and attachments by uuid. ``rows`` are what belongs to the
    solution, where somebody has fetched it already.
    """
    rows = rows or rows_of(solution)
    document = {"uuid": str(solution.uuid)}
    document |= {field.name: own_value(solution, field) for field in own_fields()}
    document |= {name: sorted(word["slug"] for word in rows[name]) for name in WORDS}
    names = [*KEYED, *ROWS, "contacts"] if contacts else [*KEYED, *ROWS]
    return document | {name: in_order(rows[name]) for name in names}


def rows_of(solution: Solution) -> dict[str, list[dict]]:
    """All that belongs to the solution, by kind."""
    shapes = WORDS | KEYED | {name: row_fields(model) for name, model in ROWS.items()}
    rows = {name: described(getattr(solution, name).all(), names) for name, names in shapes.items()}
    return rows | {"contacts": described(solution.public_contacts, row_fields(Contact))}


def described(things, names: list[str]) -> list[dict]:
    """The named values of each thing."""
    return [{name: plain_value(getattr(thing, name)) for name in names} for thing in things]


def in_order(rows: list[dict]) -> list[dict]:
    """Rows in the order of their values, the first value first; what is empty comes before what is not."""
    return sorted(rows, key=lambda row: [(value is not None, value) for value in row.values()])


def own_value(solution: Solution, field: models.Field):
    """One field of the solution; a text with one thing a line becomes a list."""
    value = plain_value(getattr(solution, field.name))
    if field.name in LINES:
        return value.split("\n") if value else []
    return value


def plain_value(value):
    """What JSON says for a value: ISO 8601 for days, and what names another thing for a reference to it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, models.Model):
        return str(value.uuid) if hasattr(value, "uuid") else value.slug
    return str(value) if isinstance(value, UUID | models.TextChoices) else value
