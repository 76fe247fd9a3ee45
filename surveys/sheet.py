"""A response laid out along its questionnaire: what is there, what is missing, what it reads like.

Works on entries as they stand and on those of a submitted document alike; only ``Sheet.of`` asks the database.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from types import SimpleNamespace
from uuid import UUID

from . import checks, conditions
from .definition import CONTACT_PARTS, Definition, Kind, Question, Section
from .models import Upload


@dataclass(frozen=True)
class Variation:
    """A decision that may differ for one entry of another section."""

    question: Question
    card: "Card"

    @property
    def field(self) -> str:
        return self.question.variation_name(self.card.entry.uuid)

    @property
    def label(self) -> str:
        """G1 abweichend für Beispiel 2: ‹Titel›."""
        return f"{self.question.key} abweichend für {self.card.name}"


@dataclass(frozen=True)
class Line:
    """One question with what was answered, as people read it."""

    label: str
    texts: list[str]
    links: list[str] = field(default_factory=list)
    uploads: list = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.texts and not self.links and not self.uploads


class Card:
    """An entry with its section, its number among its like, and its title."""

    def __init__(self, part: "Part", entry, number: int, draft: checks.Draft | None = None) -> None:
        self.part, self.entry, self.number = part, entry, number
        self.draft = entry.draft if draft is None else draft

    def with_draft(self, draft: checks.Draft) -> "Card":
        """The same entry as if the draft stood in it."""
        return Card(self.part, self.entry, self.number, draft)

    @property
    def label(self) -> str:
        """Beispiel 2, or the heading of a section that does not repeat."""
        section = self.part.section
        return f"{section.entry_label} {self.number}" if section.is_repeatable else section.heading

    @property
    def title(self) -> str:
        """What the entry is called; nothing while it has no name."""
        texts = answer_texts(self.part.section.title_question, self.draft)
        return texts[0] if texts else ""

    @property
    def name(self) -> str:
        """Beispiel 2: ‹Titel›."""
        return f"{self.label}: {self.title or 'noch ohne Titel'}"

    @property
    def uploads(self) -> list:
        """The files of this entry."""
        return self.part.sheet.uploads.get(str(self.entry.uuid), [])

    @cached_property
    def questions(self) -> list[Question]:
        """The questions that are asked here, after the other answers."""
        return [question for question in self.part.questions if conditions.is_shown(question, self)]

    @property
    def hidden_questions(self) -> list[Question]:
        """The questions that other answers rule out at the moment."""
        return [question for question in self.part.questions if question not in self.questions]

    @property
    def variations(self) -> list["Variation"]:
        """The decisions per entry that belong to the questions asked here."""
        return [variation for variation in self.part.variations if variation.question in self.questions]

    @cached_property
    def problems(self) -> list[checks.Problem]:
        """Everything to mend before submitting, in the order of the questions."""
        found = [problem for question in self.questions for problem in checks.problems(question, self.draft)]
        return found + [problem for variation in self.variations for problem in check_variation(variation, self.draft)]

    @property
    def lines(self) -> Iterator[Line]:
        """Question by question, for reading; decisions for single entries only where there are some."""
        yield from (self.line(question) for question in self.questions)
        yield from (line for line in map(self.variation_line, self.variations) if not line.is_empty)

    def line(self, question: Question) -> Line:
        texts = answer_texts(question, self.draft)
        is_list = question.kind == Kind.ATTACHMENTS
        links = [text for text in texts if is_list and checks.is_link(text)]
        files = [upload for upload in self.uploads if is_list and upload.question_key == question.key]
        return Line(question.label, [text for text in texts if text not in links], links, files)

    def variation_line(self, variation: Variation) -> Line:
        chosen = checks.chosen_in(self.draft, variation.field)
        return Line(variation.label, [variation.question.choice_label(key) for key in chosen])

    def differing(self, other: "Card") -> list[tuple[Line, Line]]:
        """Where two versions of the same entry read differently: this one's line and the other's."""
        mine = [self.line(question) for question in self.part.questions]
        mine += map(self.variation_line, self.part.variations)
        theirs = [other.line(question) for question in self.part.questions]
        theirs += map(other.variation_line, self.part.variations)
        return [(one, two) for one, two in zip(mine, theirs, strict=True) if one != two]


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
        """Decisions per entry, offered where there is more than one entry to tell apart."""
        varying = [question for question in self.questions if question.varies_by_entry]
        pairs = [(question, self.sheet.part(question.needs_section).cards) for question in varying]
        return [Variation(question, card) for question, cards in pairs if len(cards) > 1 for card in cards]

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
        by_section: dict[str, list] = {}
        for entry in entries:
            by_section.setdefault(entry.section_key, []).append(entry)
        self.by_section = by_section

    @classmethod
    def of(cls, response) -> "Sheet":
        """The present state of a response: one query, and one more each where passed-over sections or files matter."""
        skipped = response.skipped_sections.values_list("section_key", flat=True)
        entries = list(response.entries.present())
        sheet = cls(response.round.definition, entries, skipped, Upload.objects.of_response(response))
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
    )


def check_variation(variation: Variation, draft: checks.Draft) -> Iterator[checks.Problem]:
    """A decision for one entry is one of the choices, or none of its own."""
    known = {choice.key for choice in variation.question.options}
    if not known.issuperset(checks.chosen_in(draft, variation.field)):
        yield checks.Problem(variation.field, "Diese Antwort steht nicht zur Wahl. Bitte wählen Sie noch einmal.")


def answer_texts(question: Question, draft: checks.Draft) -> list[str]:
    """What stands in a draft for a question, valid or not, as people read it."""
    if question.kind == Kind.CONTACT:
        return [text for part in CONTACT_PARTS if (text := checks.text_in(draft, f"{question.key}-{part}"))]
    if question.kind == Kind.ATTACHMENTS:
        return checks.links_in(draft, question.key)
    if question.kind == Kind.CONFIRMATION:
        return ["Bestätigt"] if checks.text_in(draft, question.key) == "yes" else []
    if question.options:
        return choice_texts(question, draft)
    return [text for text in [checks.text_in(draft, question.key)] if text]


def choice_texts(question: Question, draft: checks.Draft) -> list[str]:
    """The labels of what was chosen, and the text beside them."""
    text = checks.text_in(draft, question.text_name) if question.has_text else ""
    labels = [question.choice_label(key) for key in checks.chosen_in(draft, question.key)]
    return [*labels, f"„{text}“"] if text else labels
