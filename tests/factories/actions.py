"""Action items."""

from datetime import date, timedelta

from django.utils import timezone

from actions import workflow
from actions.models import ActionItem

from . import numbers


def make_item(*, persons=(), days: list[date] | None = None, **overrides) -> ActionItem:
    """Make a public item whose Termin and responsibility are open, unless said otherwise."""
    item = ActionItem.objects.create(**{"title": f"Schritt {next(numbers)}"} | overrides)
    item.responsible_persons.set(persons)
    if days:
        workflow.write_days(item=item, days=days)
    return item


def make_item_of(person, **overrides) -> ActionItem:
    """Make an item that the person is responsible for."""
    return make_item(persons=[person], responsible_kind="persons", **overrides)


def make_item_due_in(days: int, **overrides) -> ActionItem:
    """Make an item that is due on the day in so many days; negative is overdue."""
    return make_item(due_kind="day", due_until=timezone.localdate() + timedelta(days=days), **overrides)
