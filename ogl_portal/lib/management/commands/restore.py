"""manage.py restore: put a backup in the place of what the portal holds."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from ogl_portal.lib import backup
from ogl_portal.lib.dates import moment
from ogl_portal.lib.processes import ended_in_order


class Command(BaseCommand):
    help = "Spielt eine Sicherung ein. Vorher das Portal anhalten. Geht etwas schief, bleibt alles, wie es war."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="Sicherung von „manage.py backup“")
        parser.add_argument("--replace", action="store_true", help="ersetzen, was jetzt im Portal steht")
        parser.add_argument("--dry-run", action="store_true", help="prüfen und nur sagen, was geschähe")

    def handle(self, *, file, replace, dry_run, **options):
        try:
            with ended_in_order():
                if dry_run:
                    self.say_what_would_happen(backup.preview(file), replace)
                    return
                done = backup.restore(file, replace=replace, say=self.stdout.write)
        except backup.BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"Nichts geändert: {error.strerror or error}.") from error
        self.stdout.write(f"Eingespielt: Stand {moment(done.manifest.created)}. Alle melden sich neu an.")

    def say_what_would_happen(self, plan, replace):
        """What is in the archive, and what would become of it."""
        manifest = plan.manifest
        self.stdout.write(
            f"Die Sicherung ist unbeschädigt. Stand {moment(manifest.created)}, Fassung {manifest.portal}."
        )
        self.stdout.write(
            f"Sie enthält {manifest.rows} Zeilen in {len(manifest.tables)} Tabellen und {len(manifest.files)} Dateien."
        )
        if manifest.database != connection.vendor:
            self.stdout.write(f"Die Daten ziehen um, von {manifest.database} nach {connection.vendor}.")
        if plan.new_migrations:
            names = ", ".join(f"{app}.{name}" for app, name in plan.new_migrations)
            self.stdout.write(f"Sie ist älter als dieses Programm; danach liefe noch: {names}")
        plan.refuse(replace=replace)
        self.stdout.write("Sie würde ersetzen, was jetzt im Portal steht." if replace else "Das Portal ist leer.")
