"""Mails about coming meetings: each once, rescheduled when the event moves, taken back when it is off."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from ogl_portal.directory.models import MailPreference
from sessions_app import workflow
from sessions_app.models import AgendaItem, Attendance, Event, EventMail
from tests.factories.actions import make_item
from tests.factories.directory import make_membership, make_person
from tests.factories.sessions_app import make_event

pytestmark = pytest.mark.django_db
START = timezone.make_aware(datetime(2026, 3, 20, 16))


@pytest.fixture
def member_of_ag():
    return make_membership(begins_on=START.date() - timedelta(days=100)).person


@pytest.fixture
def meeting(member_of_ag):
    event = make_event(starts_at=START, join_url="https://treffen.example.org/ag")
    AgendaItem.objects.create(event=event, position=1, title="Rückblick")
    return event


def remind(before: timedelta, start: datetime = START) -> list:
    now = start - before
    with time_machine.travel(now, tick=False):
        return list(workflow.send_event_mails(now=now))


def test_member_is_reminded_a_week_and_a_day_before_whatever_cron_does(meeting, member_of_ag):
    sent = [len(remind(timedelta(hours=hours))) for hours in [170, 168, 168, 100, 25, 24, 24, 1]]
    assert sent == [0, 1, 0, 0, 0, 1, 0, 0]
    assert remind(timedelta(hours=-1)) == []


def test_reminder_after_a_long_pause_is_one(meeting):
    assert [mail.subject for mail in remind(timedelta(hours=2))] == ["AG-Sitzung am 20.03.2026: " + meeting.title]


def test_reminder_says_when_where_what_and_the_own_open_items(meeting, member_of_ag):
    mine = make_item(title="Protokoll gegenlesen", due_kind="open", responsible_kind="persons")
    mine.responsible_persons.add(member_of_ag)
    make_item(title="Gehört jemand anderem", due_kind="open", responsible_kind="persons")
    (mail,) = remind(timedelta(hours=24))
    for text in [meeting.when, "https://treffen.example.org/ag", "1. Rückblick", "Protokoll gegenlesen"]:
        assert text in mail.text
    assert "Gehört jemand anderem" not in mail.text


def test_event_that_moves_says_so_and_reminds_anew(meeting):
    assert len(remind(timedelta(days=6))) == 1
    later = START + timedelta(days=14)
    Event.objects.filter(pk=meeting.pk).update(
        starts_at=later, ends_at=later + timedelta(hours=2), status=Event.Status.MOVED
    )
    (told,) = remind(timedelta(days=10), later)
    assert told.subject.startswith("Verschoben: ")
    assert "03.04.2026" in told.text
    assert remind(timedelta(days=9), later) == []
    assert len(remind(timedelta(hours=20), later)) == 1


def test_event_that_is_off_says_so_once_to_whom_it_was_announced(meeting):
    remind(timedelta(days=6))
    newcomer = make_membership(begins_on=START.date()).person
    Event.objects.filter(pk=meeting.pk).update(status=Event.Status.CANCELLED)
    (told,) = remind(timedelta(days=1))
    assert told.subject.startswith("Abgesagt: ")
    assert told.recipient != newcomer.email
    assert remind(timedelta(hours=5)) == []


def test_session_hidden_event_and_who_declined_get_no_mail(meeting, member_of_ag):
    Attendance.objects.create(event=meeting, person=member_of_ag, status=Attendance.Status.DECLINED)
    make_event(starts_at=START, kind=Event.Kind.SESSION)
    make_event(starts_at=START, is_published=False)
    make_person(email="gast@example.org")
    assert remind(timedelta(days=1)) == []
    assert not EventMail.objects.exists()


@pytest.mark.parametrize(("choice", "count"), [("all", 2), ("once", 1), ("none", 0)])
def test_member_gets_as_much_as_wanted(meeting, member_of_ag, choice, count):
    MailPreference.objects.create(person=member_of_ag, events=choice)
    assert len(remind(timedelta(days=6)) + remind(timedelta(hours=24))) == count


def test_member_chooses_how_much(member):
    answer = member.client.post("/mein-bereich/mails/", {"steps": "once", "events": "none"}, follow=True)
    assert "Ihre Wahl ist gespeichert." in answer.content.decode()
    preference = MailPreference.objects.get(person=member.person)
    assert (preference.steps, preference.events) == ("once", "none")
    bad = member.client.post("/mein-bereich/mails/", {"steps": "oft", "events": ""})
    assert bad.status_code == 200
    assert "Bitte" in bad.content.decode()
