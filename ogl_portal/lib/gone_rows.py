"""Rows of a form in the admin that somebody else has deleted since it was opened."""

import re

from django.db import models
from django.http import QueryDict
from django.utils.text import capfirst

from .numbers import is_key, small_number

GONE = "{} gibt es hier inzwischen nicht mehr."
SAID = "{} In Ihrem Formular stand: {}."


def drop_gone_rows(data: QueryDict, files, *, prefix: str, rows: models.QuerySet) -> list[str]:
    """Take rows that are stored no more out of what a formset is to be bound to; returns in German what they said.

    ``data`` and ``files`` are what was posted, and are changed; ``rows`` are those that may be stored. The rows behind
    a gone one move up, as the formset counts them.
    """
    count = small_number(data.get(f"{prefix}-INITIAL_FORMS", "")) or 0
    keys = {
        row: data[f"{prefix}-{row}-{name}"] for row, name in parts(data, prefix) if name == rows.model._meta.pk.name
    }
    posted = {row: key for row, key in keys.items() if row < count and is_key(key)}
    stored = {str(key) for key in rows.filter(pk__in=posted.values()).values_list("pk", flat=True)}
    gone = sorted(row for row, key in posted.items() if key not in stored)
    if not gone:
        return []
    notes = [note_of(data, f"{prefix}-{row}-", rows.model) for row in gone if f"{prefix}-{row}-DELETE" not in data]
    for sent in [data, files]:
        move_up(sent, prefix, gone)
    for name in ["INITIAL_FORMS", "TOTAL_FORMS"]:
        total = small_number(data.get(f"{prefix}-{name}", "")) or 0
        data[f"{prefix}-{name}"] = str(max(0, total - len(gone)))
    return notes


def parts(sent, prefix: str) -> list[tuple[int, str]]:
    """The number of the row and the name of the field, for everything that was sent of a formset."""
    found = (re.fullmatch(rf"{re.escape(prefix)}-([0-9]{{1,4}})-(\w+)", key) for key in sent)
    return [(int(match[1]), match[2]) for match in found if match]


def note_of(data: QueryDict, start: str, model: type[models.Model]) -> str:
    """That a row is gone and what it said, as far as it was typed."""
    fields = [
        field
        for field in model._meta.concrete_fields
        if field.editable and not (field.is_relation or field.primary_key)
    ]
    said = [(field, data.get(start + field.name, "").strip()) for field in fields]
    named = [f"{field.verbose_name}: {dict(field.flatchoices).get(text, text)}" for field, text in said if text]
    gone = GONE.format(capfirst(model._meta.verbose_name))
    return SAID.format(gone, "; ".join(named)) if named else gone


def move_up(sent, prefix: str, gone: list[int]) -> None:
    """Give the rows that stay the numbers without gaps."""
    for row, name in sorted(parts(sent, prefix)):
        values = sent.pop(f"{prefix}-{row}-{name}")
        if row not in gone:
            sent.setlist(f"{prefix}-{row - sum(each < row for each in gone)}-{name}", values)
