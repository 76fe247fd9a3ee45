"""How long things are kept: ``manage.py prune`` asks every app's rules (registry.retention_rules)."""

from django.db.models import QuerySet

from .registry import Removal


def remove(what: str, rows: QuerySet, *, dry_run: bool) -> Removal:
    """Delete the rows, unless it is a dry run, and say how many there were."""
    count = rows.count()
    if count and not dry_run:
        rows.delete()
    return Removal(what, count)
