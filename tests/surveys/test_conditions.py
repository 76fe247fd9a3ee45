"""Questions that are asked after certain answers only, and the kinds number and date."""

from types import SimpleNamespace
from uuid import uuid4

import pytest

from surveys import conditions
from surveys.definition import Definition
from surveys.models import Answer, Submission
from surveys.sheet import Sheet
from tests.factories.surveys import fill, make_entry, submit

from .kinds import VALID, make_response_of_kinds

pytestmark = pytest.mark.django_db


def address(response, *parts) -> str:
    return "/".join(["/fragebogen", response.round.slug, *map(str, parts), ""])


def shown(*questions, **draft) -> list[str]:
    """The keys of the questions that are asked, in one section with one entry."""
    section = {"key": "A", "title": "Abschnitt", "questions": list(questions)}
    definition = Definition.from_document({"slug": "d", "title": "D", "sections": [section]})
    entry = SimpleNamespace(uuid=uuid4(), section_key="A", draft=draft, saved_at=None)
    return [question.key for question in Sheet(definition, [entry]).cards[0].questions]


def question(key: str, kind: str = "short-text", **facts) -> dict:
    return {"key": key, "text": key, "kind": kind} | facts


def test_question_without_the_answer_is_hidden():
    questions = [question("A1", "yes-no"), question("A2", show_if_question="A1", show_if_choice="yes")]
    assert shown(*questions) == ["A1"]
    assert shown(*questions, A1="no") == ["A1"]
    assert shown(*questions, A1="yes") == ["A1", "A2"]


def test_question_after_any_answer_needs_some_answer():
    questions = [question("A1"), question("A2", show_if_question="A1")]
    assert shown(*questions, A1="etwas") == ["A1", "A2"]
    assert shown(*questions) == ["A1"]


def test_question_after_a_hidden_one_is_hidden_too():
    chain = [
        question("A1", "yes-no"),
        question("A2", "yes-no", show_if_question="A1", show_if_choice="yes"),
        question("A3", show_if_question="A2", show_if_choice="yes"),
    ]
    assert shown(*chain, A1="no", A2="yes") == ["A1"]
    assert shown(*chain, A1="yes", A2="yes") == ["A1", "A2", "A3"]


@pytest.mark.parametrize("source", ["A1", "A2", "Z9"])
def test_condition_on_itself_in_a_circle_or_on_nothing_never_breaks(source):
    circle = [question("A1", show_if_question=source), question("A2", show_if_question="A1")]
    assert shown(*circle, A1="x", A2="x") == ["A1", "A2"]
    shown(*circle)


def test_questions_in_a_circle_are_asked_and_those_behind_it_wait_for_their_answer():
    circle = [
        question("A1", show_if_question="A2"), question("A2", show_if_question="A1"),
        question("A3", show_if_question="A2"),
    ]  # fmt: skip
    assert shown(*circle) == ["A1", "A2"]
    assert shown(*circle, A2="x") == ["A1", "A2", "A3"]


def test_chain_longer_than_python_can_nest_is_followed_to_its_end():
    keys = [f"{letter}{number}" for letter in "ABCDEFGHIJKL" for number in range(1, 100)]
    chain = [question(key, show_if_question=source) for key, source in zip(keys, ["", *keys], strict=False)]
    assert shown(*reversed(chain), **dict.fromkeys(keys[:-1], "x")) == keys[::-1]
    assert shown(*chain, **dict.fromkeys(keys[1:], "x")) == keys[:1]


def test_chain_to_and_fro_between_many_entries_costs_no_more_than_its_length(monkeypatch):
    """Each entry of one section was asked once for each entry of the other, and so on: 10 to the power of 12."""
    asked = []
    monkeypatch.setattr(conditions, "is_answered", lambda question, draft, choice="": asked.append(question) or False)
    sections = [
        {
            "key": letter, "title": letter, "is_repeatable": True, "max_entries": 10,
            "questions": [
                question(f"{letter}{number}", show_if_question=f"{other}{number - 1}") for number in range(1, 12)
            ],
        }
        for letter, other in ["AB", "BA"]
    ]  # fmt: skip
    definition = Definition.from_document({"slug": "d", "title": "D", "sections": sections})
    entries = [SimpleNamespace(uuid=uuid4(), section_key=key, draft={}, saved_at=None) for key in "AB" * 10]
    sheet = Sheet(definition, entries)
    assert [[each.key for each in card.questions] for card in sheet.cards] == [["A1"]] * 10 + [["B1"]] * 10
    assert len(asked) <= 2 * 10 * 11


def test_condition_across_sections_holds_where_any_entry_has_the_answer(member):
    response = make_response_of_kinds(member.person)
    for colour in ["blue", "red"]:
        make_entry(response, "B", {"B1": "Fall", "B2": colour, "B3": "Grund"})
    fill(response, "A", VALID | {"A8": "no"})
    asked = [[each.key for each in card.questions] for card in Sheet.of(response).part("B").cards]
    assert asked == [["B1", "B2"], ["B1", "B2", "B3", "B4"]]


def test_condition_is_said_in_words():
    source = question("A1", "yes-no")
    later = [question("A2", show_if_question="A1", show_if_choice="yes"), question("A3", show_if_question="A2")]
    section = {"key": "A", "title": "A", "questions": [source, *later]}
    definition = Definition.from_document({"slug": "d", "title": "D", "sections": [section]})
    words = [conditions.in_words(each, definition) for each in definition.questions.values()]
    assert words == ["", "Nur wenn Sie bei A1 „Ja“ angegeben haben.", "Nur wenn Sie A2 beantwortet haben."]


def test_hidden_answers_are_kept_but_not_submitted(member):
    response = make_response_of_kinds(member.person)
    fill(response, "A", VALID | {"A8": "no"})
    entry = make_entry(response, "B", {"B1": "Fall", "B2": "blue", "B3": "verborgen", "B4": "kein Datum", "B5": "x"})
    submission = submit(response)
    assert submission.document["entries"][1]["answers"] == {"B1": "Fall", "B2": "blue"}
    assert set(Answer.objects.filter(entry=entry).values_list("question_key", flat=True)) == {"B1", "B2"}
    entry.refresh_from_db()
    assert entry.draft["B3"] == "verborgen"


def test_shown_question_that_is_required_stops_the_submission(member):
    response = make_response_of_kinds(member.person)
    fill(response, "A", VALID)
    make_entry(response, "B", {"B1": "Fall", "B2": "red", "B5": "viele"})
    problems = [problem.field for _, problem in Sheet.of(response).problems]
    assert problems == ["B3", "B5"]
    assert not Submission.objects.exists()


def test_numbers_and_dates_are_stored_for_programs(member):
    response = make_response_of_kinds(member.person)
    fill(response, "A", VALID)
    submit(response)
    values = dict(Answer.objects.filter(question_key__in=["A6", "A7"]).values_list("question_key", "value"))
    assert values == {"A6": "1200.50", "A7": "2021-07-12"}


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("A6", "zwölf", "nur eine Zahl"),
        ("A6", "12.5", "nur eine Zahl"),
        ("A6", "1e9", "nur eine Zahl"),
        ("A6", "-1", "Von 0 bis 5000."),
        ("A6", "٣", "nur eine Zahl"),
        ("A6", "9" * 400, "nur eine Zahl"),
        ("A7", "31.02.2021", "Dieses Datum gibt es nicht"),
        ("A7", "morgen", "Dieses Datum gibt es nicht"),
        ("A7", "01.01.0001", "Dieses Datum gibt es nicht"),
    ],
)
def test_wrong_number_or_date_is_kept_and_named(member, field, value, message):
    response = make_response_of_kinds(member.person)
    fields = {"revision": response.entries.get(section_key="A").revision, "A2": "kurz", field: value}
    answer = member.client.post(address(response, "abschnitt", "A"), fields)
    assert message in answer.content.decode()
    assert response.entries.get(section_key="A").draft[field] == value


def test_without_javascript_the_condition_stands_above_the_question(member):
    response = make_response_of_kinds(member.person)
    entry = make_entry(response, "B", {"B1": "Fall"})
    page = member.client.get(address(response, "eintrag", entry.uuid)).content.decode()
    assert "Nur wenn Sie bei B2 „Rot“ angegeben haben." in page
    assert 'data-question="B3"' in page and 'data-hidden="B3 B4 B5"' in page


def test_review_shows_only_what_is_asked(member):
    response = make_response_of_kinds(member.person)
    make_entry(response, "B", {"B1": "Fall", "B2": "blue", "B3": "steht nicht zur Debatte"})
    page = member.client.get(address(response, "pruefen")).content.decode()
    assert "steht nicht zur Debatte" not in page and "Warum rot?" not in page


def test_blank_form_says_the_condition_and_the_limits(member):
    from django.template.loader import render_to_string

    definition = make_response_of_kinds(member.person).round.definition
    page = render_to_string(
        "surveys/_blank_form.html", {"definition": definition, "heading": "h2", "subheading": "h3", "copies": 1}
    )
    assert "Nur wenn Sie bei A8 „Ja“ angegeben haben." in page and "Von 0 bis 5000." in page
