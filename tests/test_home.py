"""The start page says what this is, what is next and what one can do, to each reader."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ogl_portal.pages.models import ContactRequest
from tests.factories.actions import make_item_due_in, make_item_of
from tests.factories.sessions_app import make_event, make_report
from tests.factories.surveys import make_round

pytestmark = pytest.mark.django_db


def home(actor) -> str:
    return actor.client.get("/").content.decode()


def test_start_page_names_the_next_event_that_takes_place(visitor):
    soon, later = timezone.now() + timedelta(days=1), timezone.now() + timedelta(days=2)
    make_event(title="Abgesagter Abend", starts_at=soon, status="cancelled")
    make_event(title="Geheimer Abend", starts_at=soon, is_published=False)
    event = make_event(title="Abend der Werkzeuge", starts_at=later)
    head = home(visitor).split("Als Nächstes")[1].split("</section>")[0]
    assert "Abend der Werkzeuge" in head
    assert event.when in head
    assert event.get_absolute_url() in head


def test_start_page_without_an_event_is_friendly(visitor):
    assert "Zurzeit ist kein Termin angekündigt" in home(visitor)


def test_start_page_tells_a_member_what_waits(member, other_member):
    make_item_of(member.person)
    round = make_round(title="Umfrage")
    round.invitations.create(person=member.person)
    page = home(member)
    assert "Das wartet auf Sie" in page
    assert f'href="{round.get_absolute_url()}"><span class="ogl-figure__number">1</span> Fragebogen bis' in page
    assert '<span class="ogl-figure__number">1</span> Schritt zu tun' in page
    assert "Fragebogen bis" not in home(other_member)


def test_start_page_tells_the_lead_what_lies_on_the_desk(lead, member):
    ContactRequest.objects.create(subject="Frage", message="Wie?", email="x@example.org", due_on=timezone.localdate())
    assert 'Anfragen: <span class="ogl-figure__number">1</span>' in home(lead)
    for days in [-9, -8]:
        make_item_due_in(days, responsible_kind="open")
    for number in range(3):
        make_report(
            status="draft", released_at=None, event=make_event(starts_at=timezone.now() - timedelta(days=number + 2))
        )
    make_event(starts_at=timezone.now() - timedelta(days=1))
    page = home(lead)
    for title, count in [("Termine ohne Report", 1), ("Überfällige Schritte", 2), ("Schritte ohne Verantwortung", 2)]:
        assert f'{title}: <span class="ogl-figure__number">{count}</span>' in page
    assert "Anfragen" not in home(member)


def test_start_page_asks_a_visitor_for_nothing(visitor):
    page = home(visitor)
    assert "Das wartet auf Sie" not in page
    assert "Termine ansehen" in page
