"""manage.py data_overview: write the overview of personal data from what each table declares."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from ogl_portal.lib.data_overview import overview

FILE = Path(settings.BASE_DIR) / "docs" / "datenschutz-uebersicht.md"


class Command(BaseCommand):
    help = "Schreibt die Übersicht der personenbezogenen Daten nach docs/datenschutz-uebersicht.md."

    def add_arguments(self, parser):
        parser.add_argument("--print", action="store_true", help="nur ausgeben, nicht schreiben")

    def handle(self, **options):
        if options["print"]:
            self.stdout.write(overview(), ending="")
            return
        FILE.parent.mkdir(exist_ok=True)
        FILE.write_text(overview(), encoding="utf-8")
        self.stdout.write(f"Geschrieben: {FILE}")
