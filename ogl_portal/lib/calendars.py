"""Calendars that other programs subscribe to (RFC 5545 and 7986), built with the package ``icalendar``.

There is no METHOD: with one, DTSTAMP would have to be the moment of creation (RFC 5545, 3.8.7.2).
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Component, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress

from .feeds import AUTHOR
from .registry import DayEntry
from .text import plain

BERLIN = ZoneInfo("Europe/Berlin")
DOMAIN = "ogl-portal.invalid"
"""Of UIDs: fixed, and nobody's (RFC 2606), so that moving the portal changes none."""
PRODUCT = "-//OGL-Portal//Termine//DE"
REFRESH = timedelta(hours=6)


def make_message(part: Event, *, method: str, to: str) -> str:
    """Return what a mail carries to put an event into its reader's calendar (REQUEST), or to take it out (CANCEL).

    Its DTSTAMP is the moment of the mail (RFC 5545, 3.8.7.2). Nobody is asked to answer: the portal reads no mail.
    """
    part.pop("dtstamp", None)
    part.add("dtstamp", datetime.now(UTC).replace(microsecond=0))
    reader = vCalAddress(f"mailto:{to}")
    reader.params["RSVP"] = "FALSE"
    part.add("attendee", reader)
    calendar = Calendar()
    for name, value in [("prodid", PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", method)]:
        calendar.add(name, value)
    calendar.add_component(time_zone())
    calendar.add_component(part)
    return calendar.to_ical().decode()


def make_calendar(name: str, page: str, parts: Iterable[Component]) -> bytes:
    """Return the file: its head, the time zone and the parts; ``page`` is a path."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", one_line(name))
    calendar.add("x-wr-calname", one_line(name))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    calendar.add("url", settings.SITE_URL + page)
    calendar.add_component(time_zone())
    for part in parts:
        calendar.add_component(part)
    return calendar.to_ical()


def one_line(text: str) -> str:
    """A name, which must have no line breaks."""
    return " ".join(plain(text).split())


def time_zone() -> Timezone:
    """Europe/Berlin as it has been since 1996 (Directive 2000/84/EC): rules, so that no date lies beyond them.

    A test compares them with the machine's time zone data.
    """
    zone = Timezone()
    zone.add("tzid", BERLIN.key)
    zone.add_component(observance(TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), 3, (1, 2)))
    zone.add_component(observance(TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), 10, (2, 1)))
    return zone


def observance(part: Component, name: str, begins: datetime, month: int, hours: tuple[int, int]) -> Component:
    """One half of the year: from the last Sunday of a month on, told in the clock time before (RFC 5545, 3.6.5)."""
    part.add("dtstart", begins)
    part.add("rrule", {"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"})
    part.add("tzname", name)
    part.add("tzoffsetfrom", timedelta(hours=hours[0]))
    part.add("tzoffsetto", timedelta(hours=hours[1]))
    return part


def make_event(*, uid: UUID, title: str, url: str, changed_at: datetime, sequence: int = 0) -> Event:
    """Begin a VEVENT; DTSTAMP is its last change, so that the bytes are stable. ``url`` is a path."""
    event = Event()
    event.add("uid", f"{uid}@{DOMAIN}")
    event.add("sequence", sequence)
    for name in ["dtstamp", "last-modified"]:
        event.add(name, changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("summary", one_line(title))
    event.add("url", settings.SITE_URL + url)
    event.add("organizer", organizer())
    return event


def organizer() -> vCalAddress:
    """Who is to be asked: the AG, at the portal's own address; never a person's."""
    address = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    address.params["CN"] = AUTHOR
    return address


def add_span(event: Event, start: datetime, end: datetime) -> None:
    """Say when, in the clock time of Berlin."""
    event.add("dtstart", start.astimezone(BERLIN))
    event.add("dtend", end.astimezone(BERLIN))


def add_days(event: Event, first: date, last: date) -> None:
    """Say on which whole days, the last one included."""
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))


def all_day(entry: DayEntry) -> Event:
    """A day that a person must not miss, which takes none of their time."""
    known = {"uid": entry.uid, "title": entry.title, "url": entry.url, "changed_at": entry.changed_at}
    event = make_event(**known, sequence=entry.sequence)
    add_days(event, entry.first, entry.last)
    event.add("transp", "TRANSPARENT")
    event.add("categories", [entry.kind])
    event.add("description", plain(f"{entry.text}\n\n{settings.SITE_URL}{entry.url}".strip()))
    return event
