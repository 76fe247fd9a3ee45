"""The figures of a round as they are published: reckoned once, frozen as a document, and read from it ever after."""

from functools import cached_property

from .definition import Question
from .models import PublishedFigures
from .statistics import Group, Statistics, Table


def describe(statistics: Statistics) -> dict:
    """The figures for publication as a document."""
    version = statistics.round.version
    return {
        "round": statistics.round.slug,
        "questionnaire": {"slug": version.document["slug"], "version": version.number, "sha256": version.sha256},
        "total": statistics.total,
        "kind_question": statistics.kind_question.key if statistics.kind_question else "",
        "groups": [[group.label, group.size] for group in statistics.groups],
        "questions": [describe_table(table) for table in statistics.tables],
    }


def describe_table(table: Table) -> dict:
    question = table.question
    rows = [[label, figures] for label, figures in table.rows]
    return {"key": question.key, "text": question.text, "kind": question.kind, "rows": rows}


class FrozenStatistics:
    """What was published, as the page of the statistics shows it."""

    for_publication = is_shown = True
    days = sections = ()

    def __init__(self, figures: PublishedFigures) -> None:
        self.document, self.total = figures.document, figures.document["total"]

    @cached_property
    def groups(self) -> list[Group]:
        return [Group(label, (), size) for label, size in self.document["groups"]]

    @cached_property
    def tables(self) -> list[Table]:
        return [
            Table(Question(each["key"], each["text"], each["kind"]), None, [tuple(row) for row in each["rows"]])
            for each in self.document["questions"]
        ]

    @property
    def kind_question(self) -> Question | None:
        """The question that asks for the kind of organisation."""
        questions = (table.question for table in self.tables)
        return next((each for each in questions if each.key == self.document["kind_question"]), None)
