"""What one person changes in a published entry waits for a second person to look at it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.urls import reverse

from knowledgebase import workflow
from knowledgebase.models import Solution
from tests import cast
from tests.factories.knowledgebase import make_draft, make_published

from .test_admin import LIST, change_url, press

pytestmark = pytest.mark.django_db
WAITS = "Nach der Veröffentlichung geändert, bitte gegenlesen"


def test_changed_entry_stays_public_and_waits_until_a_second_lead_has_looked(lead, second_lead, visitor):
    solution = make_published(title="Fundbüro")
    press(lead, solution, "_save", summary="Ganz anders.")
    assert "Ganz anders." in visitor.client.get(solution.get_absolute_url()).content.decode()
    assert "Geänderte Lösungen gegenzulesen" in second_lead.client.get(reverse("admin:index")).content.decode()
    assert list(second_lead.client.get(f"{LIST}?gegenlesen=ja").context["cl"].queryset) == [solution]
    own, others = (actor.client.get(change_url(solution)).content.decode() for actor in [lead, second_lead])
    assert WAITS in own and 'name="_seen"' not in own
    assert WAITS in others and 'name="_seen"' in others
    assert "haben Sie selbst geändert" in press(lead, solution, "_seen").content.decode()
    assert "ist gegengelesen" in press(second_lead, solution, "_seen").content.decode()
    assert not Solution.objects.changed_alone().exists()
    last = solution.snapshots.first()
    assert (last.message, last.made_by) == ("Änderung gegengelesen.", second_lead.user)
    assert LogEntry.objects.filter(user=second_lead.user, change_message__contains="gegengelesen").count() == 1
    history = lead.client.get(reverse("admin:knowledgebase_solution_history", args=[solution.pk])).content.decode()
    assert "Änderung gegengelesen." in history and "Luis Vertretung" in history


def test_second_lead_who_changes_something_too_does_not_confirm_the_own_change(lead, second_lead):
    solution = make_published()
    press(lead, solution, "_save", summary="Ganz anders.")
    answer = press(second_lead, solution, "_seen", summary="Noch einmal anders.")
    assert "haben Sie selbst geändert" in answer.content.decode()
    assert Solution.objects.changed_alone().get().changed_alone_by == second_lead.user


def test_who_wrote_with_others_neither_confirms_nor_publishes_and_a_third_person_does(lead, second_lead):
    third, fourth = cast.lead().user, cast.lead().user
    solution = make_published()
    press(lead, solution, "_save", summary="Erst so.")
    press(second_lead, solution, "_save", summary="Dann anders.")
    for actor in [lead, second_lead]:
        assert "die nicht mitgeschrieben hat" in press(actor, solution, "_seen").content.decode()
        assert 'name="_seen"' not in actor.client.get(change_url(solution)).content.decode()
    before = Solution.objects.get()
    workflow.confirm_change(solution=solution, by=third)
    assert Solution.objects.get().revision == solution.revision == before.revision + 1
    assert Solution.objects.get().changed_at == before.changed_at
    press(lead, solution, "_save", summary="Und noch einmal.")
    workflow.confirm_change(solution=solution, by=second_lead.user)
    assert not solution.authors.exists()

    press(lead, solution, "_save", summary="Nach dem Gegenlesen.")
    for verb in [workflow.archive_solution, workflow.reopen_solution, workflow.submit_solution]:
        verb(solution=solution, by=third)
    refusal = press(second_lead, solution, "_publish", benefit="Von mir.").content.decode()
    assert "An „" in refusal and "haben Sie selbst mitgeschrieben" in refusal
    with pytest.raises(ValidationError, match="selbst mitgeschrieben"):
        workflow.publish_solution(solution=solution, by=lead.user)
    workflow.publish_solution(solution=solution, by=fourth)
    assert not solution.authors.exists()


def test_restored_entry_waits_too_and_a_review_does_not(lead):
    solution = make_published()
    press(lead, solution, "_review")
    assert not Solution.objects.changed_alone().exists()
    solution.refresh_from_db()
    workflow.restore_snapshot(snapshot=solution.snapshots.last(), by=lead.user, revision=solution.revision)
    assert Solution.objects.changed_alone().get() == solution


def test_draft_waits_for_nobody_and_publication_is_a_second_look(lead, second_lead):
    draft, solution = make_draft(), make_published()
    press(lead, draft, "_save", summary="Neu.")
    assert Solution.objects.get(pk=draft.pk).changed_alone_at is None
    with pytest.raises(ValidationError, match="nichts gegenzulesen"):
        workflow.confirm_change(solution=solution, by=lead.user)
    press(lead, solution, "_save", summary="Neu.")
    workflow.archive_solution(solution=solution, by=lead.user)
    assert not Solution.objects.changed_alone().exists()
    with pytest.raises(ValidationError, match="nichts gegenzulesen"):
        workflow.confirm_change(solution=solution, by=second_lead.user)
    for verb, actor in [(workflow.reopen_solution, lead), (workflow.submit_solution, lead),
                        (workflow.publish_solution, second_lead)]:  # fmt: skip
        verb(solution=solution, by=actor.user)
    assert not Solution.objects.changed_alone().exists()
