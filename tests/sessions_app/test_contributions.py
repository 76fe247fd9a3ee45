"""What events add to the Fahrplan of the AG."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from sessions_app.contributions import events, events_without_a_date
from sessions_app.models import Event
from tests.factories.sessions_app import make_event

pytestmark = pytest.mark.django_db


def test_published_events_are_milestones_and_no_deadlines():
    make_event(title="war", starts_at=timezone.now() - timedelta(days=1))
    make_event(title="kommt", kind=Event.Kind.SESSION)
    assert [(m.label, m.kind, m.is_deadline) for m in events(AnonymousUser())] == [
        ("war", "AG-Sitzung", False),
        ("kommt", "Session", False),
    ]


def test_hidden_and_cancelled_events_and_those_without_a_date_are_no_milestones():
    make_event(is_published=False)
    make_event(status=Event.Status.CANCELLED)
    make_event(status=Event.Status.MOVED)
    assert list(events(AnonymousUser())) == []


def test_lead_is_told_whose_new_date_is_missing_once_the_former_has_passed(lead):
    make_event(title="Kommt noch", status=Event.Status.MOVED)
    make_event(title="Wartet", status=Event.Status.MOVED, starts_at=timezone.now() - timedelta(days=3))
    [box] = events_without_a_date(lead.user)
    assert (box.title, box.count) == ("Verschobene Termine ohne neuen Tag", 1)
    assert "Wartet" in box.links[0].text and "Termine ohne Report" not in lead.client.get("/").content.decode()
