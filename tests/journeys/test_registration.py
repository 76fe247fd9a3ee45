"""(k) Somebody from a small firm registers for a full session, moves up, gets the link, takes part or cancels."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from ogl_portal.lib import spam
from sessions_app.models import Event
from tests import cast
from tests.factories.registrations import make_registration, make_session, statuses

LINK = re.compile(r"/teilnahme/[\w-]+/")


@pytest.fixture
def demo(live_server):
    """Nothing of the demo's data, which takes seconds to load, but its lead."""
    cast.lead(email="leitung@example.org")
    return live_server.url


@pytest.fixture
def session(monkeypatch):
    """A session with one place, which somebody has."""
    monkeypatch.setattr(spam, "FASTEST", 0)  # the browser types faster than people
    session = make_session(title="Ordnung in den Dateien", capacity=1, starts_at=timezone.now() + timedelta(days=20))
    make_registration(session, name="Anna Erste", email="anna@example.org")
    return session


def last_mail_to(address: str):
    return next(message for message in reversed(mail.outbox) if message.to == [address])


def open_mail(walk, address: str) -> None:
    walk.go(LINK.search(last_mail_to(address).body)[0])


def ask_for_a_place(walk, session: Event) -> None:
    walk.go(session.get_absolute_url())
    walk.sees("Der eine Platz ist vergeben")
    walk.follow("Auf die Warteliste")
    walk.page.get_by_label("Name").fill("Rita Rege")
    walk.page.get_by_label("E-Mail-Adresse").fill("rita@example.org")
    walk.press("Auf die Warteliste")
    walk.sees("Postfach")


def test_visitor_registers_moves_up_is_reminded_joins_and_cancels(set_out, session, time_machine):
    walk, other = set_out(), set_out(javascript=False)
    ask_for_a_place(walk, session)
    open_mail(walk, "rita@example.org")
    walk.press("Anmeldung bestätigen")
    walk.sees("Ihr Platz auf der Warteliste: 1.")
    the_first_one_cancels(other, session)
    assert statuses(session) == {"Anna Erste": "cancelled", "Rita Rege": "placed"}
    assert last_mail_to("rita@example.org").subject.startswith("Angemeldet")
    open_mail(walk, "rita@example.org")
    walk.sees("Sie sind angemeldet")
    assert session.join_url not in walk.page.content()
    time_machine.move_to(session.starts_at - timedelta(hours=5))
    call_command("remind")
    assert session.join_url in last_mail_to("rita@example.org").body
    open_mail(walk, "rita@example.org")
    assert walk.page.get_by_role("link", name="Online teilnehmen").get_attribute("href") == session.join_url
    walk.go(session.get_absolute_url())
    assert session.join_url not in walk.page.content()
    open_mail(walk, "rita@example.org")
    walk.press("Abmelden", inside="main")
    walk.sees("Sie sind abgemeldet")
    assert "Noch einmal anmelden" in walk.page.content()


def the_first_one_cancels(walk, session: Event) -> None:
    """Without JavaScript, from the reminder of the week before."""
    Event.objects.filter(pk=session.pk).update(starts_at=timezone.now() + timedelta(days=6))
    call_command("remind")
    Event.objects.filter(pk=session.pk).update(starts_at=session.starts_at)
    open_mail(walk, "anna@example.org")
    walk.press("Abmelden", inside="main")
    walk.sees("Sie sind abgemeldet")
