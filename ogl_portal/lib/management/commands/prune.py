"""manage.py prune: delete what is no longer to be kept, and say what went. Safe to run late and on many machines."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from ogl_portal.lib import audit
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.locks import only_one
from ogl_portal.lib.processes import ended_in_order
from ogl_portal.lib.registry import Removal, retention_rules
from ogl_portal.lib.retention import RULE_COLUMNS, cells_of_rule


class Command(BaseCommand):
    help = "Löscht, was nicht länger aufbewahrt werden soll, und sagt, was gelöscht wurde."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="nur sagen, was gelöscht würde")
        parser.add_argument("--rules", action="store_true", help="nur alle Fristen zeigen, mit dem, was fällig ist")

    def handle(self, *, dry_run, rules, **options):
        removals, is_whole = [], False
        with ended_in_order(), only_one("prune"):
            try:
                for removal in retention_rules.ask(now=timezone.now(), dry_run=dry_run or rules):
                    removals.append(removal)
                is_whole = True
            finally:
                self.say_rules(removals) if rules else self.report(removals, dry_run=dry_run, is_whole=is_whole)

    def report(self, removals: list[Removal], *, dry_run: bool, is_whole: bool) -> None:
        """Say what went, and record it, also where the run broke off: what went until then is gone."""
        words = [f"{removal.count} × {removal.what}" for removal in removals if removal.count]
        for text in words:
            self.stdout.write(f"{'Würde gelöscht' if dry_run else 'Gelöscht'}: {text}")
        if not words:
            self.stdout.write("Es gibt nichts zu löschen.")
        if not dry_run:
            what = f"Gelöscht: {', '.join(words)}" if words else "Es gab nichts zu löschen."
            what = what if is_whole else f"Abgebrochen. {what}"
            audit.record(AuditRecord.Kind.PRUNED, what, actor="manage.py prune", label="Löschen nach Fristen")

    def say_rules(self, removals: list[Removal]) -> None:
        """One line for each rule, in columns."""
        rows = [[*RULE_COLUMNS, "fällig"], *([*cells_of_rule(each), str(each.count)] for each in removals)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            self.stdout.write("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
