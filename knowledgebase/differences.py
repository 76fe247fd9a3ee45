"""How two editions of a solution differ, as people read it. In and out are documents of ``interchange.dump``."""

from dataclasses import dataclass
from datetime import date

from django.db import models

from ogl_portal.lib import dates

from . import interchange
from .interchange.shape import KEYED, ROWS, WORDS, own_fields
from .models import Solution

UNTOLD = {"uuid", "content_type", "size"}
"""What documents hold for machines only."""


@dataclass(frozen=True)
class Difference:
    """One field, or kind of rows, that differs: what people call it, and the texts that went and came."""

    label: str
    before: list[str]
    after: list[str]


def differences(before: dict, after: dict) -> list[Difference]:
    """Everything that differs between two documents, in the order of the model."""
    # PostgreSQL forgets the order in which a document was written, so it is that of the model again.
    names = [field.name for field in own_fields()] + [*WORDS, *KEYED, *ROWS]
    changed = [name for name in names if name not in UNTOLD and after.get(name) != before.get(name)]
    found = [difference_of(name, before.get(name), after.get(name)) for name in changed]
    return [difference for difference in found if difference.before != difference.after]


def difference_of(name: str, before, after) -> Difference:
    """One field that differs; of rows, steps say, only those that were or became different."""
    old, new = texts(name, before), texts(name, after)
    if name in ROWS:
        old, new = [text for text in old if text not in new], [text for text in new if text not in old]
    return Difference(interchange.label(name), old, new)


def texts(name: str, value) -> list[str]:
    """What a field of a document holds, a text for each value; none where it holds nothing."""
    if value in (None, "", []):
        return []
    if name in ROWS:
        return [row_text(ROWS[name], row) for row in value]
    field = Solution._meta.get_field(name)
    if name in KEYED:
        return [row_text(field.related_model, row) for row in value]
    return [plain_text(field, each) for each in (value if isinstance(value, list) else [value])]


def row_text(model: type[models.Model], row: dict) -> str:
    """A row in one line: „Nr. 1 · Schritt: Anfangen“."""
    told = {name for name, value in row.items() if value not in (None, "")} - UNTOLD
    fields = [field for field in model._meta.concrete_fields if field.name in told]
    return " · ".join(f"{heading(field)} {plain_text(field, row[field.name])}" for field in fields)


def heading(field: models.Field) -> str:
    """What a field is called before its value: with a colon, unless it ends with a mark of its own."""
    name = str(field.verbose_name)
    return name if name[-1] in "?.…" else f"{name}:"


def plain_text(field: models.Field, value) -> str:
    """One value as the form would say it."""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(field, models.DateField):
        return dates.day(date.fromisoformat(value))
    if field.is_relation:
        return name_of(field.related_model, value)
    return str(dict(field.flatchoices).get(value, value))


def name_of(model: type[models.Model], key: str) -> str:
    """What a document names by uuid or slug, as people call it; the key itself where that is gone."""
    found = model._base_manager.filter(**{"uuid" if hasattr(model, "uuid") else "slug": key}).first()
    return str(found) if found else key
