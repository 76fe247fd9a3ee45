"""Events in calendars that people subscribe to."""

from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.db.models import Count, Max, Sum
from django.urls import reverse
from django.utils import timezone
from icalendar import Event as CalendarEvent

from ogl_portal.directory.models import User, belongs_to_group
from ogl_portal.lib import calendars, dates
from ogl_portal.lib.registry import personal_days
from ogl_portal.lib.text import plain

from .models import Event
from .models.events import EventQuerySet

Status = Event.Status
NAME = "Termine der AG Digitalisierung in der Arbeitswelt"
A_YEAR = timedelta(days=366)
"""How long the calendar of all events keeps what is over; that of a series keeps everything."""
FORMAT = 2
"""Part of every ETag: raise it when the files say something else of the same events."""


def recent_events() -> EventQuerySet:
    """What the subscription for all holds."""
    return Event.objects.in_calendars().filter(ends_at__gt=timezone.now() - A_YEAR)


def state_of(events: EventQuerySet) -> str:
    """A word that changes with what a calendar of these events says, found in one query.

    The day is part of it: what has passed leaves the calendar, and what is not revised may have another name.
    """
    sums = {f"sum_{name}": Sum(name) for name in ["pk", "revision", "series__revision"]}
    facts = events.order_by().aggregate(count=Count("pk"), latest=Max("changed_at"), **sums)
    return sha256(repr((FORMAT, timezone.localdate(), sorted(facts.items()))).encode()).hexdigest()[:32]


def public_calendar(events: Iterable[Event], name: str, page: str) -> bytes:
    """A file for everybody: links to take part only where all may come."""
    return calendars.make_calendar(name, page, [describe(event, joins=event.is_open_to_all) for event in events])


def message(event: Event, *, to: str, joins: bool) -> str:
    """What a mail about an event does in the calendar of its reader."""
    method = "CANCEL" if event.status == Status.CANCELLED else "REQUEST"
    return calendars.make_message(describe(event, joins=joins), method=method, to=to)


def private_calendar(user: User) -> bytes:
    """The user's own file: with the links to take part that this user may see, and their own days."""
    invited = set(user.person.attendances.admitted().values_list("event", flat=True)) if user.person else set()
    in_group = belongs_to_group(user)
    parts = [
        describe(event, joins=in_group or event.is_open_to_all or event.pk in invited) for event in recent_events()
    ]
    parts += map(calendars.all_day, personal_days.ask(user=user))
    return calendars.make_calendar("Meine Termine der AG", reverse("directory:my-area"), parts)


def describe(event: Event, *, joins: bool) -> CalendarEvent:
    """One event as VEVENT; ``joins`` tells whether the reader may have the link to take part."""
    has_date = event.status != Status.CANCELLED and not event.is_postponed
    join_url = event.join_url if joins and has_date else ""
    title = f"Abgesagt: {event.title}" if event.status == Status.CANCELLED else event.title
    part = calendars.make_event(
        uid=event.uid, title=title, url=event.get_absolute_url(), changed_at=event.changed_at, sequence=event.sequence
    )
    add_when(part, event)
    part.add("status", calendar_status(event))
    part.add("categories", [event.get_kind_display()])
    part.add("description", plain(text_of(event, join_url)))
    if place := place_of(event, join_url):
        part.add("location", calendars.one_line(place))
    if join_url:
        how = {"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": "Online teilnehmen"}
        part.add("conference", join_url, parameters=how)
    return part


def add_when(part: CalendarEvent, event: Event) -> None:
    """The hours, or the whole day where only that is known."""
    if event.time_is_known:
        calendars.add_span(part, event.starts_at, event.ends_at)
    else:
        last = timezone.localdate(event.ends_at - timedelta(microseconds=1))
        calendars.add_days(part, timezone.localdate(event.starts_at), last)


def calendar_status(event: Event) -> str:
    """STATUS (RFC 5545, 3.8.1.11); who moved without a new date has none that holds."""
    if event.status == Status.CANCELLED:
        return "CANCELLED"
    is_open = event.status == Status.PLANNED or event.is_postponed
    return "TENTATIVE" if is_open else "CONFIRMED"


def text_of(event: Event, join_url: str) -> str:
    """What the event is about, what became of it, and where to read on; many programs show no other field."""
    state = f"{event.get_status_display().capitalize()}. {event.status_note}".strip() if event.is_off_plan else ""
    parts = [
        state,
        f"Bisher: {dates.moment(event.moved_from)}" if event.moved_from else "",
        event.summary,
        f"Serie: {event.series.title}" if event.series else "",
        f"Online teilnehmen: {join_url}" if join_url else "",
        f"Alles zum Termin: {settings.SITE_URL}{event.get_absolute_url()}",
    ]
    return "\n\n".join(filter(None, parts))


def place_of(event: Event, join_url: str) -> str:
    """Where, with the link where the reader may have it."""
    online = join_url or ("online" if event.is_online else "")
    return ", ".join(filter(None, [event.place, online]))
