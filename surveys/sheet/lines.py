"""Answers as people read them."""

from dataclasses import dataclass, field

from .. import checks
from ..definition import CONTACT_PARTS, Kind, Question


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
    text = checks.text_beside(question, draft)
    labels = [question.choice_label(key) for key in checks.chosen_in(draft, question.key)]
    return [*labels, f"„{text}“"] if text else labels
