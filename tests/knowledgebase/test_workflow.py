from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.utils import timezone

from knowledgebase import workflow
from knowledgebase.models import Solution
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.models import OutgoingMail
from tests.factories.knowledgebase import make_archived, make_complete, make_draft, make_published, make_submitted

pytestmark = pytest.mark.django_db


def test_publish_a_complete_solution_notes_who_and_when_and_tells_who_proposed_it(lead, member):
    solution = make_submitted(proposed_by=member.user)
    workflow.publish_solution(solution=solution, by=lead.user)
    solution.refresh_from_db()
    assert (solution.status, solution.published_by, solution.version) == ("published", lead.user, 1)
    assert timezone.now() - solution.published_at < timedelta(minutes=1)
    assert OutgoingMail.objects.filter(recipient=member.user.email).exists()


def test_publish_by_who_submitted_is_refused_and_by_a_second_person_done(lead, second_lead):
    solution = make_submitted(by=lead.user)
    with pytest.raises(ValidationError, match="haben Sie selbst eingereicht"):
        workflow.publish_solution(solution=solution, by=lead.user)
    assert not Solution.objects.published().exists()
    workflow.publish_solution(solution=solution, by=second_lead.user)
    assert set(Solution.objects.published()) == {solution}


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (make_complete, "ist ein Entwurf und noch nicht eingereicht"),
        (make_published, "ist schon veröffentlicht"),
        (make_archived, "ist schon archiviert"),
    ],
)
def test_publish_what_is_not_submitted_is_refused(lead, make, words):
    with pytest.raises(ValidationError, match=words):
        workflow.publish_solution(solution=make(), by=lead.user)


def test_publish_an_empty_one_names_every_gap_and_its_field(lead):
    solution = make_draft()
    workflow.submit_solution(solution=solution, by=None)
    with pytest.raises(workflow.NotPublishable) as refusal:
        workflow.publish_solution(solution=solution, by=lead.user)
    assert [gap.field for gap in refusal.value.gaps] == [
        "summary", "kind", "description", "problem", "benefit", "target_groups", "topics", "reuse_model", "stage",
        "licence", "publisher", "effort_days_from", "duration_weeks", "once_kind", "yearly_kind", "reviewed_on",
        "next_review_on", "steps", "contacts",
    ]  # fmt: skip
    for label in ["in einem Satz", "Ausgangslage", "Nachnutzung als", "Aufwand", "Themen (ein bis drei)", "Schritt"]:
        assert label in refusal.value.message
    assert not Solution.objects.published().exists()


def test_publish_refuses_what_is_too_short_or_no_longer_consented(lead):
    solution = make_submitted(description="Zu kurz.")
    solution.contacts.update(consented_on=None)
    with pytest.raises(workflow.NotPublishable, match=r"150 bis 10\.000 Zeichen, eine Ansprechperson mit Einwilligung"):
        workflow.publish_solution(solution=solution, by=lead.user)


def test_publish_an_amount_needs_what_it_is_counted_by_and_when(lead):
    solution = make_submitted(once_kind="range", once_from=1, once_to=2, cost_basis="", costs_as_of=None)
    with pytest.raises(workflow.NotPublishable) as refusal:
        workflow.publish_solution(solution=solution, by=lead.user)
    assert [gap.field for gap in refusal.value.gaps] == ["cost_basis", "costs_as_of"]


def test_publish_looks_at_what_is_stored_and_not_at_what_the_caller_holds(lead):
    solution = make_submitted()
    Solution.objects.filter(pk=solution.pk).update(summary="")
    with pytest.raises(workflow.NotPublishable, match="in einem Satz"):
        workflow.publish_solution(solution=solution, by=lead.user)


def test_archived_comes_back_as_a_draft_and_is_published_as_the_next_edition(lead):
    solution = make_archived()
    with pytest.raises(ValidationError, match="ist schon archiviert"):
        workflow.submit_solution(solution=solution, by=lead.user)
    workflow.reopen_solution(solution=solution, by=lead.user)
    assert (solution.status, solution.submitted_by, solution.submitted_at) == ("draft", None, None)
    workflow.submit_solution(solution=solution, by=None)
    workflow.publish_solution(solution=solution, by=lead.user)
    assert solution.version == 2


def test_submit_is_for_drafts_and_notes_who_and_when(lead):
    solution = make_draft(return_note="Bitte den Titel kürzen.")
    workflow.submit_solution(solution=solution, by=lead.user)
    assert (solution.status, solution.submitted_by, solution.return_note) == ("submitted", lead.user, "")
    assert timezone.now() - solution.submitted_at < timedelta(minutes=1)
    with pytest.raises(ValidationError, match="ist schon eingereicht"):
        workflow.submit_solution(solution=solution, by=lead.user)


def test_return_sends_it_back_with_a_note_and_a_mail(lead, member, django_capture_on_commit_callbacks, mailoutbox):
    solution = make_submitted(by=member.user, proposed_by=member.user, title="Bürger & Bits")
    with django_capture_on_commit_callbacks(execute=True):
        workflow.return_solution(solution=solution, by=lead.user, note="  Was kostet <das> im Jahr?\nBitte ergänzen. ")
    assert (solution.status, solution.submitted_by) == ("draft", None)
    assert solution.return_note == "Was kostet <das> im Jahr?\nBitte ergänzen."
    [letter] = mailoutbox
    assert (letter.to, letter.subject) == ([member.user.email], "Bitte ergänzen: Bürger & Bits")
    assert "Was kostet <das> im Jahr?" in letter.body
    assert "Was kostet &lt;das&gt; im Jahr?<br>" in letter.alternatives[0][0]


@pytest.mark.parametrize(("make", "note", "words"), [(make_submitted, " \n", "Bitte schreiben Sie"),
                                                     (make_draft, "Kürzer!", "noch nicht eingereicht")])  # fmt: skip
def test_return_without_a_note_or_of_a_draft_changes_nothing(lead, make, note, words):
    solution = make()
    with pytest.raises(ValidationError, match=words):
        workflow.return_solution(solution=solution, by=lead.user, note=note)
    assert not OutgoingMail.objects.exists()


def test_return_to_nobody_sends_no_mail(lead, member):
    member.user.is_active = False
    member.user.save()
    for proposer in [None, member.user]:
        solution = make_submitted(proposed_by=proposer)
        workflow.return_solution(solution=solution, by=lead.user, note="Bitte kürzen.")
        assert solution.status == "draft"
    assert not OutgoingMail.objects.exists()


def test_every_verb_notes_who_did_it(lead, second_lead):
    solution = make_complete()
    workflow.submit_solution(solution=solution, by=second_lead.user)
    workflow.return_solution(solution=solution, by=lead.user, note="Kürzer!")
    workflow.submit_solution(solution=solution, by=second_lead.user)
    workflow.publish_solution(solution=solution, by=lead.user)
    workflow.archive_solution(solution=solution, by=lead.user)
    workflow.reopen_solution(solution=solution, by=lead.user)
    said = ["Eingereicht.", "Zurückgegeben.", "Eingereicht.", "Veröffentlicht.", "Archiviert.",
            "Wieder als Entwurf geöffnet."]  # fmt: skip
    entries = LogEntry.objects.filter(object_id=str(solution.pk)).order_by("pk")
    assert [entry.change_message for entry in entries] == said
    assert list(solution.snapshots.order_by("number").values_list("message", flat=True)) == said
    assert solution.revision == 6


def test_every_verb_leaves_other_solutions_as_they_are(lead, second_lead):
    solution, other = make_complete(), make_complete()
    before = Solution.objects.filter(pk=other.pk).values().get()
    workflow.submit_solution(solution=solution, by=second_lead.user)
    workflow.publish_solution(solution=solution, by=lead.user)
    Solution.objects.filter(pk=solution.pk).update(changed_alone_at=timezone.now(), changed_alone_by=lead.user)
    workflow.confirm_change(solution=solution, by=second_lead.user)
    for what, by in {"Von einer zweiten Person veröffentlicht": lead, "Änderung gegengelesen.": second_lead}.items():
        noted = AuditRecord.objects.get(what=what)
        assert (noted.object_key, noted.actor_key) == (str(solution.pk), by.user.pk)
    assert Solution.objects.filter(pk=other.pk).values().get() == before


def test_title_that_is_published_cannot_be_published_again(lead):
    make_published(title="Fundbüro")
    second = make_submitted(title="Fundbüro")
    with pytest.raises(workflow.NotPublishable) as refusal:
        workflow.publish_solution(solution=second, by=lead.user)
    assert [gap.field for gap in refusal.value.gaps] == ["title"]


def test_title_that_is_published_in_the_same_moment_is_refused_in_words(lead, monkeypatch):
    make_published(title="Fundbüro")
    second = make_submitted(title="Fundbüro")
    monkeypatch.setattr("knowledgebase.workflow.solutions.missing_fields", lambda solution: [])
    with pytest.raises(ValidationError, match="Titel gibt es schon"):
        workflow.publish_solution(solution=second, by=lead.user)
    second.refresh_from_db()
    assert second.status == "submitted"
