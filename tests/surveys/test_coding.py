"""Coding answers: what a coding keeps, refuses, and forgets."""

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ogl_portal.directory.models import TargetGroup
from surveys import workflow
from surveys.matrix import Matrix
from surveys.models import CodedEntry, Coding, Entry, Response
from surveys.passages import CodableText
from surveys.progress import Progress
from surveys.quotes import public_quotes
from tests.factories.crowds import make_crowd
from tests.factories.directory import make_member, make_person
from tests.factories.needs import LEARNED, WISH, make_coding, make_need, make_released_need, make_told
from tests.factories.surveys import make_complete_response, make_entry, make_round, submit

pytestmark = pytest.mark.django_db


def page_of(entry) -> str:
    return f"/admin/surveys/entry/{entry.pk}/kodieren/"


def posted(entry, **values) -> dict:
    group = TargetGroup.objects.get(slug="kommunalverwaltungen")
    return {"submission": 1, "need": "Rat finden", "target_group": group.pk, "_code": ""} | values


def change_answer(entry: Entry, text: str) -> None:
    """The respondent submits the entry again, in other words."""
    response = Response.objects.get(pk=entry.response_id)
    draft = entry.draft | {"C3": text}
    workflow.save_entry(entry=Entry.objects.get(pk=entry.pk), draft=draft, revision=entry.revision)
    submit(response)


def shown(need) -> list[str]:
    return [coding.quote for coding in public_quotes(need.codings.all())]


# Sentences and passages


def test_sentences_of_an_answer_end_where_people_end_them():
    text = CodableText(type("Q", (), {"key": "C3"}), "Wir sind klein, z. B. zu dritt. Was tun?\nWer hilft")
    assert [each.quote for each in text.sentences] == ["Wir sind klein, z. B. zu dritt.", "Was tun?", "Wer hilft"]
    first, second, third = text.sentences
    assert [each.quote for each in text.joined([third, first])] == [first.quote, third.quote]
    assert [each.quote for each in text.joined([second, first])] == ["Wir sind klein, z. B. zu dritt. Was tun?"]
    assert text.find(" „klein,  z. B.“ ").quote == "klein, z. B."
    assert text.find("gibt es nicht") is None and text.find("  ") is None


# The page


def test_ticked_sentence_is_coded_with_a_new_need(lead):
    entry = make_told()
    key = f"C3:{LEARNED.index('Geholfen')}:{len(LEARNED)}"
    answer = lead.client.post(page_of(entry), posted(entry, sentences=[key], need=" Rat   finden "))
    assert answer.status_code == 302
    coding = Coding.objects.get()
    assert (coding.quote, coding.need.title, coding.entry, coding.created_by) == (WISH, "Rat finden", entry, lead.user)
    assert coding.organisation_token and not coding.need.is_released
    assert "Rat finden" in lead.client.get(page_of(entry)).content.decode()


def test_typed_words_are_found_and_a_known_need_is_taken_whatever_its_case(lead):
    entry, need = make_told(), make_need(title="Rat finden")
    lead.client.post(page_of(entry), posted(entry, words="zu viel  auf einmal", need="rat FINDEN"))
    assert Coding.objects.get().need == need and Coding.objects.get().quote == "zu viel auf einmal"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "Bitte haken Sie Sätze an"),
        ({"words": "steht nirgends"}, "Diese Worte stehen so in keiner Antwort"),
        ({"words": WISH, "need": ""}, "Bitte nennen Sie den Bedarf"),
        ({"words": WISH, "target_group": ""}, "Bitte wählen Sie die Zielgruppe"),
        ({"sentences": ["C3:0:5"]}, "Die Antwort wurde inzwischen geändert"),
        ({"words": WISH, "need": "x" * 161}, "160"),
    ],
)
def test_coding_that_lacks_something_is_refused_and_keeps_what_was_typed(lead, values, message):
    entry = make_told()
    answer = lead.client.post(page_of(entry), posted(entry, **values))
    assert answer.status_code == 422 and message in answer.content.decode()
    assert values.get("words", "") in answer.content.decode()
    assert not Coding.objects.exists()


def test_coding_of_a_text_that_was_submitted_anew_is_refused(lead):
    entry = make_told()
    change_answer(entry, LEARNED + " Wirklich.")
    answer = lead.client.post(page_of(entry), posted(entry, words=WISH))
    assert answer.status_code == 409 and "neuere Fassung" in answer.content.decode()
    assert not Coding.objects.exists() and not Matrix().needs


def test_same_words_are_not_coded_twice_the_same_way(lead, second_lead):
    coding = make_coding()
    values = posted(coding.entry, words="jemand, der es kennt", need=coding.need.title)
    assert second_lead.client.post(page_of(coding.entry), values).status_code == 409
    assert second_lead.client.post(page_of(coding.entry), values | {"need": "Anderer"}).status_code == 302
    assert Coding.objects.count() == 2
    with pytest.raises(IntegrityError):
        Coding.objects.create(**{
            name: getattr(coding, name)
            for name in ["need", "target_group", "round", "response", "entry", "question_key", "start", "end", "quote"]
        })  # fmt: skip


def test_coding_that_was_moved_meanwhile_is_not_removed(lead):
    coding = make_coding()
    workflow.split_need(need=coding.need, codings=[coding], title="Anderer", by=lead.user)
    values = {"_remove": coding.pk, "revision": 0}
    assert lead.client.post(page_of(coding.entry), values).status_code == 409
    assert lead.client.post(page_of(coding.entry), values | {"revision": 1}).status_code == 302
    assert not Coding.objects.exists()


def test_finished_entry_leads_to_the_next_open_one_until_its_words_change(lead):
    round = make_round()
    first, second = (make_told(round=round) for _ in range(2))
    for entry in Entry.objects.filter(section_key="B"):
        workflow.finish_entry(entry=entry, submission=1, by=lead.user)
    answer = lead.client.post(page_of(first), {"_finish": "", "submission": 1})
    assert answer.headers["Location"] == page_of(second)
    assert (Progress(round).coded, Progress(round).next_open) == (3, second.pk)
    change_answer(first, "Ganz anders.")
    assert not CodedEntry.objects.filter(entry=first).exists()


def test_entry_is_not_finished_over_words_that_nobody_read(lead):
    entry = make_told()
    change_answer(entry, "Ganz anders.")
    assert lead.client.post(page_of(entry), {"_finish": "", "submission": 1}).status_code == 409
    assert not CodedEntry.objects.exists()


def test_page_takes_the_same_queries_however_much_is_coded(lead):
    entry = make_told()
    lead.client.get(page_of(entry))

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            lead.client.get(page_of(entry))
        return len(captured)

    make_coding(entry=entry)
    one = queries()
    for _ in range(8):
        make_coding(entry=entry)
    assert queries() == one


def test_page_takes_the_same_queries_among_a_thousand_entries(lead):
    entry = make_coding().entry
    lead.client.get(page_of(entry))
    with CaptureQueriesContext(connection) as alone:
        lead.client.get(page_of(entry))
    make_crowd(entry.response.round, 1_000, coded=1)
    with CaptureQueriesContext(connection) as among_many:
        assert "von 1002, davon" in lead.client.get(page_of(entry)).content.decode()
    assert len(among_many) == len(alone)


# What may be quoted


def test_quote_is_kept_and_marked_when_the_answer_changes(lead):
    coding = make_coding(need=make_released_need())
    change_answer(coding.entry, "Es geht auch so.")
    kept = Coding.objects.in_full().get(pk=coding.pk)
    assert kept.quote == WISH and kept.is_changed and list(Coding.objects.in_full().changed()) == [kept]
    assert "Text geändert" in lead.client.get(page_of(coding.entry)).content.decode()
    assert len(shown(coding.need)) == 1  # that of the other organisation, in the same words
    change_answer(Entry.objects.get(pk=coding.entry_id), "Ach ja: " + WISH)
    assert not Coding.objects.in_full().get(pk=coding.pk).is_changed and not Coding.objects.in_full().changed()


def test_words_without_consent_are_counted_and_not_quoted():
    need = make_need()
    make_coding(need=need, entry=make_told(quotable=False))
    workflow.release_need(need=need, by=None)
    assert shown(need) == [] and Matrix().totals == {need.pk: 1}


def test_withdrawn_consent_takes_the_quote_away_at_once(visitor):
    need = make_released_need()
    path = need.get_absolute_url()
    assert WISH in visitor.client.get(path).content.decode()
    workflow.withdraw_consent(consent=Coding.objects.get().response.consents.current().get(question_key="G2"))
    assert WISH not in visitor.client.get(path).content.decode()
    assert Coding.objects.count() == 1


@pytest.mark.parametrize(("redacted", "count"), [("Geholfen hätte […].", 0), (WISH, 1)])
def test_redacted_words_are_never_quoted(lead, redacted, count):
    need = make_released_need()
    entry = Coding.objects.get().entry
    submission = entry.response.submissions.first()
    workflow.redact_entry(entry=entry, texts={"C3": redacted}, submission=submission, revision=0, by=lead.user)
    assert len(shown(need)) == count


def test_unusable_entry_is_not_quoted(lead):
    need = make_released_need()
    workflow.judge_entry(entry=Coding.objects.get().entry, state="unusable", note="", revision=0, by=lead.user)
    assert shown(need) == []


# What stays of a deleted response


def test_deleted_response_leaves_a_count_and_nothing_else():
    need = make_released_need()
    coding = Coding.objects.get()
    workflow.delete_response(response=coding.response)
    left = Coding.objects.get()
    assert (left.quote, left.response, left.entry, left.created_by) == ("", None, None, None)
    assert left.organisation_token != coding.organisation_token
    assert Matrix().totals == {need.pk: 1} and shown(need) == []


def test_organisation_that_still_says_it_is_not_counted_twice_after_a_deletion():
    round, colleague = make_round(), make_member()
    other = make_person(organisation=colleague.organisation)
    need = make_need()
    first, second = (make_coding(need=need, entry=make_told(each, round=round)) for each in [colleague, other])
    assert first.organisation_token == second.organisation_token and Matrix().totals == {need.pk: 1}
    workflow.delete_response(response=first.response)
    assert Matrix().totals == {need.pk: 1} and Coding.objects.get() == second


def test_quote_without_a_response_is_refused_by_the_database():
    coding = make_coding()
    with pytest.raises(IntegrityError):
        Coding.objects.filter(pk=coding.pk).update(response=None)


def test_quotes_that_were_public_outlive_the_raw_answers_and_end_with_the_consent():
    need, draft = make_released_need(), make_need()
    coding = Coding.objects.get()
    make_coding(need=draft, entry=coding.entry, words="zu viel auf einmal")
    workflow.delete_raw_answers(response=coding.response, now=timezone.now())
    assert shown(need) == [WISH] and draft.codings.get().quote == ""
    workflow.withdraw_consent(consent=coding.response.consents.current().get(question_key="G2"))
    assert shown(need) == [] and Matrix().totals[need.pk] == 1
    coding.refresh_from_db()
    assert coding.quote == ""  # neither the answers nor a consent are left


def test_draft_that_was_never_submitted_cannot_be_finished():
    entry = make_entry(make_complete_response(make_member()), "C", {"C1": "Entwurf"})
    with pytest.raises(workflow.EntryRemoved):
        workflow.finish_entry(entry=entry, submission=1, by=None)
