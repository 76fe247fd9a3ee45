"""manage.py import_solutions: take solutions over from a file of the open data page, a ZIP, or a publiccode.yml."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from knowledgebase.open_data import csv_file, dcat_file, json_file, publiccode_file
from knowledgebase.open_data.bundle import Bundle
from knowledgebase.open_data.entries import FileRefused
from knowledgebase.open_data.importing import Action, Outcome, Wishes, import_entries

READERS = {"json": json_file.read, "csv": csv_file.read, "dcat": dcat_file.read, "publiccode": publiccode_file.read}
ENDINGS = {".json": "json", ".csv": "csv", ".jsonld": "dcat", ".yml": "publiccode", ".yaml": "publiccode"}
REMARKS = {"dcat": dcat_file.remark}
"""What is to be said of a file before all of its entries."""
TEXT_MB, BUNDLE_MB = 10, 500
HINT = (
    "Organisationen, Lagen und Leistungen, die fehlen, legt --create-missing an. "
    "Themen und Zielgruppen pflegen Sie in der Verwaltung."
)


class Command(BaseCommand):
    help = (
        "Übernimmt Lösungen aus einer Datei (ZIP von export_solutions, JSON, CSV, Katalog als JSON-LD, "
        "publiccode.yml): neue als Entwurf, bekannte als Änderung. Was zur Lösung gehört, kommt mit allen Werten. "
        "Nicht übernommen wird, was das andere Portal über sich sagt: Ausgabe (version), Zeitpunkte der "
        "Veröffentlichung und Änderung, Adresse der Seite (url) und bestätigte Nachnutzungen (used_by). "
        "Die Dateien der Anlagen bringt nur die ZIP-Datei mit. "
        f"{dcat_file.ONLY_A_PART} Wo es den Katalog gibt, gibt es auch die JSON-Datei mit allen Feldern: Er zeigt auf "
        "sie, und das Portal lädt nichts selbst aus dem Netz."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="DATEI")
        parser.add_argument("--dry-run", action="store_true", help="nur sagen, was geschähe")
        parser.add_argument("--format", choices=READERS, help="sonst entscheiden Endung und Inhalt")
        parser.add_argument("--create-missing", action="store_true", help=HINT)
        parser.add_argument(
            "--keep-consents", action="store_true",
            help="Einwilligungen der Ansprechpersonen gelten weiter; nur beim Umzug desselben Portals",
        )  # fmt: skip
        parser.add_argument(
            "--max-mb", type=int,
            help=f"so groß darf die Datei sein (Vorgabe: {TEXT_MB}), eine ZIP-Datei ausgepackt (Vorgabe: {BUNDLE_MB})",
        )  # fmt: skip

    def handle(self, *, file, dry_run, format, create_missing, keep_consents, max_mb, **options):
        wishes = Wishes(dry_run, create_missing, keep_consents)
        try:
            with opened(file, max_mb) as (content, files):
                format = format or guess_format(file, content, files)
                entries, organisations = READERS[format](content)
                if format in REMARKS:
                    self.stdout.write(f"Hinweis: {REMARKS[format](content)}")
                what = {"entries": entries, "organisations": organisations, "source": file.name, "files": files}
                outcomes = import_entries(**what, wishes=wishes)
        except FileRefused as refusal:
            raise CommandError(f"{file.name} ist nicht lesbar, nichts wurde geändert.\n{refusal}") from None
        for outcome in outcomes:
            self.tell(outcome)
        self.sum_up(outcomes, dry_run)

    def tell(self, outcome: Outcome) -> None:
        changes = f": {', '.join(outcome.changes)}" if outcome.changes else ""
        self.stdout.write(f"{outcome.place}: {outcome.action.value}{changes}")
        for text in [*outcome.faults, *(f"Hinweis: {note}" for note in outcome.notes)]:
            self.stdout.write(f"  {text}")

    def sum_up(self, outcomes: list[Outcome], dry_run: bool) -> None:
        """The numbers; CommandError where something is refused, so that a script notices."""
        counts = Counter(outcome.action for outcome in outcomes)
        numbers = ", ".join(f"{counts[action]} {action.value}" for action in Action if counts[action]) or "kein Eintrag"
        if counts[Action.REFUSED]:
            raise CommandError(f"Nichts wurde geändert: {numbers}. {HINT}")
        self.stdout.write(f"{'Probe, nichts wurde geändert' if dry_run else 'Übernommen'}: {numbers}.")


@contextmanager
def opened(path: Path, max_mb: int | None) -> Iterator[tuple[bytes, Bundle | None]]:
    """The document in a file, and what a ZIP has beside it; CommandError and FileRefused say what is wrong."""
    if path.suffix.lower() != ".zip":
        yield read_file(path, max_mb or TEXT_MB), None
        return
    if not path.is_file():
        raise CommandError(f"{path} lässt sich nicht öffnen: Die Datei gibt es nicht.")
    with Bundle(path, (max_mb or BUNDLE_MB) * 1_000_000) as files:
        yield files.data((max_mb or TEXT_MB) * 1_000_000), files


def read_file(path: Path, max_mb: int) -> bytes:
    """The bytes of a file that is there and not too large; CommandError otherwise."""
    try:
        if path.stat().st_size > max_mb * 1_000_000:
            raise CommandError(f"{path.name} hat mehr als {max_mb} MB; nichts wurde geändert. --max-mb erlaubt mehr.")
        return path.read_bytes()
    except OSError as fault:
        raise CommandError(f"{path} lässt sich nicht öffnen: {fault.strerror}.") from None


def guess_format(path: Path, content: bytes, files: Bundle | None) -> str:
    """By the name's ending, else by what the file begins with."""
    if files:
        return "json"
    if path.suffix.lower() in ENDINGS:
        return ENDINGS[path.suffix.lower()]
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return "dcat" if b'"@graph"' in content else "json"
    return "publiccode" if b"publiccodeYmlVersion" in content else "csv"
