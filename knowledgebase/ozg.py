"""Lists of the OZG catalogue that the operator has, as CSV or JSON: Lebenslagen, Geschäftslagen and Leistungen.

A CSV file has a first line with the names of COLUMNS, separated by semicolon or comma; a JSON file is a list of
objects with these names. Nothing is written here: ``read`` gives the rows that ``workflow.import_ozg`` takes.
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from django.core.exceptions import ValidationError

from ogl_portal.lib.text import has_forbidden_characters

from .models import LifeSituation, OzgField, PublicService

COLUMNS = ["art", "bezeichnung", "themenfeld", "leika", "ozg"]
NEEDED = {"art", "bezeichnung"}
MAX_BYTES = 10 * 1024 * 1024
SERVICE = "Leistung"
SITUATIONS = {kind.label: kind.value for kind in LifeSituation.Kind}
OZG_FIELDS = {field.label: field.value for field in OzgField} | {field.value: field.value for field in OzgField}


class WrongFile(Exception):
    """The file cannot be taken; ``messages`` say in German what is wrong, each with its line."""

    def __init__(self, *messages: str):
        super().__init__("\n".join(messages))
        self.messages = list(messages)


@dataclass(frozen=True)
class Row:
    """One thing of the file: where it stands, for people, and its values by column."""

    where: str
    values: dict[str, str]


def read(content: bytes, *, is_json: bool) -> list[LifeSituation | PublicService]:
    """Return the things that the file names, checked and not saved; raises WrongFile with every line that is wrong."""
    text = decoded(content)
    found, errors = {}, []
    for row in json_rows(text) if is_json else csv_rows(text):
        try:
            thing = thing_of(row.values)
            if key_of(thing) in found:
                raise ValidationError(f"Das steht schon in {found[key_of(thing)][0]}.")
            found[key_of(thing)] = (row.where, thing)
        except ValidationError as error:
            errors += [f"{row.where}: {message}" for message in error.messages]
    if errors or not found:
        raise WrongFile(*(errors or ["Die Datei enthält keine Einträge."]))
    return [thing for _, thing in found.values()]


def decoded(content: bytes) -> str:
    """The text of the file, with or without the mark that Excel puts before it."""
    if len(content) > MAX_BYTES:
        raise WrongFile("Die Datei ist größer als 10 MB.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise WrongFile(f"Zeile {line}: Die Datei ist nicht in UTF-8 gespeichert („CSV UTF-8“ in Excel).") from None


def csv_rows(text: str) -> Iterator[Row]:
    """The rows of a CSV file below its line of names."""
    first_line = text.partition("\n")[0]
    reader = csv.DictReader(StringIO(text), delimiter=";" if ";" in first_line else ",", restkey="", restval="")
    try:
        names = [name.strip().lower() for name in reader.fieldnames or []]
        require_columns(names)
        reader.fieldnames = names
        for values in reader:
            if "" in values:
                raise WrongFile(f"Zeile {reader.line_num}: Die Zeile hat mehr Spalten als die erste.")
            yield Row(f"Zeile {reader.line_num}", values)
    except csv.Error:
        raise WrongFile(f"Zeile {reader.line_num + 1}: Das lässt sich nicht als CSV lesen.") from None


def require_columns(names: list[str]) -> None:
    if missing := sorted(NEEDED - set(names)):
        raise WrongFile(f"Zeile 1: Es fehlt die Spalte {', '.join(missing)}. Möglich sind {', '.join(COLUMNS)}.")
    if unknown := [name for name in names if name not in COLUMNS]:
        raise WrongFile(f"Zeile 1: Die Spalte „{unknown[0]}“ ist unbekannt. Möglich sind {', '.join(COLUMNS)}.")


def json_rows(text: str) -> Iterator[Row]:
    """The objects of a JSON file."""
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise WrongFile(f"Zeile {error.lineno}: Das ist kein gültiges JSON.") from None
    except RecursionError:
        raise WrongFile("Die Datei ist zu tief verschachtelt.") from None
    if not isinstance(document, list):
        raise WrongFile("Die Datei muss eine Liste von Einträgen sein.")
    for number, values in enumerate(document, start=1):
        yield Row(f"Eintrag {number}", texts_of(values, number))


def texts_of(values, number: int) -> dict[str, str]:
    """The values of one object, if they are texts of known names."""
    if not isinstance(values, dict) or not set(values) <= set(COLUMNS):
        raise WrongFile(f"Eintrag {number}: Ein Eintrag hat nur {', '.join(COLUMNS)}.")
    if wrong := [name for name, value in values.items() if not isinstance(value, str)]:
        raise WrongFile(f"Eintrag {number}: „{wrong[0]}“ muss in Anführungszeichen stehen.")
    return values


def thing_of(values: dict[str, str]) -> LifeSituation | PublicService:
    """The situation or service of one row; ValidationError says what is wrong with it."""
    if any(map(has_forbidden_characters, values.values())):
        raise ValidationError("Der Text enthält unsichtbare Steuerzeichen.")
    values = dict.fromkeys(COLUMNS, "") | {name: value.strip() for name, value in values.items()}
    thing = service_of(values) if values["art"] == SERVICE else situation_of(values)
    try:
        thing.clean_fields()
    except ValidationError as error:
        raise ValidationError([f"{label_of(thing, name)}: {text}" for name, texts in error.message_dict.items()
                               for text in texts]) from None  # fmt: skip
    return thing


def label_of(thing, name: str) -> str:
    return str(thing._meta.get_field(name).verbose_name)


def service_of(values: dict[str, str]) -> PublicService:
    return PublicService(name=values["bezeichnung"], leika_key=values["leika"], ozg_id=values["ozg"])


def situation_of(values: dict[str, str]) -> LifeSituation:
    """A situation; ValidationError where its kind or field is none."""
    if values["art"] not in SITUATIONS:
        known = ", ".join(SITUATIONS)
        raise ValidationError(f"„{values['art']}“ ist keine Art. Möglich sind {known} und {SERVICE}.")
    if values["themenfeld"] not in OZG_FIELDS:
        raise ValidationError(f"„{values['themenfeld']}“ ist keines der 14 Themenfelder des OZG.")
    kind, field = SITUATIONS[values["art"]], OZG_FIELDS[values["themenfeld"]]
    return LifeSituation(kind=kind, name=values["bezeichnung"], ozg_field=field)


def key_of(thing: LifeSituation | PublicService) -> tuple:
    """What makes two of them the same: kind and name, or the key, or where there is none name and number."""
    if isinstance(thing, LifeSituation):
        return (LifeSituation, thing.kind, thing.name)
    return (PublicService, thing.leika_key) if thing.leika_key else (PublicService, thing.name, thing.ozg_id)
