"""A year of ``manage.py remind``: cron sleeps and runs twice, and every mail goes once, to whom it concerns."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from io import StringIO
from threading import Barrier

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from actions import workflow as steps
from actions.models import ActionItem
from knowledgebase.models import Solution
from ogl_portal.directory.models import MailPreference, Membership
from ogl_portal.lib.models import OutgoingMail
from sessions_app import workflow
from sessions_app.models import Attendance, Event, Subscription
from surveys.models import Round
from surveys.workflow import introduce_match
from tests.factories.actions import make_item
from tests.factories.directory import make_member, make_person, make_user
from tests.factories.knowledgebase import make_published, make_reuse
from tests.factories.matches import make_match
from tests.factories.registrations import make_registration, make_session
from tests.factories.sessions_app import make_event, make_report, make_series
from tests.factories.surveys import fill, make_complete_response, make_round, submit

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


def remind() -> None:
    call_command("remind", stdout=StringIO())


def remind_twice_at_once() -> None:
    """Two crons that know nothing of each other."""
    start = Barrier(2)

    def cron(_):
        try:
            start.wait(timeout=20)
            remind()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(cron, range(2)))


def live_through_a_year(happenings: dict[int, Callable], remind: Callable = remind) -> None:
    """Run cron at noon as ``runs`` has it; what happens on a day comes before."""
    for day in range(365):
        with time_machine.travel(on(day), tick=False):
            happenings.get(day, lambda: None)()
            for _ in range(runs(day)):
                remind()


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


def guests_of_a_series() -> tuple[dict, list]:
    """A session with two places and a list, and one that is announced, moved and cancelled; two are subscribed."""
    series = make_series(title="Kleine Schritte")
    held = make_session(series=series, title="Voll", capacity=2, starts_at=on(40) + timedelta(hours=6))
    moved = make_session(series=series, title="Bewegt", starts_at=on(90) + timedelta(hours=6), is_published=False)
    for email in ["abo@example.org", "gast2@example.org"]:
        workflow.confirm_subscription(subscription=Subscription.objects.create(series=series, email=email))
    Subscription.objects.create(series=series, email="unbestaetigt@example.org")
    _, second = (make_registration(held, email=f"gast{number}@example.org") for number in [1, 2])
    make_registration(held, email="gast3@example.org", status="waiting")
    make_registration(held, email="gast4@example.org", status="requested")
    happenings = {
        20: lambda: workflow.cancel_registration(registration=second),
        60: lambda: Event.objects.filter(pk=moved.pk).update(is_published=True),
        61: lambda: make_registration(moved, email="gast2@example.org"),
        80: lambda: move(moved, 97),
        94: lambda: Event.objects.filter(pk=moved.pk).update(status=Event.Status.CANCELLED),
    }
    news = [("abo@example.org", f"{word}: Bewegt") for word in ["Neuer Termin", "Verschoben", "Abgesagt"]]
    about_held = [(f"gast{number}@example.org", subject(held)) for number in [1, 3] for _ in range(2)]
    states = [("gast2@example.org", "Abgemeldet: Voll"), ("gast3@example.org", "Angemeldet: Voll")]
    moved.starts_at = on(97) + timedelta(hours=6)
    lines = ["Neuer Termin: Bewegt", subject(moved, "Verschoben: "), subject(moved, "Abgesagt: ")]
    return happenings, news + about_held + states + [("gast2@example.org", line) for line in lines]


def move(event: Event, day: int) -> None:
    """Move an event to the evening of another day, as the lead does."""
    begins = on(day) + timedelta(hours=6)
    values = {"starts_at": begins, "ends_at": begins + timedelta(hours=2), "status": Event.Status.MOVED}
    Event.objects.filter(pk=event.pk).update(**values, moved_from=event.starts_at)


def a_round() -> tuple[dict, list]:
    """A questionnaire to three, of whom one answers before the first reminder, and one between the two."""
    people = [make_user(person=make_person(email=f"befragt{number}@example.org")).person for number in range(3)]

    def begin():
        make_round(*people, title="Runde", slug="runde", opens_at=on(140), closes_at=on(165) + timedelta(hours=12))

    def answer(person):
        submit(make_complete_response(person, Round.objects.get(slug="runde")), confirm=False)

    happenings = {140: begin, 151: lambda: answer(people[0]), 161: lambda: answer(people[1])}
    reminded = [people[1], people[2], people[2]]
    day = timezone.localdate(on(165))
    return happenings, [(person.email, f"Erinnerung: Rückmeldung bis {day:%d.%m.%Y}, 24 Uhr") for person in reminded]


def the_knowledge_base(lead) -> list:
    """Two pages to check again, one whose contact has consented, one whose consent is over; a use to confirm again."""
    known, alone = make_published(title="Mit Person"), make_published(title="Ohne Person")
    Solution.objects.update(next_review_on=on(70).date())
    known.contacts.update(valid_until=on(71).date())
    make_reuse(known, days=50, reporter_email="nutzt@example.org")
    make_reuse(known, days=400, reporter_email="nutzt-noch@example.org")
    return [
        ("karla@example.org", "Stimmt das noch? Mit Person"),
        (lead.user.email, f"Prüfung fällig, und niemand ist zu fragen: {alone.title}"),
        ("nutzt@example.org", "Nutzen Sie die Lösung noch? Mit Person"),
    ]


def a_match() -> tuple[dict, list]:
    """Two projects that belong together; one side consents later, by changing its answers. Then both leave the AG."""
    match = make_match(first={"G3": "yes"})
    first, second = match.sides.all()
    introduce_match(match=match, by=None)

    def consent():
        response = first.entry.response
        fill(response, "G", {"G4": "yes"})
        submit(response, confirm=False)

    pairs = [(first, second), (second, first)]
    introductions = [(a.contact.email, f"Vernetzung: „{a.title}“ und „{b.title}“") for a, b in pairs]

    def leave():
        Membership.objects.filter(person__in=[first.contact, second.contact]).delete()

    return {3: consent, 4: leave}, introductions


def the_ag(member, other_member, lead, colleague) -> tuple[dict, list]:
    """Next steps, meetings and a report to check."""
    MailPreference.objects.create(person=other_member.person, steps="once", events="once")
    named = make_due(56, responsible_kind="persons", persons=[member.person, other_member.person])
    shared = make_due(100, responsible_kind="everyone")
    make_due(198, responsible_kind="persons", persons=[colleague])
    report = make_report(title="Report zur Prüfung", status="draft", released_at=None)
    make_due(30, responsible_kind="everyone", report=report)
    first, second, third = make_meeting(120, "Erste"), make_meeting(205, "Zweite"), make_meeting(250, "Dritte")
    fourth = make_meeting(180, "Vierte")
    make_meeting(300, "Verborgene", is_published=False)
    Attendance.objects.create(event=second, person=colleague, status=Attendance.Status.DECLINED)
    happenings = {
        69: lambda: steps.change_status(item=named, to="done"),
        95: lambda: steps.tick_off_share(item=shared, person=colleague),
        101: lambda: steps.change_status(item=shared, to="done"),
        150: lambda: workflow.submit_report(report=report, by=lead.user, until=timezone.localdate(on(160))),
        178: lambda: move(fourth, 183),
        246: lambda: Event.objects.filter(pk=third.pk).update(status=Event.Status.CANCELLED),
    }
    asked, off = f"Bitte prüfen bis {timezone.localdate(on(160)):%d.%m.%Y}: Report zur Prüfung", "Abgesagt: "
    both, was = [subject(first), subject(second)], subject(fourth)
    fourth.starts_at = on(183) + timedelta(hours=6)
    moved = [was, subject(fourth, "Verschoben: "), subject(fourth)]
    called_off = [subject(third), subject(third, off)]
    expected = {
        # The day before item ``named`` is due, 56, cron sleeps: the overdue mail of day 58 is the next one.
        member.person: [SOON, LATE, LATE, SOON, SOON, *both * 2, *called_off, *moved, asked],
        other_member.person: [LATE, SOON, *both, subject(fourth), asked],
        lead.person: [SOON, SOON, *both * 2, *called_off, *moved, asked],
        # Nobody ever does the own item of the colleague: after eight weeks that is on the desk of the lead alone.
        colleague: [SOON, *[SOON] * 2, *[LATE] * 8, *[subject(first)] * 2, *called_off, *moved],
    }
    return happenings, [(person.email, line) for person, lines in expected.items() for line in lines]


@pytest.fixture
def year(quiet, strangers, member, other_member, lead, colleague):
    """What happens on which day, and which mails that causes."""
    parts = [the_ag(member, other_member, lead, colleague), guests_of_a_series(), a_round(), a_match()]
    reviews = the_knowledge_base(lead)
    OutgoingMail.objects.all().delete()  # what was sent at once while all of this was set up
    mail.outbox.clear()
    happenings = {day: happening for found, _ in parts for day, happening in found.items()}
    assert len(happenings) == sum(len(found) for found, _ in parts)
    return happenings, Counter([*reviews, *(line for _, lines in parts for line in lines)])


def unlike(wanted: Counter) -> tuple[Counter, Counter]:
    """What was sent and not wanted, and the other way round."""
    sent = Counter((each.to[0], each.subject) for each in mail.outbox)
    return sent - wanted, wanted - sent


@pytest.mark.long
def test_year_of_the_portal_sends_every_mail_once_and_none_to_the_wrong(year):
    happenings, wanted = year
    live_through_a_year(happenings)
    assert unlike(wanted) == ({}, {})


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_year_of_two_crons_at_once_sends_every_mail_once(year):
    happenings, wanted = year
    live_through_a_year(happenings, remind=remind_twice_at_once)
    assert unlike(wanted) == ({}, {})
