"""Subscribe to the calendar → the OGL-Leitung moves and cancels the event → the calendar says so."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

from icalendar import Calendar

from ogl_portal.directory.models import User
from ogl_portal.directory.workflow import create_sign_in_link
from sessions_app.models import Event

SESSION = "beispiel-session"


def subscribe(walk) -> str:
    """The path of the calendar that the page offers."""
    link = walk.page.locator("main a[type='text/calendar']").first
    return urlsplit(link.get_attribute("href")).path


def entries(walk, path: str) -> list:
    """What a calendar that is subscribed to shows."""
    answer = walk.context.request.get(path)
    assert answer.ok
    return Calendar.from_ical(answer.body()).events


def entry(walk, path: str):
    """The session in the calendar."""
    return next(event for event in entries(walk, path) if "Digitale Werkzeuge" in event["summary"])


def save(walk, **fields) -> None:
    """Fill in fields of the session in the admin and save it."""
    walk.go(f"/admin/sessions_app/event/{Event.objects.get(slug=SESSION).pk}/change/")
    for name, value in fields.items():
        field = walk.page.locator(f"[name={name}]")
        field.select_option(value) if name == "status" else field.fill(value)
    walk.press(re.compile("^Sichern$"))


def test_subscriber_hears_that_a_session_is_moved_and_cancelled(set_out):
    reader, lead = set_out(), set_out()
    lead.go(create_sign_in_link(user=User.objects.get(email="leitung@example.org")))
    lead.press("Jetzt anmelden")
    reader.go("/termine/")
    address = subscribe(reader)
    before = entry(reader, address)
    assert before["status"] == "CONFIRMED"

    day = f"{Event.objects.get(slug=SESSION).starts_at + timedelta(days=7):%d.%m.%Y}"
    save(lead, starts_at_0=day, ends_at_0=day, status="moved")
    moved = entry(reader, address)
    assert moved["uid"] == before["uid"]
    assert moved.decoded("dtstart") - before.decoded("dtstart") == timedelta(days=7)
    assert (moved["sequence"], moved["status"]) == (1, "CONFIRMED")
    reader.follow("Beispiel-Session")
    reader.sees(f"auf: {day}, 17.00–18.30 Uhr")

    save(lead, status="cancelled", status_note="Die Referentin ist krank.")
    cancelled = entry(reader, address)
    assert (cancelled["sequence"], cancelled["status"]) == (2, "CANCELLED")
    assert cancelled["summary"].startswith("Abgesagt: ")
    assert "conference" not in cancelled and "krank" in cancelled["description"]


def test_member_makes_a_calendar_of_their_own(set_out):
    walk = set_out()
    walk.go(create_sign_in_link(user=User.objects.get(email="mitglied1@example.org")))
    walk.press("Jetzt anmelden")
    walk.go("/mein-bereich/")
    walk.press("Meinen Kalender einrichten")
    walk.sees("So abonnieren Sie:")
    events = entries(walk, subscribe(walk))
    meeting = next(event for event in events if "Sitzung" in event["summary"])
    assert meeting["conference"] == "https://example.org/beispiel-ag-sitzung"
    assert [str(event["summary"]) for event in events if event["summary"].startswith("Fällig: ")]
