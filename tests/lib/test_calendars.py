"""Calendars (RFC 5545, RFC 7986; interop.md)."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from ogl_portal.lib import calendars
from ogl_portal.lib.registry import DayEntry

CHANGED = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
UID = UUID("11111111-2222-4333-8444-555555555555")


def read(*parts) -> Calendar:
    return Calendar.from_ical(calendars.make_calendar("Übersicht, alles", "/termine/", parts))


def make_event(**fields):
    return calendars.make_event(**{"uid": UID, "title": "T", "url": "/x/", "changed_at": CHANGED} | fields)


def test_calendar_head_says_name_page_and_how_often_to_ask():
    calendar = read()
    assert calendar["version"] == "2.0" and calendar["prodid"] and calendar["calscale"] == "GREGORIAN"
    assert calendar["name"] == calendar["x-wr-calname"] == "Übersicht, alles"
    assert calendar["url"] == "http://testserver/termine/"
    raw = calendars.make_calendar("N", "/", [])
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in raw
    assert b"X-PUBLISHED-TTL:PT6H\r\n" in raw
    assert b"METHOD" not in raw


def test_event_is_named_for_good_and_stamped_with_its_last_change():
    event = read(make_event(sequence=3)).events[0]
    assert event["uid"] == f"{UID}@ogl-portal.invalid"
    assert event.decoded("dtstamp") == event.decoded("last-modified") == CHANGED.replace(microsecond=0)
    assert event["sequence"] == 3
    assert event["organizer"] == "mailto:portal@example.org" and event["organizer"].params["CN"]
    assert "attendee" not in event


def observances() -> dict[str, dict]:
    """The two halves of the year as the file tells them."""
    return {part.name: part for part in read().walk("VTIMEZONE")[0].subcomponents}


def last_sunday(year: int, month: int) -> date:
    end = date(year, month, 31)
    return end - timedelta(days=(end.weekday() + 1) % 7)


@pytest.mark.parametrize("year", range(1997, 2038, 5))
def test_time_zone_changes_when_the_machines_own_data_say_so(year):
    berlin, parts = ZoneInfo("Europe/Berlin"), observances()
    for name, month in [("DAYLIGHT", 3), ("STANDARD", 10)]:
        part = parts[name]
        assert part["rrule"] == {"FREQ": ["YEARLY"], "BYMONTH": [month], "BYDAY": ["-1SU"]}
        before, after = part.decoded("tzoffsetfrom"), part.decoded("tzoffsetto")
        clock = part.decoded("dtstart").replace(tzinfo=None).time()
        change = datetime.combine(last_sunday(year, month), clock, UTC) - before
        assert (change - timedelta(seconds=1)).astimezone(berlin).utcoffset() == before
        assert change.astimezone(berlin).utcoffset() == after


def test_day_of_ones_own_is_whole_and_takes_no_time():
    entry = DayEntry(UID, "Fällig: A", "Nächster Schritt", date(2026, 3, 29), date(2026, 3, 29), "/m/1/", CHANGED)
    event = read(calendars.all_day(entry)).events[0]
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2026, 3, 29), date(2026, 3, 30))
    assert event["transp"] == "TRANSPARENT"
    assert "http://testserver/m/1/" in event["description"]
