"""What holds for the data as a whole: who publishes it, under which licence, and what its fields mean."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models

from ..interchange import shape
from ..models import Contact

TITLE = "Wissensdatenbank: digitale Musterlösungen zum Nachnutzen"
DESCRIPTION = (
    "Veröffentlichte Musterlösungen der Wissensdatenbank: was sie leisten, für wen sie sind, was sie kosten, wie man "
    "sie übernimmt, wer sie nutzt und wer Auskunft gibt."
)
PUBLISHER = "Arbeitsgruppe „Digitalisierung in der Arbeitswelt“ im Open Government Labor Merseburg/Saalekreis"


@dataclass(frozen=True)
class Licence:
    """Under what others may use the data: its SPDX identifier, its name, where it is, and its address in DCAT-AP.de."""

    spdx: str
    name: str
    url: str
    uri: str


LICENCES = {
    licence.spdx: licence
    for licence in [
        Licence("CC-BY-4.0", "Creative Commons Namensnennung 4.0", "https://creativecommons.org/licenses/by/4.0/deed.de",
                "http://dcat-ap.de/def/licenses/cc-by/4.0"),
        Licence("CC0-1.0", "Creative Commons Zero 1.0 (ohne Bedingungen)",
                "https://creativecommons.org/publicdomain/zero/1.0/deed.de", "http://dcat-ap.de/def/licenses/cc-zero"),
        Licence("DL-DE-BY-2.0", "Datenlizenz Deutschland – Namensnennung – Version 2.0",
                "https://www.govdata.de/dl-de/by-2-0", "http://dcat-ap.de/def/licenses/dl-by-de/2.0"),
        Licence("DL-DE-ZERO-2.0", "Datenlizenz Deutschland – Zero – Version 2.0",
                "https://www.govdata.de/dl-de/zero-2-0", "http://dcat-ap.de/def/licenses/dl-zero-de/2.0"),
    ]
}  # fmt: skip


def licence() -> Licence:
    """The licence that the setting OPEN_DATA_LICENCE names."""
    return LICENCES[settings.OPEN_DATA_LICENCE]


def address(path: str) -> str:
    """The full address of a path of this portal."""
    return settings.SITE_URL + path


@dataclass(frozen=True)
class FieldNote:
    """One line of the table of fields."""

    name: str
    label: str
    values: str


META = [
    FieldNote("url", "Seite der Lösung", "Adresse"),
    FieldNote("version", "Ausgabe", "Zahl; steigt mit jeder Veröffentlichung"),
    FieldNote("published_at", "veröffentlicht am", "Zeitpunkt, UTC"),
    FieldNote("changed_at", "zuletzt geändert", "Zeitpunkt, UTC"),
    FieldNote("used_by", "bestätigte Nachnutzungen", "Liste: Organisation, Ort, Stand, seit wann, Erfahrungen"),
]
TYPES = [(models.BooleanField, "true oder false"), (models.IntegerField, "Zahl"), (models.DateField, "Tag")]


def field_notes() -> list[FieldNote]:
    """Every field of the files, with its name for people and what stands in it."""
    own = [FieldNote(field.name, str(field.verbose_name), values_of(field)) for field in shape.own_fields()]
    words = [FieldNote(name, shape.label(name), "Liste von Kürzeln") for name in shape.WORDS]
    keyed = [FieldNote(name, shape.label(name), f"Liste: {', '.join(keys)}") for name, keys in shape.KEYED.items()]
    rows = {**shape.ROWS, "contacts": Contact}
    listed = [FieldNote(name, shape.label(name), f"Liste: {', '.join(shape.row_fields(model))}")
              for name, model in rows.items()]  # fmt: skip
    return [FieldNote("uuid", "Kennung, ändert sich nie", "UUID"), *own, *words, *keyed, *listed, *META]


def values_of(field: models.Field) -> str:
    """What may stand in a field."""
    if field.choices:
        return ", ".join(f"{value} ({label})" for value, label in field.choices)
    if field.name in shape.LINES:
        return "Liste von Texten"
    if field.is_relation:
        return "Kürzel einer Organisation"
    return next((words for cls, words in TYPES if isinstance(field, cls)), "Text")
