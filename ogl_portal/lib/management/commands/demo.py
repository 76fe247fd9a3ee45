"""manage.py demo: load the demo data of every app, the lowest floor first. Idempotent."""

from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.module_loading import module_has_submodule

from ogl_portal.lib import search

REFUSED = (
    "Die Beispieldaten gehören nicht in ein echtes Portal: Sie legen erfundene Personen mit Anmeldung an. "
    "Ohne DEBUG=1 lädt sie nur „manage.py demo --force“."
)


class Command(BaseCommand):
    help = "Lädt die Beispieldaten (beliebig oft) und gibt Anmeldelinks zum Ausprobieren aus."

    def add_arguments(self, parser):
        parser.add_argument("--force", action="store_true", help="auch ohne DEBUG, etwa auf einem Vorführrechner")

    def handle(self, *, force, **options):
        if not (settings.DEBUG or force):
            raise CommandError(REFUSED)
        modules = [
            import_module(f"{app.name}.demo")
            for app in reversed(list(apps.get_app_configs()))
            if module_has_submodule(app.module, "demo")
        ]
        with search.rebuilt_afterwards():
            for module in modules:
                with transaction.atomic():
                    module.load()
        self.stdout.write("Die Beispieldaten sind geladen.")
        for module in modules:
            for line in getattr(module, "welcome", list)():
                self.stdout.write(line)
