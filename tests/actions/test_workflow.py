from datetime import date

import pytest
from django.db import IntegrityError, transaction

from actions import workflow
from actions.models import ActionItem, StatusChange
from tests.factories.actions import make_item, make_item_of

pytestmark = pytest.mark.django_db


def test_change_status_writes_history(lead):
    item = make_item()
    workflow.record_creation(item=item, by=lead.user)
    workflow.change_status(item=item, to="in-progress", by=lead.user, note="Es geht los.")
    workflow.change_status(item=item, to="done", by=lead.user)
    rows = [(row.from_status, row.to_status, row.by, row.note) for row in item.history.all()]
    assert rows == [("in-progress", "done", lead.user, ""), ("open", "in-progress", lead.user, "Es geht los."),
                    ("", "open", lead.user, "")]  # fmt: skip
    item.refresh_from_db()
    assert (item.status, item.revision) == ("done", 2)


def test_change_status_of_a_stale_item_is_refused_and_writes_nothing(lead):
    item = make_item()
    stale = ActionItem.objects.get(pk=item.pk)
    workflow.change_status(item=item, to="done", by=lead.user)
    with pytest.raises(workflow.StatusConflict):
        workflow.change_status(item=stale, to="dropped", by=lead.user)
    assert ActionItem.objects.get(pk=item.pk).status == "done"
    assert item.history.count() == 1


def test_change_status_to_the_same_is_an_error(lead):
    with pytest.raises(ValueError, match="already"):
        workflow.change_status(item=make_item(), to="open", by=lead.user)
    with pytest.raises(IntegrityError), transaction.atomic():
        StatusChange.objects.create(item=make_item(), from_status="open", to_status="open")


def test_change_status_of_an_example_marks_the_status_until_a_real_change(lead):
    item = make_item()
    workflow.change_status(item=item, to="done", is_example=True)
    assert ActionItem.objects.get(pk=item.pk).status_is_example
    workflow.change_status(item=item, to="open", by=lead.user)
    assert not ActionItem.objects.get(pk=item.pk).status_is_example


def test_write_days_replaces_the_days():
    item = make_item(due_kind="days", due_from=date(2021, 6, 3), due_until=date(2021, 6, 3), days=[date(2021, 6, 3)])
    workflow.write_days(item=item, days=[date(2021, 6, 17), date(2021, 6, 10), date(2021, 6, 10)])
    item.refresh_from_db()
    assert [str(row) for row in item.days.all()] == ["10.06.2021", "17.06.2021"]
    assert (item.due_from, item.due_until) == (date(2021, 6, 10), date(2021, 6, 17))


def test_drop_leftovers_removes_days_and_persons_of_other_kinds(member):
    item = make_item_of(member.person)
    item.responsible_kind = "everyone"
    item.save()
    workflow.drop_leftovers(item=item)
    assert not item.responsible_persons.exists()
