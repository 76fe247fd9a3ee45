"""One entry of a response."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ogl_portal.lib import dates

from .. import checks, conditions
from ..definition import Kind, Question
from ..models import Consent
from .lines import Line, answer_texts


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

    def is_offered(self, draft: Mapping) -> bool:
        """Whether it is asked: there is more than one entry to tell apart, or the draft decides of this one already.

        So a decision of its own holds until it is changed, also when its entry is the last one left.
        """
        return len(self.card.part.cards) > 1 or bool(draft.get(self.field))


class Card:
    """An entry with its section, its number among its like, and its title."""

    def __init__(self, part, entry, number: int, draft: checks.Draft | None = None) -> None:
        """``part`` is the section's part of the sheet."""
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
        return conditions.asked_in_card(self)

    @property
    def hidden_questions(self) -> list[Question]:
        """The questions that other answers rule out at the moment."""
        return [question for question in self.part.questions if question not in self.questions]

    @property
    def variations(self) -> list[Variation]:
        """The decisions per entry that belong to the questions asked here."""
        asked = (variation for variation in self.part.variations if variation.question in self.questions)
        return [variation for variation in asked if variation.is_offered(self.draft)]

    @property
    def answers(self) -> dict:
        """What of the draft is submitted, by form field: what is asked here and answered."""
        fields = (variation.field for variation in self.variations)
        decided = {field: self.draft[field] for field in fields if self.draft.get(field)}
        counted = (checks.counted(question, self.draft) for question in self.questions)
        return {name: typed for part in [*counted, decided] for name, typed in part.items()}

    @property
    def content(self) -> dict:
        """What a submission says of the entry: the fields that the questions asked here have, and no others."""
        asked = {question.key for question in self.questions}
        files = [file_content(upload) for upload in self.uploads if upload.question_key in asked]
        answers = self.answers
        return {"uuid": str(self.entry.uuid), "section": self.part.section.key, "answers": answers, "files": files}

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
        texts = self.as_it_counts(question.key, answer_texts(question, self.draft))
        is_list = question.kind == Kind.ATTACHMENTS
        links = [text for text in texts if is_list and checks.is_link(text)]
        files = [upload for upload in self.uploads if is_list and upload.question_key == question.key]
        return Line(question.label, [text for text in texts if text not in links], links, files)

    def variation_line(self, variation: Variation) -> Line:
        chosen = checks.chosen_in(self.draft, variation.field)
        texts = [variation.question.choice_label(key) for key in chosen]
        return Line(variation.label, self.as_it_counts(variation.field, texts))

    def as_it_counts(self, field: str, texts: list[str]) -> list[str]:
        """The answer in a field, or that what it allows has been withdrawn since it was submitted."""
        moment = self.part.sheet.refusals.get(field)
        if not moment or not texts or checks.chosen_in(self.draft, field) == [Consent.REFUSED]:
            return texts
        return [f"widerrufen am {dates.moment(moment)} (vorher: {', '.join(texts)})"]

    def differing(self, other: "Card") -> list[tuple[Line, Line]]:
        """Where two versions of the same entry read differently: this one's line and the other's."""
        mine = [self.line(question) for question in self.part.questions]
        mine += map(self.variation_line, self.part.variations)
        theirs = [other.line(question) for question in self.part.questions]
        theirs += map(other.variation_line, self.part.variations)
        return [(one, two) for one, two in zip(mine, theirs, strict=True) if one != two]


def file_content(upload) -> dict:
    """A file as a submission describes it."""
    return {
        "uuid": str(upload.uuid),
        "question": upload.question_key,
        "name": upload.name,
        "size": upload.size,
        "sha256": upload.sha256,
    }


def check_variation(variation: Variation, draft: checks.Draft) -> Iterator[checks.Problem]:
    """A decision for one entry is one of the choices, or none of its own."""
    known = {choice.key for choice in variation.question.options}
    if not known.issuperset(checks.chosen_in(draft, variation.field)):
        yield checks.Problem(variation.field, "Diese Antwort steht nicht zur Wahl. Bitte wählen Sie noch einmal.")
