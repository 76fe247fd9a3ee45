"""What the migrations make of data that is there."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from sessions_app.models import Report
from tests.factories.actions import make_item_due_in, make_item_of
from tests.factories.directory import make_member
from tests.factories.sessions_app import make_report

BEFORE, AFTER = [("actions", "0004_items_that_answer_needs")], [("actions", "0006_corrections_that_run_already")]


def migrate(targets):
    """Migrate, and return the model of the items as it is then."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps.get_model("actions", "ActionItem").objects


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_running_correction_gets_its_rows_and_on_the_way_back_they_become_the_items():
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes("actions")
    report, person = make_report(), make_member()
    item = make_item_of(person, report=report, letter="a", title="Wie es ist")
    make_item_due_in(5, report=make_report(), letter="a")
    version = report.versions.create(number=1, title=report.title, distribution=[])
    try:
        migrate(BEFORE)
        Report.objects.filter(pk=report.pk).update(status=Report.Status.DRAFT, current_version=version)
        items = migrate(AFTER)
        correction = items.exclude(corrects=None).get()
        assert (correction.corrects_id, correction.letter, correction.title) == (item.pk, "a", "Wie es ist")
        assert [each.pk for each in correction.responsible_persons.all()] == [person.pk]
        items.filter(pk=correction.pk).update(title="Wie es wird")
        assert migrate(BEFORE).get(pk=item.pk).title == "Wie es wird"
    finally:
        migrate(latest)
