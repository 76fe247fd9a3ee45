"""What is missing or wrong in a draft."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys import checks
from surveys.checks import Value
from surveys.definition import Choice, Kind, Question

CHOICES = (
    Choice("a", "Erstes"),
    Choice("b", "Zweites"),
    Choice("c", "Drittes"),
    Choice("other", "Sonstiges", opens_text=True),
    Choice("none", "nichts", is_exclusive=True),
)


def question(kind, **facts) -> Question:
    choices = CHOICES if kind in {Kind.ONE_OF, Kind.SEVERAL_OF} else ()
    return Question(key="X1", text="Frage", kind=kind, choices=choices, **facts)


def texts(found) -> str:
    return " ".join(problem.text for problem in found)


def problems(kind, draft, **facts) -> list[checks.Problem]:
    return list(checks.problems(question(kind, **facts), draft))


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.CONTACT])
def test_problems_required_without_answer_is_a_gap(kind):
    required = kind != Kind.ATTACHMENTS
    found = problems(kind, {}, is_required=required)
    assert [problem.is_gap for problem in found] == ([True] if required else [])


@pytest.mark.parametrize("kind", list(Kind))
def test_problems_optional_without_answer_are_none(kind):
    assert problems(kind, {}) == []


def test_problems_text_too_long_says_by_how_much():
    assert "um 3 Zeichen zu lang" in texts(problems(Kind.SHORT_TEXT, {"X1": "x" * 123}, max_length=120))
    assert problems(Kind.SHORT_TEXT, {"X1": "x" * 120}, max_length=120) == []


def test_problems_more_choices_than_allowed_say_so():
    assert "höchstens 2" in texts(problems(Kind.SEVERAL_OF, {"X1": ["a", "b", "c"]}, max_choices=2))


def test_problems_exclusive_choice_stands_alone():
    assert "„nichts“ passt nicht" in texts(problems(Kind.SEVERAL_OF, {"X1": ["a", "none"]}))
    assert problems(Kind.SEVERAL_OF, {"X1": ["none"]}) == []


def test_problems_unknown_choice_is_refused():
    assert "steht nicht zur Wahl" in texts(problems(Kind.ONE_OF, {"X1": "erfunden"}))
    assert "steht nicht zur Wahl" in texts(problems(Kind.YES_NO, {"X1": "vielleicht"}))


@pytest.mark.parametrize("kind", [Kind.ONE_OF, Kind.SEVERAL_OF])
def test_text_of_other_counts_only_while_other_is_chosen(kind):
    draft = {"X1": ["a"], "X1-text": "etwas " * 99}
    assert problems(kind, draft) == []
    assert checks.counted(question(kind), draft) == {"X1": ["a"]}
    assert checks.values(question(kind), draft) == [Value("a")]
    chosen = {"X1": ["other"], "X1-text": "etwas"}
    assert checks.counted(question(kind), chosen) == chosen
    assert checks.values(question(kind), chosen) == [Value("other", text="etwas")]


def test_problems_text_of_other_too_long_is_named_where_other_is_chosen():
    assert "zu lang" in texts(problems(Kind.SEVERAL_OF, {"X1": ["other"], "X1-text": "x" * 201}))


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "ftp://example.org/a", "www.example.org", "https://", "http://a b.de", "data:text/html,x"],
)
def test_problems_only_web_addresses_are_links(link):
    assert "Ein Link beginnt mit" in texts(problems(Kind.ATTACHMENTS, {"X1": link}))


def test_problems_more_than_three_links_say_so():
    links = "\n".join(f"https://www.example.org/{number}" for number in range(4))
    assert "höchstens 3" in texts(problems(Kind.ATTACHMENTS, {"X1": links}))


def test_problems_contact_needs_all_but_the_role():
    found = problems(Kind.CONTACT, {"X1-email": "keine Adresse"}, is_required=True)
    assert {problem.field for problem in found} == {"X1-organisation", "X1-name", "X1-email"}


def test_values_come_in_the_order_of_the_questionnaire():
    draft = {"X1": ["other", "a"], "X1-text": " noch etwas "}
    assert checks.values(question(Kind.SEVERAL_OF), draft) == [Value("a"), Value("other", text="noch etwas")]


def test_values_text_with_a_label_of_its_own_is_a_value():
    free = Question(key="X1", text="Frage", kind=Kind.SEVERAL_OF, choices=CHOICES[:2], text_label="Was genau?")
    assert checks.values(free, {"X1": ["b"], "X1-text": "Räume"}) == [Value("b"), Value("Räume", part="text")]


ANYTHING = st.text(max_size=300) | st.lists(st.text(max_size=20), max_size=5)


@given(kind=st.sampled_from(list(Kind)), value=ANYTHING, text=ANYTHING, required=st.booleans())
def test_problems_of_anything_typed_never_raise_and_values_only_hold_known_choices(kind, value, text, required):
    asked = question(kind, is_required=required, max_choices=2)
    draft = {"X1": value, "X1-text": text, "X1-email": text, "X1-name": value}
    if list(checks.problems(asked, draft)):
        return
    known = {choice.key for choice in asked.options}
    assert all(found.value in known for found in checks.values(asked, draft) if asked.options and not found.part)
