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


def test_update_keeps_what_people_were_told_of_end_place_and_link():
    former = import_module("sessions_app.migrations.0010_what_people_know_word_by_word")
    event = make_event(starts_at=timezone.now() + timedelta(days=20), join_url="https://treffen.example.org/ag")
    for with_link in [True, False]:
        facts = {"stage": "invited", "starts_at": event.starts_at, "details": former.in_one_word(event, with_link)}
        event.mails.create(person=make_member(), **facts)
        event.attendances.create(person=event.mails.first().person)
    before = set(event.mails.values_list("details", flat=True))
    former.split(apps, EDITOR)
    assert list(workflow.send_event_mails(now=timezone.now())) == []
    former.join(apps, EDITOR)
    assert set(event.mails.values_list("details", flat=True)) == before
    Event.objects.update(place="Rathaus")
    former.split(apps, EDITOR)
    assert len(list(workflow.send_event_mails(now=timezone.now()))) == 2
