"""What came back in a round, in figures: over time, by kind of organisation, and choice by choice.

Every figure counts responses, so that somebody with five entries counts once.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils import timezone

from ogl_portal.directory.models import Organisation

from .definition import Definition, Kind, Question
from .models import Answer, Entry, Response, Round, Submission
from .suppression import SMALLEST_GROUP, pooled, protect

Figures = list[list[int | None]]


@dataclass(frozen=True)
class Group:
    """The responses of one kind of organisation, or of several kinds that are too small to be named alone."""

    label: str
    kinds: tuple[str, ...]
    size: int


@dataclass(frozen=True)
class Table:
    """One question: a row per choice, with the figure for all responses first and then for each group.

    A figure of None is kept back because too few stand behind it.
    """

    question: Question
    answered: int | None
    rows: list[tuple[str, list[int | None]]]

    @property
    def bars(self) -> list[tuple[str, int | None]]:
        return [(label, figures[0]) for label, figures in self.rows]

    @property
    def rows_by_group(self) -> list[tuple[str, list[int | None]]]:
        return [(label, figures[1:]) for label, figures in self.rows]


@dataclass(frozen=True)
class Day:
    day: date
    new: int
    total: int


class Statistics:
    """The figures of a round; for publication groups under five are pooled and figures under five kept back."""

    def __init__(self, round: Round, *, for_publication: bool = False) -> None:
        self.round, self.for_publication = round, for_publication
        self.definition: Definition = round.definition

    @cached_property
    def kinds(self) -> dict[int, str]:
        """The kind of organisation of every submitted response: as answered, else as the profile has it."""
        responses = Response.objects.submitted().filter(round=self.round, answers_deleted_at=None)
        kinds = dict(responses.values_list("pk", "organisation__kind"))
        answered = self.answers.get(self.kind_question.key, {}) if self.kind_question else {}
        kinds |= {pk: kind for kind, found in answered.items() for pk in found if pk in kinds}
        return {pk: kind or Organisation.Kind.OTHER.value for pk, kind in kinds.items()}

    @cached_property
    def kind_question(self) -> Question | None:
        """The question that asks for the kind of organisation."""
        questions = self.definition.questions.values()
        known = set(Organisation.Kind.values)
        return next((each for each in questions if each.kind == Kind.ONE_OF and each.choice_keys >= known), None)

    @cached_property
    def answers(self) -> dict[str, dict[str, set[int]]]:
        """By question and value: which responses hold it."""
        keys = [question.key for question in self.questions]
        rows = Answer.objects.filter(entry__response__round=self.round, question_key__in=keys, part="")
        found: dict[str, dict[str, set[int]]] = {}
        for response, question, value in rows.values_list("entry__response", "question_key", "value"):
            found.setdefault(question, {}).setdefault(value, set()).add(response)
        return found

    @property
    def questions(self) -> list[Question]:
        """The questions that can be counted."""
        return [question for question in self.definition.questions.values() if question.options]

    @property
    def total(self) -> int:
        return len(self.kinds)

    @property
    def is_shown(self) -> bool:
        """Whether enough came back for figures at all."""
        return self.total >= (SMALLEST_GROUP if self.for_publication else 1)

    @cached_property
    def groups(self) -> list[Group]:
        """The kinds of organisation that answered."""
        sizes = Counter(self.kinds.values())
        kinds = [kind for kind in Organisation.Kind if sizes[kind.value]]
        if not self.for_publication:
            return [Group(kind.label, (kind.value,), sizes[kind.value]) for kind in kinds]
        small = pooled({kind.value: sizes[kind.value] for kind in kinds})
        named = [Group(kind.label, (kind.value,), sizes[kind.value]) for kind in kinds if kind.value not in small]
        rest = Group("übrige Gruppen", tuple(small), sum(sizes[kind] for kind in small))
        return [*named, *([rest] if small else [])]

    @property
    def tables(self) -> list[Table]:
        """A table for every question with choices."""
        return [self.table(question) for question in self.questions]

    def table(self, question: Question) -> Table:
        found = self.answers.get(question.key, {})
        answered = set().union(*found.values()) & self.kinds.keys() if found else set()
        figures: Figures = [self.line(found.get(choice.key, ())) for choice in question.options]
        if self.for_publication:
            figures = self.protected(question, figures, answered)
        rows = [(choice.label, line) for choice, line in zip(question.options, figures, strict=True)]
        return Table(question, len(answered), rows)

    def protected(self, question: Question, figures: Figures, answered: Iterable[int]) -> Figures:
        """The figures without those that tell of few; who has several entries may have given several answers."""
        is_repeated = self.definition.section_of(question).is_repeatable
        return protect(
            figures,
            self.line(self.kinds),
            self.line(answered),
            adds_up=question.kind != Kind.SEVERAL_OF,
            limit=None if is_repeated else question.max_choices,
        )

    def line(self, responses: Iterable[int]) -> list[int]:
        """How many of these responses there are, and how many in each group."""
        counted = Counter(self.kinds[pk] for pk in responses if pk in self.kinds)
        return [counted.total(), *(sum(counted[kind] for kind in group.kinds) for group in self.groups)]

    @property
    def sections(self) -> list[tuple[str, int, int]]:
        """Heading, responses with entries and number of entries of each section that repeats."""
        entries = Entry.objects.submitted().filter(response__in=self.kinds)
        pairs = list(entries.values_list("section_key", "response"))
        repeating = [section for section in self.definition if section.is_repeatable]
        return [
            (
                section.heading,
                len({response for key, response in pairs if key == section.key}),
                sum(key == section.key for key, _ in pairs),
            )
            for section in repeating
        ]

    @cached_property
    def days(self) -> list[Day]:
        """Every day from the first submission to the last, with those that came for the first time and the sum."""
        first = Submission.objects.filter(response__in=self.kinds, number=1).values_list("submitted_at", flat=True)
        new = Counter(timezone.localtime(moment).date() for moment in first)
        if not new:
            return []
        days = [min(new) + timedelta(days=step) for step in range((max(new) - min(new)).days + 1)]
        return [Day(day, new[day], sum(new[other] for other in days if other <= day)) for day in days]
