"""The sections of a response, and the whole of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from types import SimpleNamespace
from uuid import UUID

from django.utils.functional import SimpleLazyObject

from .. import checks, conditions
from ..definition import Definition, Question, Section
from ..models import Upload
from .cards import Card, Variation


class Part:
    """A section with its entries."""

    def __init__(self, sheet: "Sheet", section: Section, entries: list) -> None:
        self.sheet, self.section = sheet, section
        self.cards = [Card(self, entry, number) for number, entry in enumerate(entries, start=1)]

    @property
    def questions(self) -> list[Question]:
        """The questions that apply: some only where another section has entries."""
        return [question for question in self.section.questions if self.sheet.applies(question)]

    @property
    def new_questions(self) -> list[Question]:
        """The questions that have come since the response was begun, until it is submitted with them."""
        return [question for question in self.questions if question.key in self.sheet.new_keys]

    @property
    def variations(self) -> list[Variation]:
        """Every decision that may differ for one entry; ``Variation.is_offered`` says which of them are asked."""
        varying = [question for question in self.questions if question.varies_by_entry]
        pairs = [(question, self.sheet.part(question.needs_section).cards) for question in varying]
        return [Variation(question, card) for question, cards in pairs for card in cards]

    @property
    def is_skipped(self) -> bool:
        return self.section.key in self.sheet.skipped and not self.cards

    @property
    def is_full(self) -> bool:
        return len(self.cards) >= self.section.max_entries

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do here: filled in, or passed over on purpose."""
        if self.is_skipped:
            return True
        return bool(self.cards) and all(card.entry.saved_at and not card.problems for card in self.cards)

    @property
    def state(self) -> str:
        """One word for the task list."""
        if self.is_skipped:
            return "nichts dazu"
        return "Erledigt" if self.is_done else "Offen"

    @property
    def summary(self) -> str:
        """How many entries there are, in words."""
        if not self.section.is_repeatable or not self.cards:
            return ""
        return f"{len(self.cards)} × {self.section.entry_label}"


class Sheet:
    """The whole response."""

    def __init__(
        self, definition: Definition, entries: Iterable, skipped: Iterable[str] = (), uploads: Iterable = ()
    ) -> None:
        """``entries`` have uuid, section_key, draft and saved_at, and come in their order.

        ``uploads`` have entry_uuid and question_key; they and ``skipped`` are only asked for where they matter.
        """
        self.definition, self.skipped_keys, self.all_uploads = definition, skipped, uploads
        self.new_keys: frozenset[str] = frozenset()
        self.refusals: Mapping[str, datetime] = {}
        by_section: dict[str, list] = {}
        for entry in entries:
            by_section.setdefault(entry.section_key, []).append(entry)
        self.by_section = by_section

    @classmethod
    def of(cls, response) -> "Sheet":
        """The present state of a response: one query, and one more each where passed-over sections or files matter."""
        skipped = SimpleLazyObject(lambda: response.skipped_sections.values_list("section_key", flat=True))
        uploads = SimpleLazyObject(lambda: Upload.objects.of_response(response))
        sheet = cls(response.round.definition, response.present_entries, skipped, uploads)
        sheet.new_keys = frozenset(response.new_questions)
        return sheet

    @classmethod
    def of_submission(cls, submission, definition: Definition) -> "Sheet":
        """What a submission says, laid out along the version it answered; no query."""
        document = submission.document
        entries = [
            SimpleNamespace(
                uuid=UUID(entry["uuid"]),
                section_key=entry["section"],
                draft=entry["answers"],
                saved_at=submission.submitted_at,
            )
            for entry in document["entries"]
        ]
        uploads = [read_file(entry["uuid"], file) for entry in document["entries"] for file in entry["files"]]
        return cls(definition, entries, document["skipped"], uploads)

    @classmethod
    def as_it_counts(cls, submission) -> "Sheet":
        """What a submission says for people to read, with the consents that were withdrawn since: one query more."""
        sheet = cls.of_submission(submission, submission.definition)
        sheet.refusals = submission.response.refusals
        return sheet

    @property
    def content(self) -> dict:
        """What a submission says of all sections."""
        skipped = sorted(part.section.key for part in self.parts if part.is_skipped)
        return {"skipped": skipped, "entries": [card.content for card in self.cards]}

    @cached_property
    def uploads(self) -> dict[str, list]:
        """The files by the uuid of their entry."""
        found: dict[str, list] = {}
        for upload in self.all_uploads:
            found.setdefault(str(upload.entry_uuid), []).append(upload)
        return found

    def forget_uploads(self) -> None:
        """Ask for the files again: some have come or gone."""
        self.all_uploads = self.all_uploads.all()
        self.__dict__.pop("uploads", None)

    @cached_property
    def skipped(self) -> set[str]:
        """The keys of the sections that the respondent passes over."""
        return set(self.skipped_keys)

    @cached_property
    def parts(self) -> list[Part]:
        return [Part(self, section, self.by_section.get(section.key, [])) for section in self.definition]

    @cached_property
    def asked(self) -> dict[str, list[Card]]:
        """The entries in which each question is asked, by its key."""
        return conditions.asked_in_sheet(self)

    @property
    def entries(self) -> list:
        """The entries of all sections."""
        return [entry for entries in self.by_section.values() for entry in entries]

    def part(self, key: str) -> Part:
        """The part of a section; raises KeyError for a section that does not exist."""
        return self.parts_by_key[key]

    @cached_property
    def parts_by_key(self) -> dict[str, Part]:
        return {part.section.key: part for part in self.parts}

    def part_after(self, key: str) -> Part | None:
        """The section that follows, or None after the last."""
        keys = [part.section.key for part in self.parts]
        index = keys.index(key) + 1
        return self.parts[index] if index < len(keys) else None

    def applies(self, question: Question) -> bool:
        return not question.needs_section or bool(self.by_section.get(question.needs_section))

    @property
    def cards(self) -> list[Card]:
        return [card for part in self.parts for card in part.cards]

    def card(self, uuid) -> Card | None:
        """The card of an entry."""
        return next((card for card in self.cards if card.entry.uuid == uuid), None)

    @property
    def problems(self) -> list[tuple[Card, checks.Problem]]:
        """All that stands between this response and its submission."""
        return [(card, problem) for card in self.cards for problem in card.problems]

    @property
    def done_count(self) -> int:
        return sum(part.is_done for part in self.parts)


def read_file(entry_uuid: str, document: dict) -> SimpleNamespace:
    """A file as a submission describes it."""
    return SimpleNamespace(
        uuid=UUID(document["uuid"]),
        entry_uuid=entry_uuid,
        question_key=document["question"],
        name=document["name"],
        size=document["size"],
        sha256=document["sha256"],
    )
