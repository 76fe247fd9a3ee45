"""Which question of a questionnaire hangs on the answer to which."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .definition import Definition, Question


class Chains:
    """Which question hangs on which. One that hangs on nothing, or in a circle on itself, is asked of everybody:
    rather one question too many than one that nobody can answer.
    """

    def __init__(self, definition: "Definition") -> None:
        self.definition = definition
        self.section_of = {question.key: section.key for section in definition for question in section.questions}

    @cached_property
    def sources(self) -> dict[str, "Question"]:
        """The question on whose answer each conditional one hangs, by the key of the latter."""
        questions = self.definition.questions
        named = {key: each.show_if_question for key, each in questions.items() if each.show_if_question in questions}
        circles = in_circles(named)
        return {key: questions[source] for key, source in named.items() if key not in circles}

    @cached_property
    def in_order(self) -> list["Question"]:
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

    @cached_property
    def in_order_of(self) -> dict[str, list["Question"]]:
        """The same, section by section."""
        return {
            section.key: [question for question in self.in_order if self.section_of[question.key] == section.key]
            for section in self.definition
        }

    @cached_property
    def bound_sections(self) -> set[str]:
        """The sections in which a question hangs on the answer in another section."""
        section_of = self.section_of
        return {section_of[key] for key, each in self.sources.items() if section_of[each.key] != section_of[key]}


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
