from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.utils import timezone

from knowledgebase import workflow
from knowledgebase.models import Solution
from tests.factories.knowledgebase import make_complete, make_draft, make_published

pytestmark = pytest.mark.django_db


def test_publish_a_complete_solution_notes_who_and_when(lead):
    solution = make_complete()
    workflow.publish_solution(solution=solution, by=lead.user)
    solution.refresh_from_db()
    assert (solution.status, solution.published_by) == ("published", lead.user)
    assert timezone.now() - solution.published_at < timedelta(minutes=1)


def test_publish_an_empty_draft_names_everything_that_is_missing(lead):
    with pytest.raises(workflow.NotPublishable) as refusal:
        workflow.publish_solution(solution=make_draft(), by=lead.user)
    for label in ["in einem Satz", "Beschreibung", "Ausgangslage", "Nutzen", "Art", "Nachnutzung als", "Zielgruppen",
                  "Themen", "Entwicklungsstand", "Aufwand", "einmalige Kosten", "laufende Kosten", "Lizenz",
                  "herausgegeben von", "geprüft am", "nächste Prüfung am", "mindestens ein Schritt",
                  "Ansprechperson"]:  # fmt: skip
        assert label in refusal.value.message
    assert not Solution.objects.published().exists()


def test_publish_refuses_what_is_too_short_or_no_longer_consented(lead):
    solution = make_complete(description="Zu kurz.")
    solution.contacts.update(consented_on=None)
    with pytest.raises(workflow.NotPublishable, match=r"150 bis 10\.000 Zeichen, eine Ansprechperson mit Einwilligung"):
        workflow.publish_solution(solution=solution, by=lead.user)


def test_publish_twice_is_refused(lead):
    with pytest.raises(ValidationError, match="ist schon veröffentlicht"):
        workflow.publish_solution(solution=make_published(), by=lead.user)


def test_archive_takes_it_off_and_publish_brings_it_back(lead):
    solution = make_published()
    workflow.archive_solution(solution=solution, by=lead.user)
    assert not Solution.objects.published().exists()
    workflow.publish_solution(solution=solution, by=lead.user)
    assert Solution.objects.published().exists()


def test_submit_is_for_drafts(lead):
    solution = make_draft()
    workflow.submit_solution(solution=solution, by=lead.user)
    assert solution.status == "submitted"
    with pytest.raises(ValidationError, match="ist schon eingereicht"):
        workflow.submit_solution(solution=solution, by=lead.user)


def test_every_verb_notes_who_did_it(lead):
    solution = make_complete()
    workflow.submit_solution(solution=solution, by=lead.user)
    workflow.publish_solution(solution=solution, by=lead.user)
    workflow.archive_solution(solution=solution, by=lead.user)
    entries = LogEntry.objects.filter(object_id=str(solution.pk)).order_by("pk")
    assert [entry.change_message for entry in entries] == ["Eingereicht.", "Veröffentlicht.", "Archiviert."]
    assert {entry.user for entry in entries} == {lead.user}
    assert solution.revision == 3
