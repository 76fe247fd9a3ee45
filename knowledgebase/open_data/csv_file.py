"""The solutions as one CSV file for spreadsheets: UTF-8 with byte order mark, semicolons, no formula; and back.

A list of texts stands in its cell one a line, a list of things as JSON.
"""

import csv
import json
import re
from collections.abc import Iterator
from io import StringIO

from django.db import models

from ogl_portal.lib.cells import guard, reveal

from ..interchange import shape
from ..interchange.checking import shown
from ..models import Solution
from . import documents
from .entries import Entry, FileRefused, place_of
from .json_file import parse, without_addresses

TEXTS = {*shape.LINES, *shape.WORDS}
LISTS = {*shape.KEYED, *shape.ROWS, "contacts", "used_by"}
NAMES = {"publisher_name": "publisher", "operator_name": "operator"}
"""Columns with the name of an organisation, beside that with its slug."""
BOOLEANS = {"true": True, "false": False, "wahr": True, "falsch": False}
GERMAN_DAY = re.compile(r"(\d\d)\.(\d\d)\.(\d{4})")
LONGEST_CELL = 2_000_000


def columns() -> list[str]:
    """The names of the columns, in the order of the JSON."""
    own = [field.name for field in shape.own_fields()]
    for name, slug in NAMES.items():
        own.insert(own.index(slug) + 1, name)
    return ["uuid", *own, *shape.WORDS, *shape.KEYED, *shape.ROWS, "contacts", *documents.META]


def write() -> Iterator[str]:
    """The text of the file, a line at a time."""
    names = {each["slug"]: each["name"] for each in documents.organisations()}
    yield "\ufeff" + line(columns())
    for document in documents.documents():
        values = document | {column: names.get(document[slug], "") for column, slug in NAMES.items()}
        yield line([cell(name, values[name]) for name in columns()])


def line(cells: list[str]) -> str:
    text = StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerow(map(guard, cells))
    return text.getvalue()


def cell(name: str, value) -> str:
    """One value as the text of a cell."""
    if value is None or value == []:
        return ""
    if name in TEXTS:
        return "\n".join(value)
    if name in LISTS:
        return json.dumps(value, ensure_ascii=False)
    return str(value).lower() if isinstance(value, bool) else str(value)


def read(content: bytes) -> tuple[list[Entry], list[dict]]:
    """The entries of a file and the organisations they name; raises FileRefused for what is no such table."""
    lines = read_lines(content)
    head = next(lines, (1, []))[1]
    if fault := fault_of_head(head):
        raise FileRefused(f"Zeile 1: {fault} Erwartet wird ein Kopf wie in /daten/loesungen.csv, mit Semikolons.")
    rows = [(number, cells) for number, cells in lines if any(cells)]
    entries = [entry(number, head, cells) for number, cells in rows]
    return entries, [each for _, cells in rows for each in organisations(dict(zip(head, cells, strict=False)))]


def fault_of_head(head: list[str]) -> str:
    """What is wrong with the names of the columns."""
    unknown = [name for name in head if name not in columns()]
    if unknown:
        return f"Die Spalte „{shown(unknown[0])}“ kennt das Portal nicht."
    return "" if "title" in head and len(set(head)) == len(head) else "Die Spalte „title“ fehlt, oder eine ist doppelt."


def read_lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Every line of the table with the number of the line it begins at."""
    csv.field_size_limit(LONGEST_CELL)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        number = content[: fault.start].count(b"\n") + 1
        raise FileRefused(f"Zeile {number}: Die Datei ist kein Text in UTF-8.") from None
    lines, begins_at = csv.reader(StringIO(text, newline=""), delimiter=";", strict=True), 1
    try:
        for cells in lines:
            yield begins_at, [reveal(cell) for cell in cells]
            begins_at = lines.line_num + 1
    except csv.Error:
        raise FileRefused(
            f"Zeile {begins_at}: Hier ist die Tabelle kaputt, etwa durch ein Anführungszeichen."
        ) from None


def entry(number: int, head: list[str], cells: list[str]) -> Entry:
    """One line as an entry, without the columns that the portal fills by itself."""
    where = f"Zeile {number}"
    if len(cells) != len(head):
        return Entry(where, {}, faults=[f"Die Zeile hat {len(cells)} statt {len(head)} Zellen."])
    content, faults = {}, []
    for name, text in zip(head, cells, strict=True):
        if name not in NAMES and name not in documents.META:
            try:
                content[name] = value(name, text)
            except (ValueError, FileRefused):
                faults.append(f"{shape.label(name)} ({name}): „{shown(text)}“ ist nicht lesbar.")
    content = {name: each for name, each in content.items() if name != "uuid" or each}
    return Entry(place_of(where, content), content, faults)


def value(name: str, text: str):
    """What a cell says; ValueError where it says nothing that fits its column."""
    if name in TEXTS:
        return text.split("\n") if text else []
    if name in LISTS:
        return read_list(name, text)
    field = None if name == "uuid" else Solution._meta.get_field(name)
    if field and field.null and not text:
        return None
    if isinstance(field, models.BooleanField):
        return read_boolean(text)
    if isinstance(field, models.DateField):
        return read_day(text)
    return int(text) if isinstance(field, models.IntegerField) else text


def read_list(name: str, text: str):
    """The JSON in a cell; of attachments without their addresses."""
    rows = parse(text.encode()) if text else []
    is_table = isinstance(rows, list) and all(isinstance(row, dict) for row in rows)
    return without_addresses(rows) if name == "attachments" and is_table else rows


def read_boolean(text: str) -> bool:
    """true and false, also as a German spreadsheet writes them."""
    if text.lower() not in BOOLEANS:
        raise ValueError(text)
    return BOOLEANS[text.lower()]


def read_day(text: str) -> str:
    """2021-05-27, also where a spreadsheet has made 27.05.2021 of it."""
    found = GERMAN_DAY.fullmatch(text)
    return "{2}-{1}-{0}".format(*found.groups()) if found else text


def organisations(cells: dict[str, str]) -> Iterator[dict]:
    """The organisations that a line names by slug and name."""
    for column, slug in NAMES.items():
        if cells.get(slug) and cells.get(column):
            yield {"slug": cells[slug], "name": cells[column]}
