"""manage.py prune: delete what is no longer to be kept, and say what went. Safe to run late and on many machines."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from ogl_portal.lib.locks import only_one
from ogl_portal.lib.registry import retention_rules


class Command(BaseCommand):
    help = "Löscht, was nicht länger aufbewahrt werden soll, und sagt, was gelöscht wurde."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="nur sagen, was gelöscht würde")

    def handle(self, *, dry_run, **options):
        with only_one("prune"):
            removals = [each for each in retention_rules.ask(now=timezone.now(), dry_run=dry_run) if each.count]
        word = "Würde gelöscht" if dry_run else "Gelöscht"
        for removal in removals:
            self.stdout.write(f"{word}: {removal.count} × {removal.what}")
        if not removals:
            self.stdout.write("Es gibt nichts zu löschen.")
