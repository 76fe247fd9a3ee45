"""manage.py backup: all data of the portal in one file, while it runs."""

from datetime import timedelta
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ogl_portal.lib import backup
from ogl_portal.lib.dates import moment
from ogl_portal.lib.files import size_text
from ogl_portal.lib.processes import ended_in_order

PREFIX = "ogl-portal-"
ABANDONED_AFTER = timedelta(days=1)
INCOMPLETE = (
    "Die Sicherung ist geschrieben, aber {} Datei(en) fehlen in der Ablage, siehe oben. Darum bleiben alle älteren "
    "Sicherungen. Bitte holen Sie die Dateien aus einer zurück oder entfernen Sie in der Verwaltung, was sie nennt."
)


class Command(BaseCommand):
    help = "Sichert Datenbank, hochgeladene Dateien und PDFs in eine Datei, im laufenden Betrieb."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="Name der Sicherung, oder ein Ordner: dann heißt sie nach der Zeit")
        parser.add_argument("--verify", action="store_true", help="nichts sichern, sondern diese Sicherung ganz lesen")
        parser.add_argument("--keep", type=int, metavar="N", help="im Ordner die N neuesten behalten, ältere löschen")

    def handle(self, *, file, verify, keep, **options):
        if keep is not None and (keep < 1 or not file.is_dir()):
            raise CommandError("„--keep“ braucht einen Ordner und mindestens eine Sicherung, die bleibt.")
        if keep:
            self.delete_abandoned(file)
        path = file / f"{PREFIX}{timezone.localtime():%Y-%m-%dT%H%M%S}.zip" if file.is_dir() and not verify else file
        try:
            with ended_in_order():
                manifest = read(path) if verify else backup.save(path, self.stderr.write)
        except backup.BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"Nicht gesichert: {error.strerror or error}.") from error
        self.report(path, manifest, "In Ordnung" if verify else "Gesichert")
        if manifest.missing and not verify:
            raise CommandError(INCOMPLETE.format(len(manifest.missing)))
        if keep:
            self.delete_older(file, keep)

    def report(self, path, manifest, word):
        """Say what is in it, and what is not."""
        facts = f"{manifest.rows} Zeilen in {len(manifest.tables)} Tabellen, {len(manifest.files)} Dateien"
        self.stdout.write(f"{word}: {path} ({size_text(path.stat().st_size)})")
        self.stdout.write(f"Stand {moment(manifest.created)}, Fassung {manifest.portal}, {facts}.")
        for name in manifest.missing:
            self.stderr.write(f"Fehlt in der Ablage und darum auch in der Sicherung: {name}")

    def delete_abandoned(self, folder):
        """Delete what backups left that were killed or lost their power; it may be what fills the disk."""
        for path in folder.glob(f".{PREFIX}*.part"):
            if timezone.now().timestamp() - path.stat().st_mtime > ABANDONED_AFTER.total_seconds():
                path.unlink()
                self.stdout.write(f"Gelöscht, nie fertig geworden: {path}")

    def delete_older(self, folder, keep):
        """Delete the oldest of the backups that this command named."""
        for path in sorted(folder.glob(f"{PREFIX}*.zip"))[:-keep]:
            path.unlink()
            self.stdout.write(f"Gelöscht: {path}")


def read(path: Path):
    """Read a whole archive and return its manifest."""
    with backup.opened(path) as archive:
        archive.verify()
        return archive.manifest
