"""Reminders of what is due: a year of them, each once, to the right people, as much as they want."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from actions import workflow
from actions.digests import send_digests, stage_at
from actions.models import ActionItem, ItemMail
from ogl_portal.directory.models import MailPreference
from ogl_portal.lib.models import OutgoingMail
from tests.factories.actions import make_item
from tests.factories.directory import make_member, make_organisation, make_person
from tests.factories.sessions_app import make_draft_report

pytestmark = pytest.mark.django_db
NOON = timezone.make_aware(datetime(2026, 3, 2, 12))
Kind = ActionItem.ResponsibleKind


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def make_due(days: int, *persons, **fields) -> ActionItem:
    """Make an item due at the end of the day in so many days."""
    kind = Kind.PERSONS if persons else fields.pop("kind", Kind.EVERYONE)
    due = timezone.localdate() + timedelta(days=days)
    item = make_item(due_kind="day", due_until=due, responsible_kind=kind, **fields)
    item.responsible_persons.set(persons)
    return item


def remind(at: datetime) -> list[OutgoingMail]:
    with time_machine.travel(at, tick=False):
        return list(send_digests(now=at))


@pytest.mark.parametrize(
    ("hours", "stage"),
    [
        (-169, None),
        (-168, 7),
        (-25, 7),
        (-24, 1),
        (-1, 1),
        (0, -1),
        (167, -1),
        (168, -2),
        (8 * 168 - 1, -8),
        (8 * 168, None),
    ],
)
def test_stage_begins_to_the_hour(hours, stage):
    assert stage_at(NOON, NOON + timedelta(hours=hours)) == stage


def test_a_year_with_gaps_and_double_runs_sends_every_stage_once():
    member, other = make_member(), make_member()
    item = make_due(60, member)
    settled = make_due(60, other)
    workflow.change_status(item=settled, to="done")
    sent = Counter()
    for day in range(365):
        if day % 13 in {4, 5}:
            continue  # cron sleeps
        for _ in range(2):
            sent.update(mail.recipient for mail in remind(NOON + timedelta(days=day)))
    stages = sorted(ItemMail.objects.filter(item=item).values_list("stage", flat=True), reverse=True)
    assert stages == [7, 1, -1, -2, -3, -4, -5, -6, -7, -8]
    assert sent == {member.email: 10}


def test_several_items_come_in_one_mail_with_the_overdue_ones_named():
    member = make_member()
    late, soon = make_due(-3, member, title="Schon vorbei"), make_due(5, member, title="Bald dran")
    (mail,) = remind(NOON)
    assert mail.subject == "Nächste Schritte: 1 überfällig, 1 bald fällig"
    for item in [late, soon]:
        assert item.get_absolute_url() in mail.text
    assert mail.text.index("Schon vorbei") < mail.text.index("Bald dran")


def test_everyone_means_members_who_have_not_ticked_off(clock):
    ticked, open_one, former = make_member(), make_member(), make_person(email="frueher@example.org")
    item = make_due(1)
    workflow.tick_off_share(item=item, person=ticked)
    recipients = {mail.recipient for mail in remind(NOON + timedelta(days=1))}
    assert open_one.email in recipients
    assert not {ticked.email, former.email} & recipients


def test_organisation_and_lead_are_reminded_as_such(lead, member):
    house = make_organisation()
    colleague = make_member(organisation=house)
    make_due(1, kind=Kind.ORGANISATION, responsible_organisation=house)
    make_due(1, kind=Kind.LEAD)
    assert {mail.recipient for mail in remind(NOON + timedelta(days=1))} == {colleague.email, lead.person.email}


def test_moved_termin_counts_anew():
    member = make_member()
    item = make_due(5, member)
    assert len(remind(NOON)) == 1
    item.due_until += timedelta(days=30)
    item.save()
    assert remind(NOON) == []
    assert len(remind(NOON + timedelta(days=29))) == 1


@pytest.mark.parametrize(("choice", "days"), [("all", [0, 5, 6]), ("once", [5]), ("none", [])])
def test_people_get_as_much_as_they_want(choice, days):
    member = make_member()
    MailPreference.objects.create(person=member, steps=choice)
    make_due(5, member)
    assert [day for day in range(10) if remind(NOON + timedelta(days=day))] == days


@pytest.mark.parametrize("first_run", [5, 6, 14, 40])
def test_who_wants_one_reminder_gets_it_even_when_cron_slept_on_its_day(first_run):
    member = make_member()
    MailPreference.objects.create(person=member, steps="once")
    make_due(5, member)
    assert [day for day in [0, *range(first_run, 50)] if remind(NOON + timedelta(days=day))] == [first_run]


def test_item_of_a_draft_or_without_address_is_in_no_mail():
    make_due(1, make_member(), report=make_draft_report())
    make_due(1, make_person(email=""))
    assert remind(NOON) == []
