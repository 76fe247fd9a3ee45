"""Whether a document can become a solution: its names, its types, the rules of the tables; each fault in German."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models

from ogl_portal.lib.text import has_forbidden_characters, plain

from ..models import Contact, Solution
from .shape import KEYED, LINES, ROWS, WORDS, label, own_fields, row_fields

UUIDS = "eine Kennung wie 0b7e3f0c-5d5e-4f53-9a77-0d2f6a0c2f11"
TYPES = [
    (models.BooleanField, bool, "ja oder nein (true oder false)"),
    (models.IntegerField, int, "eine ganze Zahl"),
    (models.DateField, str, "ein Tag wie 2021-05-27"),
    (models.UUIDField, str, UUIDS),
]
LARGEST = {models.PositiveSmallIntegerField: 32_767, models.PositiveIntegerField: 2_147_483_647}
"""SQLite takes any number, PostgreSQL does not."""
OWN_ROWS = {*ROWS.values(), Contact}
MOST_LINES = {"features": 20}
MOST_TOPICS = 3
MOST_ROWS = 200
LONGEST_SHOWN = 60


def check(document) -> list[str]:
    """Name what is wrong with one entry taken by itself; nothing where all is well."""
    if not isinstance(document, dict):
        return ["Hier wird ein Eintrag mit Namen und Werten erwartet."]
    known = {"uuid", "contacts", *WORDS, *KEYED, *ROWS} | {field.name for field in own_fields()}
    unknown = [f"Das Feld „{shown(name)}“ kennt das Portal nicht." for name in document if name not in known]
    wrong = [message for name in document if name in known for message in check_name(name, document[name])]
    return unknown + wrong or list(check_rules(document))


def check_name(name: str, value) -> Iterator[str]:
    """Whether a value has the type that its field needs."""
    if name in WORDS:
        yield from check_texts(name, value)
    elif name in KEYED:
        model = Solution._meta.get_field(name).related_model
        yield from check_rows(name, model, KEYED[name], value)
    elif name in ROWS or name == "contacts":
        model = ROWS.get(name, Contact)
        yield from check_rows(name, model, row_fields(model), value)
    elif name in LINES:
        yield from check_texts(name, value)
    else:
        yield from check_value(Solution._meta.get_field(name), value)


def check_texts(name: str, value) -> Iterator[str]:
    """A list of texts, each in one line."""
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        yield f"{label(name)} ({name}): muss eine Liste von Texten sein."
    elif any("\n" in text or has_forbidden_characters(text) for text in value):
        yield f"{label(name)} ({name}): enthält Zeichen, die kein Text in einer Zeile sind."
    elif len(value) > MOST_LINES.get(name, MOST_ROWS):
        yield f"{label(name)} ({name}): höchstens {MOST_LINES.get(name, MOST_ROWS)} Angaben."


def check_value(field: models.Field, value) -> Iterator[str]:
    """A text is a text, a number a number, a day a day."""
    if value is None and field.null:
        return
    kind, words = next(((kind, words) for cls, kind, words in TYPES if isinstance(field, cls)), (str, "ein Text"))
    name = f"{field.verbose_name} ({field.name})"
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        yield f"{name}: muss {words} sein."
    elif kind is str and has_forbidden_characters(value):
        yield f"{name}: enthält Zeichen, die kein Text sind."
    elif isinstance(field, models.CharField) and "\n" in value:
        yield f"{name}: muss in einer Zeile stehen."
    elif kind is int and not 0 <= value <= LARGEST[type(field)]:
        yield f"{name}: muss zwischen 0 und {LARGEST[type(field)]} liegen."
    elif isinstance(field, models.DateField) and not is_day(value):
        yield f"{name}: „{shown(value)}“ ist kein Tag. Bitte schreiben Sie ihn wie 2021-05-27."
    elif names_by_uuid(field) and not is_uuid(value):
        yield f"{name}: „{shown(value)}“ ist keine Kennung. Erwartet wird {UUIDS}."


def is_day(value: str) -> bool:
    """Whether it is a day of the calendar as ISO 8601 writes it with dashes, in a plausible year."""
    try:
        return date.fromisoformat(value).isoformat() == value and 1990 <= int(value[:4]) <= 2100
    except ValueError:
        return False


def names_by_uuid(field: models.Field) -> bool:
    """Whether documents hold a uuid here: the thing's own, or that of another thing."""
    return isinstance(field, models.UUIDField) or (field.is_relation and hasattr(field.related_model, "uuid"))


def is_uuid(value: str) -> bool:
    try:
        return str(UUID(value)) == value
    except ValueError:
        return False


def check_rows(name: str, model: type[models.Model], keys: list[str], value) -> Iterator[str]:
    """A list of rows that have these names and no others, each within the rules of its table."""
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        yield f"{label(name)} ({name}): muss eine Liste von Angaben mit Namen und Werten sein."
        return
    if len(value) > MOST_ROWS:
        yield f"{label(name)} ({name}): höchstens {MOST_ROWS} Angaben."
        return
    for number, row in enumerate(value, start=1):
        yield from (f"{label(name)}, Nr. {number}: {message}" for message in check_row(model, keys, row))
    if not repeats_nothing(name, value):
        yield f"{label(name)} ({name}): Eine Angabe kommt zweimal vor."


def check_row(model: type[models.Model], keys: list[str], row: dict) -> Iterator[str]:
    unknown = [name for name in row if name not in keys]
    missing = [name for name in keys if name not in row and is_needed(model, name)]
    yield from (f"Das Feld „{shown(name)}“ kennt das Portal nicht." for name in unknown)
    yield from (f"{model._meta.get_field(name).verbose_name} ({name}) fehlt." for name in missing)
    wrong = [message for name in keys if name in row for message in check_value(model._meta.get_field(name), row[name])]
    yield from wrong
    if not unknown and not missing and not wrong:
        yield from check_fields(model, {name: row[name] for name in keys if name in row})


def is_needed(model: type[models.Model], name: str) -> bool:
    """Whether a row says nothing without it."""
    field = model._meta.get_field(name)
    return not (field.null or field.blank or field.has_default())


def repeats_nothing(name: str, rows: list[dict]) -> bool:
    """Whether no two rows are the same, and no two steps have the same number."""
    seen = [row.get("position") if name == "steps" else sorted(map(str, row.items())) for row in rows]
    return all(one not in seen[:place] for place, one in enumerate(seen))


def check_rules(document: dict) -> Iterator[str]:
    """The rules of the tables for the entry's own fields: lengths, choices, what goes together."""
    values = {field.name: document[field.name] for field in own_fields() if field.name in document}
    yield from check_fields(Solution, {name: join(name, value) for name, value in values.items()})
    if len(document.get("topics", [])) > MOST_TOPICS:
        yield f"{label('topics')} (topics): höchstens {MOST_TOPICS}."


def join(name: str, value):
    return "\n".join(value) if name in LINES else value


def check_fields(model: type[models.Model], values: dict) -> Iterator[str]:
    """What ``full_clean`` says about these values; references and what is unique are looked up later."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    thing = model(**{name: value for name, value in values.items() if not fields[name].is_relation})
    left_aside = [name for name, field in fields.items() if field.is_relation or name not in values]
    try:
        thing.full_clean(exclude=left_aside, validate_unique=False, validate_constraints=model in OWN_ROWS)
    except ValidationError as refusal:
        for name, messages in refusal.message_dict.items():
            where = f"{fields[name].verbose_name} ({name}): " if name in fields else ""
            yield from (f"{where}{message}" for message in messages)


def shown(text) -> str:
    """A bit of somebody's file within a sentence of ours."""
    line = " ".join(plain(str(text)).split())
    return line if len(line) <= LONGEST_SHOWN else f"{line[: LONGEST_SHOWN - 1]}…"
