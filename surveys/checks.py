"""What is missing or wrong in a draft, question by question; pure functions over the frozen definition.

A draft maps field names to what was typed: a text, or a list of keys of choices. Nothing here blocks saving it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from .definition import CONTACT_PARTS, Kind, Question

MAX_SHORT_TEXT = 200
MAX_LINKS = 3
MAX_FILES = 3
MAX_LINK = 500
NUMBER = re.compile(r"[-−+]?(?:[0-9]{1,3}(?:\.[0-9]{3}){1,3}|[0-9]{1,12})(?:,[0-9]{1,6})?\Z")
DATE = re.compile(r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})\Z")
ISO_DATE = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})\Z")
YEARS = range(1900, 2200)
is_web_address = URLValidator(schemes=["http", "https"])

Draft = Mapping[str, str | list[str]]


@dataclass(frozen=True)
class Problem:
    """Something to mend before submitting; a gap is a missing answer, everything else a wrong one."""

    field: str
    text: str
    is_gap: bool = False


def text_in(draft: Draft, field: str) -> str:
    """What was typed into a field, without blanks around it."""
    value = draft.get(field, "")
    return value.strip() if isinstance(value, str) else ""


def chosen_in(draft: Draft, field: str) -> list[str]:
    """The keys that were chosen."""
    value = draft.get(field, [])
    return [value] if isinstance(value, str) and value else list(value)


def text_beside(question: Question, draft: Draft) -> str:
    """The short text beside the choices; what belongs to a choice such as „Sonstiges“ counts while that is chosen."""
    chosen = chosen_in(draft, question.key)
    counts = question.text_label or any(choice.opens_text and choice.key in chosen for choice in question.choices)
    return text_in(draft, question.text_name) if counts else ""


def counted(question: Question, draft: Draft) -> dict:
    """The part of a draft that answers the question, as it was typed; a text without its choice stays behind."""
    left_out = set() if text_beside(question, draft) else {question.text_name}
    return {name: draft[name] for name in question.field_names if draft.get(name) and name not in left_out}


def problems(question: Question, draft: Draft) -> Iterator[Problem]:
    """Everything that stands between this draft and a submitted answer to the question."""
    yield from CHECKS[question.kind](question, draft)


def check_text(question: Question, draft: Draft) -> Iterator[Problem]:
    text = text_in(draft, question.key)
    if question.is_required and not text:
        yield Problem(question.key, "Bitte beantworten Sie diese Frage.", is_gap=True)
    yield from too_long(question.key, text, question.max_length or MAX_SHORT_TEXT)


def too_long(field: str, text: str, limit: int) -> Iterator[Problem]:
    """The limit of a text, with a word on how far it is exceeded."""
    if len(text) > limit:
        over = len(text) - limit
        yield Problem(field, f"Der Text ist um {over} Zeichen zu lang. Möglich sind höchstens {limit} Zeichen.")


def number_in(text: str) -> Decimal | None:
    """A number as it is written in German, 1.200,5 or 1200,5; None for anything else."""
    if not NUMBER.match(text):
        return None
    return Decimal(text.replace(".", "").replace(",", ".").replace("−", "-"))


def check_number(question: Question, draft: Draft) -> Iterator[Problem]:
    text = text_in(draft, question.key)
    number = number_in(text)
    if question.is_required and not text:
        yield Problem(question.key, "Bitte geben Sie eine Zahl ein.", is_gap=True)
    elif text and number is None:
        yield Problem(question.key, "Bitte geben Sie hier nur eine Zahl ein, zum Beispiel 12 oder 1200,5.")
    elif number is not None and not in_range(question, number):
        yield Problem(question.key, f"Diese Zahl liegt außerhalb der Grenzen. {question.range_text}")


def in_range(question: Question, number: Decimal) -> bool:
    """Whether the number lies between the question's limits, where it has some."""
    low, high = question.min_value, question.max_value
    return (low is None or number >= low) and (high is None or number <= high)


def date_in(text: str) -> date | None:
    """A date as 12.07.2021 or 2021-07-12; None for anything else."""
    found = DATE.match(text) or ISO_DATE.match(text)
    try:
        day = date(*(int(found[part]) for part in ("year", "month", "day"))) if found else None
    except ValueError:
        return None
    return day if day and day.year in YEARS else None


def check_date(question: Question, draft: Draft) -> Iterator[Problem]:
    text = text_in(draft, question.key)
    if question.is_required and not text:
        yield Problem(question.key, "Bitte geben Sie ein Datum ein.", is_gap=True)
    elif text and not date_in(text):
        yield Problem(question.key, "Dieses Datum gibt es nicht. Bitte schreiben Sie es so: 12.07.2021")


def check_choices(question: Question, draft: Draft) -> Iterator[Problem]:
    chosen = chosen_in(draft, question.key)
    known = {choice.key for choice in question.options}
    if question.is_required and not chosen:
        yield Problem(question.key, "Bitte wählen Sie eine Antwort aus.", is_gap=True)
    elif not known.issuperset(chosen) or (question.kind != Kind.SEVERAL_OF and len(chosen) > 1):
        yield Problem(question.key, "Diese Antwort steht nicht zur Wahl. Bitte wählen Sie noch einmal.")
    yield from check_limits(question, chosen)
    yield from too_long(question.text_name, text_beside(question, draft), MAX_SHORT_TEXT)


def check_limits(question: Question, chosen: list[str]) -> Iterator[Problem]:
    """At most so many; and what excludes the others stands alone."""
    if question.max_choices and len(chosen) > question.max_choices:
        yield Problem(
            question.key,
            f"Sie haben {len(chosen)} Antworten gewählt. Möglich sind höchstens {question.max_choices}.",
        )
    exclusive = next((choice for choice in question.options if choice.is_exclusive and choice.key in chosen), None)
    if exclusive and len(chosen) > 1:
        yield Problem(
            question.key,
            f"„{exclusive.label}“ passt nicht zu den anderen Antworten. Bitte wählen Sie das eine oder das andere.",
        )


def check_confirmation(question: Question, draft: Draft) -> Iterator[Problem]:
    if question.is_required and text_in(draft, question.key) != "yes":
        yield Problem(question.key, "Ohne diese Bestätigung dürfen wir Ihre Angaben nicht annehmen.", is_gap=True)


def check_contact(question: Question, draft: Draft) -> Iterator[Problem]:
    for part, label in CONTACT_PARTS.items():
        field = f"{question.key}-{part}"
        text = text_in(draft, field)
        if question.is_required and not text and part != "role":
            yield Problem(field, f"Bitte ergänzen Sie: {label}.", is_gap=True)
        yield from too_long(field, text, question.max_length or MAX_SHORT_TEXT)
    yield from check_email(f"{question.key}-email", text_in(draft, f"{question.key}-email"))


def check_email(field: str, text: str) -> Iterator[Problem]:
    try:
        validate_email(text or "niemand@example.org")
    except ValidationError:
        yield Problem(field, "Das ist keine E-Mail-Adresse. Sie sieht zum Beispiel so aus: name@example.org")


def links_in(draft: Draft, field: str) -> list[str]:
    """The links of an attachments question, one a line."""
    return [line.strip() for line in text_in(draft, field).splitlines() if line.strip()]


def check_attachments(question: Question, draft: Draft) -> Iterator[Problem]:
    links = links_in(draft, question.key)
    if len(links) > MAX_LINKS:
        yield Problem(
            question.key,
            f"Das sind {len(links)} Links. Möglich sind höchstens {MAX_LINKS}, jeder in einer eigenen Zeile.",
        )
    if any(not is_link(link) for link in links):
        yield Problem(question.key, "Ein Link beginnt mit https:// oder http:// und steht allein in seiner Zeile.")


def is_link(text: str) -> bool:
    """Whether the text is a web address that pages may link to."""
    try:
        is_web_address(text)
    except ValidationError:
        return False
    return len(text) <= MAX_LINK


CHECKS = {
    Kind.SHORT_TEXT: check_text,
    Kind.LONG_TEXT: check_text,
    Kind.NUMBER: check_number,
    Kind.DATE: check_date,
    Kind.ONE_OF: check_choices,
    Kind.SEVERAL_OF: check_choices,
    Kind.YES_NO: check_choices,
    Kind.CONFIRMATION: check_confirmation,
    Kind.CONTACT: check_contact,
    Kind.ATTACHMENTS: check_attachments,
}


@dataclass(frozen=True)
class Value:
    """One typed value: a text, or the key of a choice with the text beside it; ``part`` names a piece of a contact."""

    value: str
    part: str = ""
    text: str = ""


def values(question: Question, draft: Draft) -> list[Value]:
    """The answers in a draft that has no problems."""
    if question.kind == Kind.CONTACT:
        texts = {part: text_in(draft, f"{question.key}-{part}") for part in CONTACT_PARTS}
        return [Value(text, part=part) for part, text in texts.items() if text]
    if question.kind == Kind.ATTACHMENTS:
        return [Value(link) for link in links_in(draft, question.key)]
    if question.options:
        return choice_values(question, draft)
    text = text_in(draft, question.key)
    return [Value(TYPED.get(question.kind, str)(text))] if text else []


def number_text(text: str) -> str:
    """A valid number as programs read it: 1200.5"""
    return f"{number_in(text):f}"


def date_text(text: str) -> str:
    """A valid date as programs read it: 2021-07-12"""
    return date_in(text).isoformat()


TYPED = {Kind.NUMBER: number_text, Kind.DATE: date_text}


def choice_values(question: Question, draft: Draft) -> list[Value]:
    """The choices in the order of the questionnaire; a text with a label of its own is a value by itself."""
    chosen = set(chosen_in(draft, question.key))
    text = text_beside(question, draft)
    found = [
        Value(choice.key, text=text if choice.opens_text else "") for choice in question.options if choice.key in chosen
    ]
    return [*found, Value(text, part="text")] if question.text_label and text else found
