"""What other pages show of events and reports."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.utils import timezone

from sessions_app.models import Attendance, Event, Report
from tests.factories.directory import make_member
from tests.factories.sessions_app import make_event, make_report

pytestmark = pytest.mark.django_db


def draw(text: str, **context) -> str:
    return Template("{% load sessions_tags %}" + text).render(Context(context))


def test_later_events_shows_three_published_ones_and_the_latest_report():
    for days in range(1, 6):
        make_event(title=f"In {days} Tagen", starts_at=timezone.now() + timedelta(days=days))
    make_event(title="Geheimes", starts_at=timezone.now() + timedelta(hours=1), is_published=False)
    make_report(title="Der Report")
    html = draw("{% later_events %}")
    assert [days for days in range(1, 6) if f"In {days} Tagen" in html] == [1, 2, 3]
    assert "Geheimes" not in html
    assert "Der Report" in html


def test_next_event_is_none_whose_date_does_not_hold():
    make_event(title="Ohne Tag", status=Event.Status.MOVED, starts_at=timezone.now() - timedelta(days=1))
    assert "Zurzeit ist kein Termin angekündigt." in draw("{% next_event %}")
    make_event(title="Bald")
    assert "Bald" in draw("{% next_event %}") and "Ohne Tag" in draw("{% later_events %}")


def test_later_events_without_any_is_friendly():
    make_report(title="Entwurf", status=Report.Status.DRAFT, released_at=None)
    html = draw("{% later_events %}")
    assert "Zurzeit ist kein Termin angekündigt" in html
    assert "Der neueste Report" not in html


def test_attendance_holds_those_who_were_there():
    event = make_event()
    for status in Attendance.Status:
        person = make_member(family_name=status.value, name_is_public=True, name_public_basis="Einwilligung")
        Attendance.objects.create(event=event, person=person, status=status)
    html = draw("{% attendance event user %}", event=event, user=AnonymousUser())
    assert [status.value for status in Attendance.Status if status.value in html] == ["attended"]


def test_attendance_that_nobody_noted_is_nothing():
    assert draw("{% attendance event user %}", event=make_event(), user=AnonymousUser()).strip() == ""
