"""What happens to action items: every write that is not a form of the admin."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ogl_portal.directory.models import Person
from ogl_portal.lib import search
from sessions_app.workflow.cleaning import clean_rows, note_cleaned

from .models import ActionItem, Comment, DueDay, Share, StatusChange


class StatusConflict(Exception):
    """Somebody else changed the item since it was read; nothing was written."""


@transaction.atomic
def record_creation(*, item: ActionItem, by=None, note: str = "", at: datetime | None = None) -> StatusChange:
    """Begin the history of a new item: it is open since ``at`` (aware; default: now), and found from now on."""
    search.update(item)
    return write_history(item=item, to_status=item.status, by=by, note=note, at=at)


@transaction.atomic
def change_status(
    *,
    item: ActionItem,
    to: str,
    by=None,
    note: str = "",
    at: datetime | None = None,
    is_example: bool = False,
) -> StatusChange:
    """Give the item another status and write that into its history, ``at`` a moment (aware; default: now).

    Raises StatusConflict where the item has changed since ``item`` was read, ValueError where it has the
    status already. ``is_example`` marks what was made up for the demo.
    """
    if to == item.status:
        raise ValueError(f"The item is {to} already.")
    current = ActionItem.objects.filter(pk=item.pk, revision=item.revision)
    if not current.update(status=to, status_is_example=is_example, revision=F("revision") + 1):
        raise StatusConflict
    before, item.status, item.status_is_example = item.status, to, is_example
    item.revision += 1
    return write_history(item=item, from_status=before, to_status=to, by=by, note=note, at=at, is_example=is_example)


def write_history(*, item: ActionItem, at: datetime | None, **values) -> StatusChange:
    """Add a line to the history; who wrote a note was told who reads it, so that stays as it is now."""
    return StatusChange.objects.create(item=item, at=at or timezone.now(), note_is_public=item.is_public, **values)


@transaction.atomic
def write_days(*, item: ActionItem, days: Iterable[date]) -> None:
    """Make the given days, in any order, the Termin of an item that is due on several days."""
    days = sorted(set(days))
    item.due_kind, item.due_from, item.due_until = ActionItem.DueKind.DAYS, days[0], days[-1]
    item.save()
    search.update(item)
    item.days.exclude(day__in=days).delete()
    DueDay.objects.bulk_create([DueDay(item=item, day=day) for day in days], ignore_conflicts=True)


@transaction.atomic
def drop_leftovers(*, item: ActionItem) -> None:
    """Remove days and persons where the item's kinds have none."""
    if item.due_kind != ActionItem.DueKind.DAYS:
        item.days.all().delete()
    if item.responsible_kind != ActionItem.ResponsibleKind.PERSONS:
        item.responsible_persons.clear()


def tick_off_share(*, item: ActionItem, person: Person) -> None:
    """Note that a member has done the own part of what everyone has to do; once, however often it is said."""
    Share.objects.get_or_create(item=item, person=person)


def take_share_back(*, item: ActionItem, person: Person) -> None:
    """Note that the own part is open again."""
    Share.objects.filter(item=item, person=person).delete()


def add_comment(*, item: ActionItem, by, text: str) -> Comment:
    """Say something to an item, for the AG to read."""
    return Comment.objects.create(item=item, author=by, text=text)


def take_name_out_of_notes(*, person: Person) -> list[ActionItem]:
    """Put the stand-in for a person into the notes that everybody reads; returns the items to which they belong."""
    public = StatusChange.objects.filter(note_is_public=True).select_related("item")
    return list(dict.fromkeys(change.item for change in clean_rows(public, ["note"], person)))


def forget_name(*, person: Person) -> None:
    """Put the stand-in for a person into items, corrections of their wording and all notes, before they are deleted."""
    items = clean_rows(ActionItem.with_corrections.all(), ["title", "description"], person)
    ActionItem.with_corrections.filter(pk__in=[item.pk for item in items]).update(changed_at=timezone.now())
    note_cleaned(items)
    clean_rows(StatusChange.objects.all(), ["note"], person)
