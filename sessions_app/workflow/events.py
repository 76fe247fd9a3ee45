"""What the OGL-Leitung does with events."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ogl_portal.directory.models import Person, User
from ogl_portal.lib import search
from ogl_portal.lib.history import record

from ..models import Attendance, Event
from .registering import move_up


def publish_event(*, event: Event, by: User) -> None:
    """Show an event to everybody; raises ValidationError when they see it already.

    Places that became free while it was hidden go to who waits.
    """
    with transaction.atomic():
        hidden = Event.objects.filter(pk=event.pk, is_published=False)
        if not hidden.update(is_published=True, changed_at=timezone.now(), revision=F("revision") + 1):
            raise ValidationError(f"„{event.title}“ war schon veröffentlicht.")
        record(by, event, "Veröffentlicht.")
        search.update(event)
        move_up(event=event)
    event.refresh_from_db()


def invite_members(*, event: Event, by: User) -> int:
    """Put the members of the day of the event on its list of attendance; returns how many were added."""
    with transaction.atomic():
        known = event.attendances.values("person")
        missing = Person.objects.members(on=timezone.localdate(event.starts_at)).exclude(pk__in=known)
        rows = [Attendance(event=event, person=person, as_member=True) for person in missing]
        Attendance.objects.bulk_create(rows, ignore_conflicts=True)
        record(by, event, f"{len(rows)} Mitglieder in die Teilnahme eingetragen.")
    return len(rows)
