"""What an update must not do to people."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from sessions_app import workflow
from sessions_app.models import Event
from tests.factories.directory import make_member
from tests.factories.sessions_app import make_event

pytestmark = pytest.mark.django_db
EDITOR = SimpleNamespace(connection=connection)


def test_update_marks_what_people_on_the_list_know_already_so_that_no_mail_leaves():
    moved = {"status": Event.Status.MOVED, "moved_from": timezone.now()}
    for fields in [moved, {"status": Event.Status.CANCELLED}]:
        make_event(**fields, starts_at=timezone.now() + timedelta(days=20)).attendances.create(person=make_member())
    import_module("sessions_app.migrations.0009_what_people_knew_before").note_as_known(apps, EDITOR)
    assert list(workflow.send_event_mails(now=timezone.now())) == []
    Event.objects.filter(status=Event.Status.MOVED).update(status=Event.Status.CANCELLED)
    assert len(list(workflow.send_event_mails(now=timezone.now()))) == 1
