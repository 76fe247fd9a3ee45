"""manage.py export_solutions: all published solutions with the files of their attachments as one ZIP."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from knowledgebase.open_data import bundle


class Command(BaseCommand):
    help = (
        "Schreibt alle veröffentlichten Lösungen in eine ZIP-Datei: loesungen.json wie unter /daten/, dazu die Dateien "
        "der Anlagen. import_solutions liest sie wieder ein."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="DATEI.zip")

    def handle(self, *, file, **options):
        part = file.with_name(f"{file.name}.part")
        try:
            count, faults = bundle.write(part)
            if not faults:
                part.replace(file)
        except OSError as fault:
            raise CommandError(f"{file} lässt sich nicht schreiben: {fault.strerror}.") from None
        finally:
            part.unlink(missing_ok=True)
        if faults:
            raise CommandError("\n".join(["Nichts wurde geschrieben.", *faults]))
        self.stdout.write(f"Geschrieben: {file}, mit {count} Datei(en) zu Anlagen.")
