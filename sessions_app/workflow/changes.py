"""What calendars and feeds must hear of: RFC 5545 counts changes of a date, RFC 4287 dates significant ones."""

from django.utils import timezone

from ..models import Event

SCHEDULE = ["starts_at", "ends_at", "time_is_known", "is_online", "place", "status"]
"""When one of these changes, calendars ask people anew (RFC 5545, 3.8.7.4)."""
SIGNIFICANT = [*SCHEDULE, "kind", "title", "summary", "status_note", "join_url", "is_open_to_all", "is_published",
               "outcome"]  # fmt: skip
"""What readers learn something from; a better wording of the description is no news."""


def note_changes(*, event: Event) -> None:
    """Compare an event with what is stored, right before it is saved, and count and date what changed."""
    stored = Event.objects.filter(pk=event.pk).first()
    if stored is None:
        return
    if differ(event, stored, SCHEDULE):
        event.sequence = stored.sequence + 1
    if differ(event, stored, SIGNIFICANT):
        event.changed_at = timezone.now()
    if was_moved(event, stored):
        event.moved_from = stored.starts_at


def note_materials(*, event: Event) -> None:
    """New files for everybody are news, too."""
    Event.objects.filter(pk=event.pk).update(changed_at=timezone.now())


def differ(event: Event, stored: Event, names: list[str]) -> bool:
    """Whether one of these fields is another now."""
    return any(getattr(event, name) != getattr(stored, name) for name in names)


def was_moved(event: Event, stored: Event) -> bool:
    """Whether the event has another beginning than before; a former one that was typed in by hand stays.

    Whether it is shown says nothing: people may know the former one from before it was hidden, and without one it
    would count as postponed.
    """
    is_new = event.starts_at != stored.starts_at and event.moved_from in {stored.moved_from, None}
    return is_new and event.status == Event.Status.MOVED
