"""Which questions are shown: some only after a certain answer to another one.

What was answered to a question that is hidden later is kept, but not submitted.
"""

from collections import ChainMap
from collections.abc import Mapping

from . import checks
from .definition import Definition, Question


def asked_in_sheet(sheet) -> dict[str, list]:
    """The entries in which each question is asked, by its key; the chains are followed once, from their beginnings."""
    found: dict[str, list] = {}
    for question in sheet.definition.chains.in_order:
        cards = sheet.part(sheet.definition.chains.section_of[question.key]).cards
        found[question.key] = cards_that_ask(question, sheet, cards, found)
    return found


def asked_in_card(card) -> list[Question]:
    """The questions that are asked in one entry, also with other answers than are stored in it."""
    sheet, section = card.part.sheet, card.part.section
    chains = sheet.definition.chains
    found: Mapping[str, list] = ChainMap({}, sheet.asked if section.key in chains.bound_sections else {})
    for question in chains.in_order_of[section.key]:
        found[question.key] = cards_that_ask(question, sheet, [card], found)
    return [question for question in section.questions if found[question.key]]


def cards_that_ask(question: Question, sheet, cards: list, asked: Mapping[str, list]) -> list:
    """Those of a section's entries in which a question is asked; ``asked`` says where the one is that it hangs on.

    The answer counts in the same entry, or where the other question stands in another section, in any of its entries.
    """
    source = sheet.definition.chains.sources.get(question.key)
    if source is None or not sheet.applies(question):
        return list(cards) if sheet.applies(question) else []
    answered = [card for card in asked[source.key] if is_answered(source, card.draft, question.show_if_choice)]
    is_elsewhere = sheet.definition.chains.section_of[source.key] != sheet.definition.chains.section_of[question.key]
    return list(cards) if is_elsewhere and answered else answered


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
