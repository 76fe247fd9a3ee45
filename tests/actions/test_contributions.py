"""What the action items give to a person's private calendar."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from actions import workflow
from actions.contributions import own_due_days
from actions.models import ActionItem, DueDay, Share
from ogl_portal.lib.dates import start_of_day
from tests.factories.sessions_app import make_event, make_report

pytestmark = pytest.mark.django_db
DAY = date(2030, 10, 27)


def make_item(**overrides) -> ActionItem:
    fields = {"title": "Meins", "responsible_kind": "everyone", "due_kind": "day", "due_until": DAY}
    return ActionItem.objects.create(**fields | overrides)


def days_of(actor) -> list[date]:
    return [entry.first for entry in own_due_days(user=actor.user)]


def test_item_is_due_on_its_day_and_in_months_on_the_last_one(member):
    make_item()
    make_item(due_kind="months", due_from=date(2030, 7, 1), due_until=date(2030, 8, 1))
    assert days_of(member) == [DAY, date(2030, 8, 31)]


def test_entry_of_an_item_says_when_it_moved(member):
    item, later = make_item(), timezone.now() + timedelta(days=2)
    ActionItem.objects.update(changed_at=None)  # as saved before anybody noted that
    assert [entry.changed_at for entry in own_due_days(user=member.user)] == [start_of_day(DAY)]
    with time_machine.travel(later, tick=False):
        item.due_until = DAY + timedelta(days=7)
        item.save()
    workflow.change_status(item=item, to="in-progress")
    assert [entry.changed_at for entry in own_due_days(user=member.user)] == [later]


def test_item_of_several_days_has_one_entry_a_day_each_named_for_good(member):
    item = make_item(due_kind="days", due_from=DAY, due_until=date(2030, 10, 30))
    for day in [DAY, date(2030, 10, 30)]:
        DueDay.objects.create(item=item, day=day)
    first, second = own_due_days(user=member.user)
    assert (first.first, second.first) == (DAY, date(2030, 10, 30))
    assert first.uid != second.uid
    assert [first, second] == list(own_due_days(user=member.user))


@pytest.mark.parametrize("fields", [{"status": "done"}, {"due_kind": "open"}, {"responsible_kind": "lead"}])
def test_item_that_is_done_undated_or_somebody_elses_is_not_there(member, fields):
    make_item(**fields)
    assert days_of(member) == []


def test_item_at_an_event_or_of_a_draft_is_not_there(member):
    make_item(due_kind="event", due_event=make_event())
    make_item(report=make_report(status="draft", released_at=None))
    assert days_of(member) == []


def test_item_whose_own_share_is_ticked_off_is_gone_for_this_member_only(member, other_member):
    Share.objects.create(item=make_item(), person=member.person, done_at=timezone.now())
    assert days_of(member) == []
    assert days_of(other_member) == [DAY]


def test_guest_has_no_days_of_the_group(guest):
    make_item()
    assert days_of(guest) == []
