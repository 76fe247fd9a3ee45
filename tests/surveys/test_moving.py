"""A running round gets another version of its questionnaire, and no answer is lost."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys import workflow
from surveys.models import Question, Questionnaire, Round, Section
from surveys.sheet import Sheet
from tests.factories.surveys import make_complete_response, make_entry, make_response, make_round, submit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("editable_questionnaire")]


def new_version():
    return workflow.publish_version(questionnaire=Questionnaire.objects.get())


def add_question(key: str, **facts) -> Question:
    section = Section.objects.get(key=key[0])
    return Question.objects.create(
        section=section, key=key, text="Neu gefragt?", kind="short-text", position=99, **facts
    )


def move(round: Round) -> Round:
    workflow.move_round(round=round, version=new_version())
    return Round.objects.select_related("version").get(pk=round.pk)


def test_move_keeps_every_draft_and_marks_new_questions(member):
    response = make_complete_response(member.person)
    before = {entry.uuid: entry.draft for entry in response.entries.all()}
    add_question("B10")
    Question.objects.get(key="B2").delete()
    round = move(response.round)
    response.refresh_from_db()
    assert {entry.uuid: entry.draft for entry in response.entries.all()} == before
    assert response.new_questions == ["B10"]
    assert "B10" in round.definition.questions and "B2" not in round.definition.questions


def test_answer_to_a_removed_question_survives_saving_and_comes_back_with_the_question(member):
    entry = make_entry(make_response(member.person))
    question = Question.objects.get(key="B2")
    Question.objects.filter(pk=question.pk).delete()
    round = move(entry.response.round)
    entry.refresh_from_db()
    page = reverse("surveys:entry", args=[round.slug, entry.uuid])
    answer = member.client.post(page, {"entry": entry.uuid, "revision": entry.revision, "B1": "Umbenannt"})
    assert answer.status_code == 302
    entry.refresh_from_db()
    assert entry.draft == {"B1": "Umbenannt", "B2": "Früher auf Papier, jetzt am Bildschirm."}
    question.save(force_insert=True)
    move(round)
    assert "Früher auf Papier" in member.client.get(page).content.decode()


def test_form_opened_before_the_move_is_answered_with_both_texts(member):
    entry = make_entry(make_response(member.person))
    add_question("B10")
    round = move(entry.response.round)
    page = reverse("surveys:entry", args=[round.slug, entry.uuid])
    answer = member.client.post(page, {"entry": entry.uuid, "revision": entry.revision, "B1": "Getippt"})
    assert answer.status_code == 409 and "Getippt" in answer.content.decode()


def test_new_questions_are_called_new_until_submitted(member):
    response = make_complete_response(member.person)
    submit(response)
    add_question("A3")
    round = move(response.round)
    tasks = reverse("surveys:round-detail", args=[round.slug])
    section = reverse("surveys:section", args=[round.slug, "A"])
    assert "neue Fragen" in member.client.get(tasks).content.decode()
    assert "A3 Neu gefragt? (neu)" in member.client.get(section).content.decode()
    submit(response)
    assert "neue Fragen" not in member.client.get(tasks).content.decode()
    assert "(neu)" not in member.client.get(section).content.decode()


def test_submission_still_reads_along_the_version_it_answered(member):
    response = make_complete_response(member.person)
    submission = submit(response)
    Question.objects.filter(key="B1").update(text="Anders gefragt?")
    move(response.round)
    submission = response.submissions.select_related("response__round__version").get(pk=submission.pk)
    sheet = Sheet.of_submission(submission, submission.definition)
    assert next(sheet.part("B").cards[0].lines).label == "B1 Wie heißt Ihr Beispiel?"


def test_review_read_before_the_move_is_not_submitted(member):
    response = make_complete_response(member.person)
    revision = response.revision
    add_question("B10", is_required=True)
    move(response.round)
    with pytest.raises((workflow.ChangedMeanwhile, workflow.NotReady)):
        submit(response, revision=revision)
    assert not response.submissions.exists()


def test_new_section_that_does_not_repeat_can_be_filled_in_by_who_had_begun(member):
    response = make_response(member.person)
    Section.objects.create(questionnaire=Questionnaire.objects.get(), key="H", title="Zum Schluss", position=99)
    add_question("H1")
    round = move(response.round)
    assert member.client.get(reverse("surveys:section", args=[round.slug, "H"])).status_code == 200


def test_removed_section_keeps_its_entries_and_its_page_is_not_found(member):
    entry = make_entry(make_response(member.person))
    Section.objects.get(key="B").delete()
    Question.objects.filter(key="G1").update(needs_section="", varies_by_entry=False)
    round = move(entry.response.round)
    entry.refresh_from_db()
    assert entry.draft and entry.removed_at is None
    for name, argument in [("section", "B"), ("entry", entry.uuid)]:
        assert member.client.get(reverse(f"surveys:{name}", args=[round.slug, argument])).status_code == 404


def test_text_for_a_section_that_is_asked_no_longer_is_shown_with_its_question(member):
    entry = make_response(member.person).entries.get(section_key="F")
    Section.objects.get(key="F").delete()
    round = move(entry.response.round)
    typed = {"entry": entry.uuid, "revision": entry.revision, "F1-text": "Lange geschrieben"}
    answer = member.client.post(reverse("surveys:section", args=[round.slug, "F"]), typed)
    page = answer.content.decode()
    assert answer.status_code == 409 and "Lange geschrieben" in page and "<dt>F1-text" not in page


def test_removed_entry_of_a_removed_section_cannot_come_back_and_is_not_found(member):
    entry = make_entry(make_response(member.person))
    workflow.remove_entry(entry=entry)
    Section.objects.get(key="B").delete()
    Question.objects.filter(key="G1").update(needs_section="", varies_by_entry=False)
    round = move(entry.response.round)
    assert member.client.post(reverse("surveys:entry-restore", args=[round.slug, entry.uuid])).status_code == 404


def test_section_with_one_entry_may_stop_repeating_with_several_not(member, other_member):
    round = make_round(member.person, other_member.person)
    entry = make_entry(make_response(member.person, round))
    Section.objects.filter(key="B").update(is_repeatable=False)
    round = move(round)
    assert member.client.get(reverse("surveys:section", args=[round.slug, "B"])).status_code == 200
    Section.objects.filter(key="B").update(is_repeatable=True)
    round = move(round)
    entry.refresh_from_db()
    assert not entry.is_single
    workflow.add_entry(response=entry.response, section_key="B", uuid=uuid4())
    Section.objects.filter(key="B").update(is_repeatable=False)
    with pytest.raises(workflow.CannotMove, match="Abschnitt B"):
        move(round)


def test_round_that_is_over_keeps_its_questions():
    now = timezone.now()
    round = make_round(opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1))
    add_question("B10")
    with pytest.raises(workflow.CannotMove, match="beendet"):
        move(round)


def test_round_does_not_move_to_another_questionnaire():
    round = make_round()
    document = {"slug": "x", "title": "X", "sections": [{"key": "A", "title": "A", "questions": []}]}
    document["sections"][0]["questions"] = [{"key": "A1", "text": "Wie?", "kind": "short-text"}]
    foreign = workflow.publish_version(questionnaire=workflow.load_definition(document=document))
    with pytest.raises(workflow.CannotMove, match="anderen Fragebogen"):
        workflow.move_round(round=round, version=foreign)
