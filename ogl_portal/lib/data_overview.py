"""The overview of personal data for the data-protection officer (``manage.py data_overview``), from the declarations.

It is the ground for a record of processing activities (Art. 30 DSGVO). Legal bases are proposals.
"""

from collections.abc import Iterable, Iterator

from django.utils import timezone

from .personal_data import Area, PersonalData, declarations, label_of
from .registry import retention_rules
from .retention import RULE_COLUMNS, cells_of_rule

HEAD = """# Personenbezogene Daten im OGL-Portal

Diese Übersicht entsteht mit `manage.py data_overview` aus dem, was jede Tabelle selbst angibt (`personal_data.py` jeder
App). Bitte nicht von Hand ändern: Ein Test vergleicht sie mit dem Portal, ein zweiter sucht Tabellen ohne Angabe.

**Was die OGL-Leitung entscheidet:** Die Rechtsgrundlagen sind Vorschläge. Welche gilt, legt die Leitung mit ihrer
Datenschutzbeauftragten oder ihrem Datenschutzbeauftragten fest, ebenso die Fristen, die eine Einstellung haben.

**Rechte:** Wer sich anmelden kann, liest, lädt und löscht unter `/mein-bereich/daten/`, was hier steht. Wer keinen
Zugang hat, schreibt der OGL-Leitung. Einwilligungen lassen sich jederzeit einzeln widerrufen. „Sie“ ist in den Tabellen
die Person, um deren Daten es geht: Dieselben Sätze stehen auf jener Seite.

**Wer Zugriff hat:** „OGL-Leitung“ sind die Personen mit Zugang zur Verwaltung. Lesen, Ändern und Exportieren von
Rückmeldungen steht im Prüfpfad. Die IT der betreibenden Stelle kann Datenbank und Sicherungen lesen.

**Keine Weitergabe:** Das Portal ruft nichts bei Dritten ab und sendet nichts an Dritte, außer Mails über den
eingestellten Mailserver. Es setzt nur Cookies für Anmeldung und Formulare.
"""
COLUMNS = ["Tabelle", "Was", "Wozu", "Rechtsgrundlage (Vorschlag)", "Wie lange", "Wer es sieht", "Beim Löschen"]


def overview() -> str:
    """The whole document as Markdown. Reads the database only to ask which rules of retention there are."""
    parts = [HEAD]
    for area in Area:
        rows = [cells_of(each) for each in declarations() if each.area == area]
        parts.append(f"\n## {area}\n\n{table(COLUMNS, rows)}")
    rules = retention_rules.ask(now=timezone.now(), dry_run=True)
    parts.append(f"\n## Fristen, die `manage.py prune` ausführt\n\n{INTRODUCTION}\n\n")
    parts.append(table(RULE_COLUMNS, [cells_of_rule(each) for each in rules]))
    return "".join(parts)


INTRODUCTION = """`prune` läuft täglich, sagt, was gelöscht wurde, und hinterlässt eine Zeile im Prüfpfad;
bleibt es aus, steht das auf dem Schreibtisch der OGL-Leitung. `manage.py prune --rules` zeigt dieselbe Liste mit dem,
was gerade fällig ist. Die Tage sind die Vorgaben; wo eine Einstellung genannt ist, gilt deren Wert."""


def cells_of(declaration: PersonalData) -> list[str]:
    """What one table holds, column by column."""
    what = [*declaration.labels.values(), *(label_of(declaration.model, name) for name in declaration.by)]
    deletion = (
        f"{declaration.deletion}. {declaration.why}".strip().rstrip(".") if declaration.why else declaration.deletion
    )
    return [
        f"`{declaration.model._meta.label_lower}`",
        f"{declaration.model._meta.verbose_name_plural}: {', '.join(dict.fromkeys(what))}",
        declaration.purpose,
        declaration.basis,
        declaration.kept,
        declaration.seen_by,
        str(deletion),
    ]


def table(columns: list[str], rows: Iterable[list[str]]) -> str:
    """A table in Markdown."""
    return "".join(f"{line}\n" for line in lines([columns, ["---"] * len(columns), *rows]))


def lines(rows: Iterable[list[str]]) -> Iterator[str]:
    for row in rows:
        yield f"| {' | '.join(str(cell).replace('|', '/') for cell in row)} |"
