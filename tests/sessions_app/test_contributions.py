"""What events add to the Fahrplan of the AG."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from sessions_app.contributions import events
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


def test_hidden_and_cancelled_events_are_no_milestones():
    make_event(is_published=False)
    make_event(status=Event.Status.CANCELLED)
    assert list(events(AnonymousUser())) == []
