"""manage.py import_ozg FILE: take over a list of situations and services of the OZG catalogue."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from knowledgebase import ozg, workflow


class Command(BaseCommand):
    help = (
        "Liest Lebenslagen, Geschäftslagen und Leistungen aus einer CSV- oder JSON-Datei ein; "
        "ein Muster ist knowledgebase/examples/ozg-beispiel.csv. Ist eine Zeile falsch, ändert sich nichts."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="CSV oder JSON, in UTF-8")
        parser.add_argument("--dry-run", action="store_true", help="sagt nur, was geschehen würde")

    def handle(self, *, file: Path, dry_run: bool, **options):
        try:
            things = ozg.read(file.read_bytes(), is_json=file.suffix.lower() == ".json")
        except OSError as error:
            raise CommandError(f"Die Datei lässt sich nicht lesen: {error.strerror}.") from None
        except ozg.WrongFile as refusal:
            raise CommandError("\n".join([*refusal.messages, "Es wurde nichts geändert."])) from None
        for outcome in workflow.import_ozg(things=things, dry_run=dry_run):
            self.stdout.write(f"{outcome}.")
        if dry_run:
            self.stdout.write("Das war ein Probelauf; es wurde nichts geändert.")
