"""The solutions as one JSON file: written piece by piece, read with a careful eye."""

import json
from collections import Counter
from collections.abc import Iterator

from ..interchange.checking import shown
from . import about, documents
from .entries import Entry, FileRefused, place_of

FORMAT = "ogl-portal-loesungen"
FORMAT_VERSION = 1


def write() -> Iterator[str]:
    """The text of the file, an entry at a time; the same data give the same bytes."""
    licence = about.licence()
    head = {
        "format": FORMAT, "format_version": FORMAT_VERSION, "title": about.TITLE, "description": about.DESCRIPTION,
        "publisher": about.PUBLISHER, "licence": licence.spdx, "licence_url": licence.url,
        "source": about.address("/daten/"), "organisations": documents.organisations(),
    }  # fmt: skip
    yield json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "solutions": ['
    comma = ""
    for document in documents.documents():
        yield comma + "\n" + json.dumps(document, ensure_ascii=False)
        comma = ","
    yield "\n]}\n"


def read(content: bytes) -> tuple[list[Entry], list[dict]]:
    """The entries and organisations of a file; raises FileRefused for anything that is no such file."""
    document = parse(content)
    if not isinstance(document, dict) or not isinstance(document.get("solutions"), list):
        raise FileRefused("In der Datei fehlt die Liste „solutions“. Eine Vorlage ist /daten/loesungen.json.")
    if document.get("format_version", FORMAT_VERSION) != FORMAT_VERSION:
        raise FileRefused(f"Die Datei hat das Format {shown(document['format_version'])}; lesbar ist {FORMAT_VERSION}.")
    organisations = document.get("organisations", [])
    if not isinstance(organisations, list) or not all(isinstance(each, dict) for each in organisations):
        raise FileRefused("„organisations“ muss eine Liste von Angaben mit Namen und Werten sein.")
    return [entry(number, each) for number, each in enumerate(document["solutions"], start=1)], organisations


def entry(number: int, document) -> Entry:
    """One entry without what the portal says about it by itself."""
    if not isinstance(document, dict):
        return Entry(f"Eintrag {number}", document)
    content = {name: value for name, value in document.items() if name not in documents.META}
    files = content.get("attachments")
    if isinstance(files, list) and all(isinstance(row, dict) for row in files):
        content["attachments"] = without_addresses(files)
    return Entry(place_of(f"Eintrag {number}", content), content)


def without_addresses(files: list[dict]) -> list[dict]:
    """The rows of attachments without the addresses that this portal gave them."""
    return [{name: value for name, value in row.items() if name != "url"} for row in files]


def parse(content: bytes):
    """The JSON in the bytes; FileRefused names line and column of the first fault."""
    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=without_repetition, parse_constant=no_number)
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise FileRefused(f"Zeile {line}: Die Datei ist kein Text in UTF-8.") from None
    except json.JSONDecodeError as fault:
        raise FileRefused(f"Zeile {fault.lineno}, Spalte {fault.colno}: Hier ist das JSON kaputt.") from None
    except (ValueError, RecursionError):
        raise FileRefused("Das JSON ist zu tief verschachtelt oder enthält eine Zahl, die keine ist.") from None


def without_repetition(pairs: list[tuple]) -> dict:
    repeated = [name for name, times in Counter(name for name, _ in pairs).items() if times > 1]
    if repeated:
        raise FileRefused(f"„{shown(repeated[0])}“ steht in der Datei zweimal an derselben Stelle.")
    return dict(pairs)


def no_number(name: str):
    raise ValueError(f"{name} is no JSON")
