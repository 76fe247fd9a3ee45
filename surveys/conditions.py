"""Which questions are shown: some only after a certain answer to another one.

What was answered to a question that is hidden later is kept, but not submitted.
"""

from collections.abc import Iterable

from . import checks
from .definition import Definition, Question


def is_shown(question: Question, card, asked: frozenset = frozenset()) -> bool:
    """Whether the question is asked in this entry.

    It is not where the question that it hangs on is not asked itself. A condition that names no question or ends at
    itself hides nothing: rather one question too many than one that nobody can answer.
    """
    sheet = card.part.sheet
    source = sheet.definition.questions.get(question.show_if_question)
    if source is None or question.key in asked:
        return sheet.applies(question)
    return sheet.applies(question) and any(
        is_answered(source, other.draft, question.show_if_choice) and is_shown(source, other, asked | {question.key})
        for other in cards_with(source, card)
    )


def cards_with(source: Question, card) -> Iterable:
    """Where the other question is answered: in the same entry, or in those of its own section."""
    if source in card.part.section.questions:
        return [card]
    return card.part.sheet.part(card.part.sheet.definition.section_of(source).key).cards


def is_answered(question: Question, draft: checks.Draft, choice: str = "") -> bool:
    """Whether there is an answer; if a choice is named, whether it is among the answers."""
    if choice:
        return choice in checks.chosen_in(draft, question.key)
    return any(draft.get(name) for name in question.field_names)


def in_words(question: Question, definition: Definition) -> str:
    """The condition for people, on paper and where the page cannot hide the question by itself."""
    source = definition.questions.get(question.show_if_question)
    if source is None:
        return ""
    if not question.show_if_choice:
        return f"Nur wenn Sie {source.key} beantwortet haben."
    return f"Nur wenn Sie bei {source.key} „{source.choice_label(question.show_if_choice)}“ angegeben haben."
