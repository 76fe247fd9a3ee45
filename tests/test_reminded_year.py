"""A year of ``manage.py remind``: cron sleeps and runs twice, and every mail goes once, to whom it concerns."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from actions import workflow as steps
from actions.models import ActionItem
from ogl_portal.directory.models import MailPreference
from sessions_app import workflow
from sessions_app.models import Attendance, Event
from tests.factories.actions import make_item
from tests.factories.directory import make_member, make_user
from tests.factories.sessions_app import make_event, make_report

NOON = timezone.make_aware(datetime(2026, 3, 2, 12))
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON, tick=False)]
SOON, LATE = "Nächste Schritte: 1 bald fällig", "Nächste Schritte: 1 überfällig"


def on(day: int) -> datetime:
    return NOON + timedelta(days=day)


def make_meeting(day: int, title: str, **fields) -> Event:
    """Make a Sitzung in the evening of a day of the year."""
    return make_event(title=title, starts_at=on(day) + timedelta(hours=6), **fields)


def make_due(day: int, **fields) -> ActionItem:
    return make_item(due_kind="day", due_until=timezone.localdate(on(day)), **fields)


def runs(day: int) -> int:
    """How often cron runs: not on two days of each thirteen, late in the year each ninth only; twice on each sixth."""
    is_asleep = day % 13 in {4, 5} or (day > 260 and day % 9)
    return 0 if is_asleep else 2 if day % 6 == 0 else 1


def live_through_a_year(happenings: dict[int, Callable]) -> None:
    """Run cron at noon as ``runs`` has it; what happens on a day comes before."""
    for day in range(365):
        with time_machine.travel(on(day), tick=False):
            happenings.get(day, lambda: None)()
            for _ in range(runs(day)):
                call_command("remind", stdout=StringIO())


def subject(event: Event, word: str = "") -> str:
    return f"{word}{event.get_kind_display()} am {timezone.localdate(event.starts_at):%d.%m.%Y}: {event.title}"


@pytest.fixture
def colleague():
    """A member who has no sign-in, ticks off early, and declines one meeting."""
    return make_member(email="kollegin@example.org")


@pytest.fixture
def quiet():
    """A member who wants no reminder at all."""
    person = make_member(email="still@example.org")
    MailPreference.objects.create(person=person, steps="none", events="none")
    return person


@pytest.fixture
def strangers(guest):
    """A former member who can still sign in; the guest comes along."""
    former = make_member(email="frueher@example.org")
    make_user(person=former)
    former.memberships.update(ends_on=timezone.localdate() - timedelta(days=1))


@pytest.mark.usefixtures("quiet", "strangers")
def test_year_of_the_ag_sends_every_mail_once_and_none_to_the_wrong(member, other_member, lead, colleague):
    MailPreference.objects.create(person=other_member.person, steps="once", events="once")
    named = make_due(56, responsible_kind="persons", persons=[member.person, other_member.person])
    shared = make_due(100, responsible_kind="everyone")
    report = make_report(title="Report zur Prüfung", status="draft", released_at=None)
    make_due(30, responsible_kind="everyone", report=report)
    first, second, third = make_meeting(120, "Erste"), make_meeting(205, "Zweite"), make_meeting(250, "Dritte")
    make_meeting(300, "Verborgene", is_published=False)
    Attendance.objects.create(event=second, person=colleague, status=Attendance.Status.DECLINED)
    live_through_a_year({
        69: lambda: steps.change_status(item=named, to="done"),
        95: lambda: steps.tick_off_share(item=shared, person=colleague),
        101: lambda: steps.change_status(item=shared, to="done"),
        150: lambda: workflow.submit_report(report=report, by=lead.user, until=timezone.localdate(on(160))),
        246: lambda: Event.objects.filter(pk=third.pk).update(status=Event.Status.CANCELLED),
    })  # fmt: skip
    asked, off = f"Bitte prüfen bis {timezone.localdate(on(160)):%d.%m.%Y}: Report zur Prüfung", "Abgesagt: "
    both = [subject(first), subject(second)]
    expected = {
        # The day before item ``named`` is due, 56, cron sleeps: the overdue mail of day 58 is the next one.
        member.person: [SOON, LATE, LATE, SOON, SOON, *both * 2, subject(third), subject(third, off), asked],
        other_member.person: [LATE, SOON, *both, asked],
        lead.person: [SOON, SOON, *both * 2, subject(third), subject(third, off), asked],
        colleague: [SOON, *[subject(first)] * 2, subject(third), subject(third, off)],
    }
    wanted = Counter((person.email, line) for person, lines in expected.items() for line in lines)
    assert Counter((sent.to[0], sent.subject) for sent in mail.outbox) == wanted
