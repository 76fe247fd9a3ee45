"""Anlage 1 as questionnaire.md has it, and reading a frozen document."""

import json

import pytest

from surveys.definition import Definition, Kind, digest, fill
from surveys.demo import DEFINITION

KT, LT, E, M = Kind.SHORT_TEXT, Kind.LONG_TEXT, Kind.ONE_OF, Kind.SEVERAL_OF
KINDS = {
    "A1": Kind.CONTACT, "A2": E,
    "B1": KT, "B2": LT, "B3": M, "B4": M, "B5": E, "B6": LT, "B7": LT, "B8": E, "B9": Kind.ATTACHMENTS,
    "C1": KT, "C2": E, "C3": LT, "C4": M,
    "D1": KT, "D2": LT, "D3": M, "D4": E, "D5": M,
    "E1": E, "E2": M, "E3": LT, "E4": M,
    "F1": M, "F2": M,
    "G1": E, "G2": Kind.YES_NO, "G3": Kind.YES_NO, "G4": Kind.YES_NO, "G5": Kind.CONFIRMATION,
}  # fmt: skip
REQUIRED = ["A1", "A2", "B1", "B2", "C1", "D1", "D2", "E1", "G5"]
LENGTHS = {"B1": 120, "B2": 2000, "B6": 1000, "B7": 1000, "C1": 120, "C3": 1500, "D1": 120, "D2": 1000, "E3": 500}


@pytest.fixture(scope="module")
def anlage_1() -> Definition:
    return Definition.from_document(json.loads(DEFINITION.read_text(encoding="utf-8")))


def test_anlage_1_has_31_questions_in_order_and_kind(anlage_1):
    assert {key: question.kind for key, question in anlage_1.questions.items()} == KINDS
    assert list(anlage_1.questions) == list(KINDS)
    assert len(KINDS) == 31


def test_anlage_1_needs_what_the_star_marks(anlage_1):
    assert [question.key for question in anlage_1.questions.values() if question.is_required] == REQUIRED


def test_anlage_1_repeats_b_to_e(anlage_1):
    assert {section.key: section.max_entries for section in anlage_1 if section.is_repeatable} == {
        "B": 10,
        "C": 10,
        "D": 10,
        "E": 8,
    }


def test_anlage_1_limits_texts_and_choices(anlage_1):
    questions = anlage_1.questions.values()
    assert {question.key: question.max_length for question in questions if question.key in LENGTHS} == LENGTHS
    assert {question.key: question.max_choices for question in questions if question.max_choices} == {
        "B3": 3,
        "D3": 3,
        "E4": 3,
    }


def test_anlage_1_has_the_same_codes_for_offers_and_searches(anlage_1):
    offers, searches = ({choice.key for choice in anlage_1.questions[key].choices} for key in ("F1", "F2"))
    assert offers < searches
    assert searches - offers == {"delivery-partner", "funding-expertise", "workforce"}


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("A2", 8),
        ("B5", 4),
        ("B8", 4),
        ("C2", 4),
        ("C4", 14),
        ("D4", 5),
        ("D5", 5),
        ("E2", 12),
        ("E4", 8),
        ("F1", 8),
        ("F2", 11),
        ("G1", 3),
    ],
)
def test_anlage_1_has_every_choice(anlage_1, key, number):
    assert len(anlage_1.questions[key].choices) == number


def test_anlage_1_names_no_date_of_its_own(anlage_1):
    assert "2021" not in DEFINITION.read_text(encoding="utf-8")


def test_fill_replaces_placeholders_everywhere_and_keeps_the_document():
    document = {"text": "bis {deadline}", "list": [{"label": "Start noch {year}"}], "number": 3}
    filled = fill(document, {"{deadline}": "12.07.2021, 24 Uhr", "{year}": "2021"})
    assert filled == {"text": "bis 12.07.2021, 24 Uhr", "list": [{"label": "Start noch 2021"}], "number": 3}
    assert document["text"] == "bis {deadline}"


def test_digest_does_not_depend_on_the_order_of_keys():
    assert digest({"a": 1, "b": "ü"}) == digest({"b": "ü", "a": 1})
    assert len(digest({})) == 64


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("F1", "F1 Was können Sie anderen anbieten?"),
        ("F1-text", "F1 Was genau bieten Sie an?"),
        ("A1-name", "A1 Name"),
        ("G1-0f1e", "G1 abweichend für einen Eintrag"),
    ],
)
def test_every_field_has_a_label_of_its_own(anlage_1, name, label):
    assert anlage_1.questions[name[:2]].field_label(name) == label
