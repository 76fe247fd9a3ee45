"""What changed from one submission to the next, entry by entry, as people read it."""

from dataclasses import dataclass

from .models import Submission
from .sheet import Card, Line, Sheet

ADDED, REMOVED, CHANGED = "neu", "entfernt", "geändert"
NOTHING = Line("", [])


@dataclass(frozen=True)
class Difference:
    """One entry that differs: its name, how, and for a changed one the lines before and after."""

    name: str
    kind: str
    lines: list[tuple[str, Line, Line]]


def differences(before: Submission, after: Submission) -> list[Difference]:
    """Everything that differs between two submissions of the same response.

    Questions are told apart by their keys, so the two may have answered different versions of the questionnaire.
    """
    old, new = (cards_of(submission) for submission in (before, after))
    found = [difference_of(old.get(uuid), card) for uuid, card in new.items()]
    found += [Difference(card.name, REMOVED, []) for uuid, card in old.items() if uuid not in new]
    return [difference for difference in found if difference]


def cards_of(submission: Submission) -> dict:
    """The entries of a submission by their uuid."""
    sheet = Sheet.as_it_counts(submission)
    return {card.entry.uuid: card for card in sheet.cards}


def difference_of(before: Card | None, after: Card) -> Difference | None:
    """How an entry differs from what it was; None where it does not."""
    if before is None:
        return Difference(after.name, ADDED, [])
    old, new = lines_of(before), lines_of(after)
    pairs = [(key, old.get(key, NOTHING), new.get(key, NOTHING)) for key in sorted({**old, **new}, key=order_of)]
    changed = [(one.label or two.label, one, two) for _, one, two in pairs if content(one) != content(two)]
    return Difference(after.name, CHANGED, changed) if changed else None


def lines_of(card: Card) -> dict[str, Line]:
    """The answers by the key of their question, and the decisions for single entries by their field."""
    lines = {question.key: card.line(question) for question in card.questions}
    return lines | {variation.field: card.variation_line(variation) for variation in card.variations}


def order_of(key: str) -> tuple:
    """B2 comes before B10."""
    question, _, rest = key.partition("-")
    return (question[0], int(question[1:]), rest)


def content(line: Line) -> tuple:
    """What was answered, whatever the question is called by now."""
    return (line.texts, line.links, [upload.uuid for upload in line.uploads])
