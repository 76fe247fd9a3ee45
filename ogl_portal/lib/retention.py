"""How long things are kept: ``manage.py prune`` asks every app's rules (registry.retention_rules).

Each rule says what goes (a table and words), after how many days or when, and which setting holds the days: so the
rules are one table, for ``prune --rules`` and for the overview of personal data.
"""

from django.db.models import QuerySet

from .registry import Removal


def remove(what: str, rows: QuerySet, *, dry_run: bool, after: int | str, setting: str = "") -> Removal:
    """Delete the rows, unless it is a dry run, and say how many there were."""
    count = rows.count()
    if count and not dry_run:
        rows.delete()
    return rule(what, count, rows, after, setting)


def rule(what: str, count: int, rows: QuerySet, after: int | str, setting: str = "") -> Removal:
    """What a rule let go of a table."""
    return Removal(what, count, rows.model._meta.label_lower, after, setting)


RULE_COLUMNS = ["Was", "Nach", "Einstellung", "Tabelle"]


def cells_of_rule(removal: Removal) -> list[str]:
    """A rule in words, column by column."""
    words = {0: "sofort nach Ablauf", 1: "1 Tag"}
    after = words.get(removal.after, f"{removal.after} Tagen") if isinstance(removal.after, int) else removal.after
    return [removal.what, after, removal.setting or "–", removal.model]
