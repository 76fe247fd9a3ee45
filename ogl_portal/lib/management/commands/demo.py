"""manage.py demo: load the demo data of every app, the lowest floor first. Idempotent."""

from importlib import import_module

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.module_loading import module_has_submodule


class Command(BaseCommand):
    help = "Lädt die Beispieldaten (beliebig oft) und gibt Anmeldelinks zum Ausprobieren aus."

    def handle(self, **options):
        modules = [
            import_module(f"{app.name}.demo")
            for app in reversed(list(apps.get_app_configs()))
            if module_has_submodule(app.module, "demo")
        ]
        with transaction.atomic():
            for module in modules:
                module.load()
        self.stdout.write("Die Beispieldaten sind geladen.")
        for module in modules:
            for line in getattr(module, "welcome", list)():
                self.stdout.write(line)
