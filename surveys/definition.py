"""A published questionnaire as it was frozen: forms, PDFs and reading views are built from this, not from the tables.

The document is plain JSON. Dates and the responsible body are placeholders in its texts, which the round fills in.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from hashlib import sha256

from django.db import models

from .chains import Chains

PLACEHOLDERS = {
    "{deadline}": "letzter Tag und Stunde der Rückmeldung, z. B. 12.07.2021, 24 Uhr",
    "{last_day}": "letzter Tag der Rückmeldung",
    "{evaluation_until}": "Tag, bis zu dem ausgewertet wird",
    "{delete_on}": "wann die Rohdaten gelöscht werden, z. B. am 31.12.2021",
    "{controller}": "verantwortliche Stelle",
    "{year}": "Jahr, in dem die Rückmeldung endet",
    "{next_year}": "das Jahr danach",
}


class Kind(models.TextChoices):
    """What sort of answer a question asks for."""

    SHORT_TEXT = "short-text", "Kurztext"
    LONG_TEXT = "long-text", "Langtext"
    NUMBER = "number", "Zahl"
    DATE = "date", "Datum"
    ONE_OF = "one-of", "Einfachauswahl"
    SEVERAL_OF = "several-of", "Mehrfachauswahl"
    YES_NO = "yes-no", "Ja/Nein"
    CONFIRMATION = "confirmation", "Bestätigung"
    CONTACT = "contact", "Organisation und Ansprechperson"
    ATTACHMENTS = "attachments", "Unterlagen oder Link"


CONTACT_PARTS = {
    "organisation": "Organisation",
    "name": "Name",
    "role": "Funktion",
    "email": "dienstliche E-Mail",
}
"""The fields of a question of kind CONTACT; the function is optional."""


@dataclass(frozen=True)
class Choice:
    key: str
    label: str
    opens_text: bool = False
    is_exclusive: bool = False


YES_AND_NO = (Choice("yes", "Ja"), Choice("no", "Nein"))


@dataclass(frozen=True)
class Question:
    """One question; ``key`` (A1 … G5) is stable for ever."""

    key: str
    text: str
    kind: str
    help: str = ""
    notice: str = ""
    is_required: bool = False
    is_consent: bool = False
    max_length: int | None = None
    max_choices: int | None = None
    text_label: str = ""
    needs_section: str = ""
    varies_by_entry: bool = False
    show_if_question: str = ""
    show_if_choice: str = ""
    min_value: int | None = None
    max_value: int | None = None
    choices: tuple[Choice, ...] = ()

    @property
    def label(self) -> str:
        return f"{self.key} {self.text}"

    @property
    def options(self) -> tuple[Choice, ...]:
        """What can be chosen, also for yes and no."""
        return YES_AND_NO if self.kind == Kind.YES_NO else self.choices

    @property
    def choice_keys(self) -> set[str]:
        return {choice.key for choice in self.options}

    @property
    def text_choice(self) -> Choice | None:
        """The choice that opens a short text, usually „Sonstiges“."""
        return next((choice for choice in self.choices if choice.opens_text), None)

    @property
    def has_text(self) -> bool:
        """Whether a short text stands beside the choices."""
        return bool(self.text_label or self.text_choice)

    @property
    def opens_text(self) -> bool:
        """Whether that text is asked for only with a certain choice; one with a label of its own stands for itself."""
        return bool(self.text_choice and not self.text_label)

    @property
    def text_field_label(self) -> str:
        return self.text_label or f"{self.text_choice.label}: was genau?"

    @property
    def part_labels(self) -> list[str]:
        """What the fields of a contact are called."""
        return list(CONTACT_PARTS.values()) if self.kind == Kind.CONTACT else []

    @property
    def has_long_options(self) -> bool:
        """Whether the choices need a line each on paper."""
        return any(len(choice.label) > 48 for choice in self.options)

    @property
    def limit_text(self) -> str:
        """What the limit is, said before somebody meets it."""
        if self.kind == Kind.SEVERAL_OF:
            return (
                f"Wählen Sie höchstens {self.max_choices} aus."
                if self.max_choices
                else "Mehrere Antworten sind möglich."
            )
        if self.kind == Kind.NUMBER:
            return self.range_text
        return f"Höchstens {self.max_length} Zeichen." if self.max_length else ""

    @property
    def range_text(self) -> str:
        """Between which numbers an answer lies."""
        if self.min_value is not None and self.max_value is not None:
            return f"Von {self.min_value} bis {self.max_value}."
        if self.min_value is not None:
            return f"Mindestens {self.min_value}."
        return f"Höchstens {self.max_value}." if self.max_value is not None else ""

    @property
    def field_names(self) -> dict[str, bool]:
        """Names of the form fields of this question, and whether each takes a list."""
        if self.kind == Kind.CONTACT:
            return {f"{self.key}-{part}": False for part in CONTACT_PARTS}
        names = {self.key: self.kind == Kind.SEVERAL_OF}
        return names | {self.text_name: False} if self.has_text else names

    @property
    def text_name(self) -> str:
        """Name of the form field for the short text beside the choices."""
        return f"{self.key}-text"

    def field_label(self, name: str) -> str:
        """What the form field of that name is called where it stands by itself, without its question around it."""
        if self.has_text and name == self.text_name:
            return f"{self.key} {self.text_field_label}"
        if self.kind == Kind.CONTACT:
            return f"{self.key} {CONTACT_PARTS.get(name.partition('-')[2], self.text)}"
        return self.label if name == self.key else f"{self.key} abweichend für einen Eintrag"

    def variation_name(self, entry_uuid) -> str:
        """Name of the form field for a decision that differs for one entry."""
        return f"{self.key}-{entry_uuid}"

    def choice_label(self, key: str) -> str:
        """The words of a choice; an unknown key stands for itself."""
        return next((choice.label for choice in self.options if choice.key == key), key)


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    questions: tuple[Question, ...]
    intro: str = ""
    is_repeatable: bool = False
    max_entries: int = 1
    entry_label: str = ""
    add_label: str = ""

    @property
    def heading(self) -> str:
        return f"{self.key} {self.title}"

    @property
    def title_question(self) -> Question:
        """The question whose answer names an entry: the first of the section."""
        return self.questions[0]

    @property
    def has_required(self) -> bool:
        return any(question.is_required for question in self.questions)


@dataclass(frozen=True)
class Definition:
    slug: str
    title: str
    sections: tuple[Section, ...]
    intro: str = ""

    @classmethod
    def from_document(cls, document: Mapping, words: Mapping[str, str] | None = None) -> "Definition":
        """Read a document; ``words`` maps placeholders such as {deadline} to what the texts shall say."""
        filled = fill(document, words or {})
        sections = tuple(read_section(section) for section in filled["sections"])
        return cls(slug=filled["slug"], title=filled["title"], intro=filled.get("intro", ""), sections=sections)

    def __iter__(self) -> Iterator[Section]:
        return iter(self.sections)

    @cached_property
    def by_key(self) -> dict[str, Section]:
        return {section.key: section for section in self.sections}

    @cached_property
    def chains(self) -> Chains:
        """Which question hangs on which."""
        return Chains(self)

    @cached_property
    def questions(self) -> dict[str, Question]:
        return {question.key: question for section in self.sections for question in section.questions}

    def section_of(self, question: Question) -> Section:
        """The section that a question stands in."""
        return next(section for section in self.sections if question in section.questions)


def fill(value, words: Mapping[str, str]):
    """Replace placeholders in every text of a document, and leave the document itself as it is."""
    if isinstance(value, str):
        for placeholder, word in words.items():
            value = value.replace(placeholder, word)
        return value
    if isinstance(value, Mapping):
        return {key: fill(item, words) for key, item in value.items()}
    return [fill(item, words) for item in value] if isinstance(value, list | tuple) else value


def read_section(document: Mapping) -> Section:
    """A section with its questions and choices."""
    questions = tuple(
        Question(
            **known(Question, question)
            | {"choices": tuple(Choice(**known(Choice, choice)) for choice in question.get("choices", []))}
        )
        for question in document["questions"]
    )
    return Section(**known(Section, document) | {"questions": questions})


def known(cls, document: Mapping) -> dict:
    """The part of a document that the class has fields for."""
    return {field.name: document[field.name] for field in fields(cls) if field.name in document}


def digest(document) -> str:
    """SHA-256 over the canonical JSON (sorted keys, no blanks), as 64 hexadecimal digits."""
    canonical = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()
