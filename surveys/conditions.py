"""Which questions are shown: some only after a certain answer to another one.

What was answered to a question that is hidden later is kept, but not submitted.
"""

from collections import ChainMap
from collections.abc import Mapping
from functools import cached_property

from . import checks
from .definition import Definition, Question


class Chains:
    """Which question hangs on which. One that hangs on nothing, or in a circle on itself, is asked of everybody:
    rather one question too many than one that nobody can answer.
    """

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.section_of = {question.key: section.key for section in definition for question in section.questions}

    @cached_property
    def sources(self) -> dict[str, Question]:
        """The question on whose answer each conditional one hangs, by the key of the latter."""
        questions = self.definition.questions
        named = {key: each.show_if_question for key, each in questions.items() if each.show_if_question in questions}
        circles = in_circles(named)
        return {key: questions[source] for key, source in named.items() if key not in circles}

    @cached_property
    def in_order(self) -> list[Question]:
        """All questions, each behind the one that it hangs on."""
        depths: dict[str, int] = {}
        for key in self.definition.questions:
            chain = []
            while key not in depths and key in self.sources:
                chain.append(key)
                key = self.sources[key].key
            depth = depths.setdefault(key, 0)
            depths |= {link: depth + place for place, link in enumerate(reversed(chain), start=1)}
        return sorted(self.definition.questions.values(), key=lambda question: depths[question.key])


def in_circles(named: Mapping[str, str]) -> set[str]:
    """The keys from which one comes back to where one was by following the names; each is visited twice at most."""
    found: set[str] = set()
    walks: dict[str, int] = {}
    for walk, key in enumerate(named):
        while key in named and key not in walks:
            walks[key] = walk
            key = named[key]
        while walks.get(key) == walk and key not in found:
            found.add(key)
            key = named[key]
    return found


def asked_in_sheet(sheet) -> dict[str, list]:
    """The entries in which each question is asked, by its key; the chains are followed once, from their beginnings."""
    found: dict[str, list] = {}
    for question in sheet.chains.in_order:
        cards = sheet.part(sheet.chains.section_of[question.key]).cards
        found[question.key] = cards_that_ask(question, sheet, cards, found)
    return found


def asked_in_card(card) -> list[Question]:
    """The questions that are asked in one entry, also with other answers than are stored in it."""
    sheet, section = card.part.sheet, card.part.section
    found: Mapping[str, list] = ChainMap({}, sheet.asked)
    for question in sheet.chains.in_order:
        if sheet.chains.section_of[question.key] == section.key:
            found[question.key] = cards_that_ask(question, sheet, [card], found)
    return [question for question in section.questions if found[question.key]]


def cards_that_ask(question: Question, sheet, cards: list, asked: Mapping[str, list]) -> list:
    """Those of a section's entries in which a question is asked; ``asked`` says where the one is that it hangs on.

    The answer counts in the same entry, or where the other question stands in another section, in any of its entries.
    """
    source = sheet.chains.sources.get(question.key)
    if source is None or not sheet.applies(question):
        return list(cards) if sheet.applies(question) else []
    answered = [card for card in asked[source.key] if is_answered(source, card.draft, question.show_if_choice)]
    is_elsewhere = sheet.chains.section_of[source.key] != sheet.chains.section_of[question.key]
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
