"""Hypothesis feeds every kind of question: no 500, nothing invalid submitted, the raw draft kept."""

from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ogl_portal.lib.text import plain
from surveys import checks
from surveys.models import Answer, Response
from surveys.sheet import Sheet
from tests.cast import undone
from tests.factories.surveys import make_entry, submit

from .kinds import REPEATED, SINGLE, VALID, make_response_of_kinds

pytestmark = pytest.mark.django_db
# Each example is taken back.
SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])

NASTY = [
    "", " ", "\x00", "vor\x00nach", "\ud800", "\u202eabc", "\u200b", "\ufeff", "🙂" * 40, "ä" * 3000, "=1+1",
    "'; DROP TABLE x; --", "<script>alert(1)</script>", "{{ 7*7 }}{% now %}", "{deadline}", "%00", "null", "[]",
    "javascript:alert(1)", "http://", "https://[", "a@b", "1e999", "NaN", "-0", "9" * 60, "1.2.3", "12,5",
    "00.00.0000", "31.12.9999", "2021-13-45", "1.1.2022", "yes", "no", "red", "blue", "none", "other",
    "mint-nachwuchs", "\r\n", "\t",
]  # fmt: skip
TEXT = st.sampled_from(NASTY) | st.text(max_size=30) | st.text(st.characters(codec=None), max_size=10)
VALUES = st.lists(TEXT, min_size=1, max_size=4)


def names_of(questions) -> list[str]:
    """The fields of the questions, with some that do not exist."""
    parts = ["", "-text", "-organisation", "-name", "-role", "-email", f"-{uuid4()}"]
    return [question["key"] + part for question in questions for part in parts]


def body_of(fields: dict) -> bytes:
    """The fields as a browser would send them, half characters included."""
    return urlencode(fields, doseq=True, encoding="utf-8", errors="surrogatepass").encode()


def send(client, url: str, fields: dict):
    return client.generic("POST", url, body_of(fields), content_type="application/x-www-form-urlencoded")


def address(response, *parts) -> str:
    return "/".join(["/fragebogen", response.round.slug, *map(str, parts), ""])


def as_received(value: str) -> str:
    """What is left of a value on its way: half characters become question marks, and what is no text goes."""
    return plain(value.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))


def assert_kept(response, entry, fields: dict) -> None:
    """Every field that the form has holds what was sent, without characters that are no text."""
    entry.refresh_from_db()
    questions = response.round.definition.by_key[entry.section_key].questions
    for name, is_list in {name: is_list for each in questions for name, is_list in each.field_names.items()}.items():
        texts = [as_received(value) for value in fields.get(name, [""])]
        expected = texts if is_list else texts[-1]
        if name != "A12" and expected != [""]:  # a box is ticked or not
            assert entry.draft.get(name, "") == expected


HOSTILE = st.dictionaries(st.sampled_from(names_of(SINGLE)), VALUES, max_size=8)
WHOLE = {name: value if isinstance(value, list) else [value] for name, value in VALID.items()}


@SHARED
@given(fields=HOSTILE | HOSTILE.map(lambda fields: WHOLE | fields), autosaves=st.booleans(), again=st.booleans())
def test_every_kind_takes_hostile_input_and_keeps_it(member, fields, autosaves, again):
    response = response_of(member)
    with undone(member):
        submit_before(response, again)
        entry = response.entries.get(section_key="A")
        url = address(response, "eintrag", entry.uuid, "zwischenspeichern")
        answer = send(
            member.client,
            url if autosaves else address(response, "abschnitt", "A"),
            fields | {"revision": entry.revision},
        )
        assert answer.status_code in ({200} if autosaves else {200, 302})
        assert_kept(response, entry, fields)
        check_submission(member, response)


@SHARED
@given(fields=st.dictionaries(st.sampled_from(names_of(REPEATED)), VALUES, max_size=6), again=st.booleans())
def test_repeated_and_conditional_questions_take_hostile_input(member, fields, again):
    response = response_of(member)
    fields = {"B1": ["Fall"]} | fields
    with undone(member):
        response.entries.filter(section_key="A").update(draft=VALID)
        submit_before(response, again)
        entry = make_entry(response, "B", {})
        answer = send(member.client, address(response, "eintrag", entry.uuid), fields | {"revision": entry.revision})
        assert answer.status_code in {200, 302}
        assert_kept(response, entry, fields)
        check_submission(member, response)


def response_of(member) -> Response:
    """A response of somebody, made once for each test.

    Each example is taken back: PostgreSQL checks at the end whatever thousands of them refer to.
    """
    response = Response.objects.filter(respondent=member.person).select_related("round__version").first()
    return response or make_response_of_kinds(member.person)


def submit_before(response: Response, again: bool) -> None:
    """Where it is about submitting again, what is submitted first is valid."""
    if again:
        response.entries.filter(section_key="A").update(draft=VALID, saved_at=timezone.now())
        submit(response)


def check_submission(member, response) -> None:
    """Every page shows it, and it is submitted only if all of it is valid."""
    for path in [address(response), address(response, "abschnitt", "A"), address(response, "pruefen")]:
        assert member.client.get(path).status_code == 200
    response.refresh_from_db()
    sent = {"revision": response.revision, "key": uuid4()}
    status = member.client.post(address(response, "absenden"), sent).status_code
    sheet = Sheet.of(response)
    assert status == (422 if sheet.problems else 302)
    for answer in Answer.objects.filter(entry__response=response):
        assert is_valid(sheet.definition.questions[answer.question_key], answer)


def is_valid(question, answer) -> bool:
    """Whether a stored answer is one of the choices, or text that its kind allows."""
    if question.options and answer.part != "text":
        return answer.value in {choice.key for choice in question.options}
    if question.kind == "number":
        return checks.in_range(question, checks.number_in(answer.value.replace(".", ",")))
    if question.kind == "date":
        return checks.date_in(answer.value) is not None
    if question.kind == "attachments":
        return checks.is_link(answer.value)
    return bool(answer.value) and len(answer.value) <= (question.max_length or checks.MAX_SHORT_TEXT)
