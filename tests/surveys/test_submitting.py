"""Submitting: whole, once, and with what was consented to."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from surveys import workflow
from surveys.addresses import section_url
from surveys.definition import digest
from surveys.models import Answer, Consent, Entry, Round, Submission
from surveys.models.frozen import FrozenError
from surveys.workflow import submitting
from tests.factories.surveys import (
    CONFIRMED,
    fill,
    make_complete_response,
    make_entry,
    make_response,
    make_round,
    submit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def response(member):
    return make_complete_response(member.person)


def test_submit_makes_answers_and_a_document_with_its_hash(response):
    submission = submit(response)
    answers = Answer.objects.filter(entry__response=response)
    assert set(answers.filter(question_key="B1").values_list("value", flat=True)) == {"Bauantrag digital begleiten"}
    assert answers.get(question_key="A1", part="email").value == "name@example.org"
    assert submission.sha256 == digest(submission.document)
    assert [entry["section"] for entry in submission.document["entries"]] == ["A", "B", "F", "G"]
    assert submission.document["questionnaire"]["sha256"] == response.round.version.sha256


def test_submit_leaves_behind_what_was_typed_beside_an_answer_that_was_given_up(response):
    entry = fill(response, "A", {"A2": "chamber", "A2-text": "doch nicht"})
    answers = submit(response).document["entries"][0]["answers"]
    assert answers["A2"] == "chamber" and "A2-text" not in answers
    entry.refresh_from_db()
    assert entry.draft["A2-text"] == "doch nicht"


def test_submit_twice_with_the_same_key_counts_once(response, django_capture_on_commit_callbacks):
    key = uuid4()
    with django_capture_on_commit_callbacks(execute=True):
        first, second = (submit(response, key=key) for _ in range(2))
    assert first == second
    assert Submission.objects.count() == 1
    assert [message.to for message in mail.outbox] == [[response.respondent.email]]


def test_submit_of_what_was_not_reviewed_is_refused(response):
    with pytest.raises(workflow.ChangedMeanwhile):
        submit(response, revision=response.revision - 1)
    assert not Submission.objects.exists()


def test_submit_with_gaps_is_refused_and_writes_nothing(member):
    response = make_response(member.person)
    with pytest.raises(workflow.NotReady):
        submit(response)
    assert not Answer.objects.exists()


def test_submit_after_a_change_gives_the_next_number_and_replaces_the_answers(response):
    submit(response)
    entry = response.entries.get(section_key="B")
    workflow.save_entry(entry=entry, draft={"B1": "Neuer Titel", "B2": "Text"}, revision=entry.revision)
    response.refresh_from_db()
    assert response.status == "changed"
    assert submit(response).number == 2
    assert Answer.objects.get(question_key="B1").value == "Neuer Titel"


def test_submission_refuses_every_change(response):
    submission = submit(response)
    with pytest.raises(FrozenError):
        submission.save()
    with pytest.raises(FrozenError):
        Submission.objects.update(number=9)


def test_consents_keep_wording_and_time_and_end_when_changed(response):
    fill(response, "G", {"G1": "named", "G2": "yes"})
    submit(response)
    first = {consent.question_key: consent for consent in Consent.objects.current()}
    assert set(first) == {"G1", "G2", "G5"}
    assert first["G2"].wording == response.round.definition.questions["G2"].text
    assert response.round.definition.questions["G5"].notice in first["G5"].wording
    fill(response, "G", {"G2": "no"})
    submit(response)
    second = {consent.question_key: consent for consent in Consent.objects.current()}
    assert second["G1"] == first["G1"] and second["G1"].given_at == first["G1"].given_at
    assert second["G2"].value == "no" and Consent.objects.get(pk=first["G2"].pk).ended_at


def test_consent_may_differ_for_one_example(response):
    other = make_entry(response, draft={"B1": "Zweites", "B2": "Text"})
    fill(response, "G", {"G1": "named", f"G1-{other.uuid}": "no"})
    submit(response)
    decisions = {consent.entry_id: consent.value for consent in Consent.objects.current().filter(question_key="G1")}
    assert decisions == {None: "named", other.pk: "no"}


def test_refusal_for_one_example_outlives_the_other_and_ends_with_its_own(member, response):
    other, one = make_entry(response), response.entries.get(section_key="B", position=1)
    fill(response, "G", {"G1": "named", f"G1-{one.uuid}": "no", f"G1-{other.uuid}": "unnamed"})
    submit(response)
    workflow.remove_entry(entry=Entry.objects.get(pk=other.pk))
    submission = submit(response)
    assert dict(Consent.objects.current().filter(question_key="G1").values_list("entry", "value")) == {
        None: "named", one.pk: "no",
    }  # fmt: skip
    assert submission.document["entries"][-1]["answers"][f"G1-{one.uuid}"] == "no"
    assert f'name="G1-{one.uuid}"' in member.client.get(section_url(response.round, "G")).content.decode()
    page = member.client.get(reverse("surveys:consents", args=[response.round.slug])).content.decode()
    assert page.count("gilt nicht mehr") == 1


def test_decision_typed_before_the_other_example_went_is_kept(member, response):
    one = response.entries.get(section_key="B")
    values = CONFIRMED | {f"G1-{one.uuid}": "no", "revision": response.entries.get(section_key="G").revision}
    member.client.post(section_url(response.round, "G"), values)
    assert response.entries.get(section_key="G").draft[f"G1-{one.uuid}"] == "no"


def test_question_about_examples_is_not_asked_without_examples(member):
    response = make_response(member.person)
    fill(response, "A", {"A2": "chamber"})
    fill(response, "G", {"G1": "named", "G5": "yes"})
    submission = submit(response)
    assert not Consent.objects.filter(question_key="G1").exists()
    assert "G1" not in submission.document["entries"][-1]["answers"]


def test_submit_empties_what_was_removed_before(response):
    removed = make_entry(response, draft={"B1": "Doch nicht", "B2": "Text"})
    workflow.remove_entry(entry=removed)
    submit(response)
    removed.refresh_from_db()
    assert removed.draft == {}
    assert not response.entries.removed_since(None if response.submitted_at else removed.removed_at).exists()


def test_mail_goes_to_the_respondent_and_says_nothing_of_the_answers(response, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        submit(response)
    message = mail.outbox[0]
    assert message.subject == f"Ihre Rückmeldung ist angekommen: {response.round.title}"
    assert "Bauantrag" not in message.body
    assert f"http://testserver/fragebogen/{response.round.slug}/" in message.body


def test_submit_without_confirmation_sends_nothing(response, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        submit(response, confirm=False)
    assert mail.outbox == []


def test_begin_fills_in_the_profile(member):
    member.person.role = "Leitung"
    member.person.save()
    member.person.organisation.kind = "chamber"
    member.person.organisation.save()
    draft = make_response(member.person).entries.get(section_key="A").draft
    assert draft == {
        "A1-organisation": member.person.organisation.name,
        "A1-name": "Mia Mitglied",
        "A1-role": "Leitung",
        "A1-email": member.person.email,
        "A2": "chamber",
    }


def test_begin_twice_is_one_response(member):
    round = make_round(member.person)
    assert make_response(member.person, round) == make_response(member.person, round)
    assert round.responses.get().entries.count() == 3


def test_deadline_that_passes_while_it_is_submitted_tears_nothing_apart(response, monkeypatch):
    """Whether all of it is open is asked once: what was judged as open is stored as open, and dated so."""
    submit(response)
    closes_at = timezone.now() + timedelta(seconds=5)
    Round.objects.update(closes_at=closes_at)
    fill(response, "F", {"F1": ["talk"]})
    with time_machine.travel(closes_at - timedelta(seconds=1), tick=False) as clock:
        checked = submitting.sheet_to_submit

        def slowly(response):
            clock.shift(timedelta(seconds=2))
            return checked(response)

        monkeypatch.setattr(submitting, "sheet_to_submit", slowly)
        submission = submit(response)
    assert submission.submitted_at == closes_at - timedelta(seconds=1)
    assert submission.document["entries"][2]["answers"] == {"F1": ["talk"]}
    assert Answer.objects.get(question_key="F1").value == "talk"


def test_submit_sent_twice_at_once_is_answered_with_the_same_submission(response, monkeypatch):
    """The second request looked for the key before the first had come through."""
    key, first = uuid4(), []
    checked = submitting.sheet_to_submit

    def overtaken(response):
        if not first:
            first.append(None)
            first.append(submit(response, key=key))
        return checked(response)

    monkeypatch.setattr(submitting, "sheet_to_submit", overtaken)
    assert submit(response, key=key) == first[1]
    assert Submission.objects.count() == 1
