"""Which needs are said by how many organisations, for which target group: all figures, for the OGL-Leitung alone.

Every figure counts organisations, so that one that says the same five times counts once. The database does the
counting, in a number of questions that does not depend on how much was coded. What may be published: need_figures.py.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, QuerySet

from ogl_portal.directory.models import TargetGroup

from .models import Coding, Need

ORGANISATIONS = Count("organisation_token", distinct=True)


@dataclass(frozen=True)
class Column:
    """A target group, or several that are too small to be named alone."""

    label: str
    size: int | None = None
    group: TargetGroup | None = None

    @property
    def name(self) -> str:
        """What names its place on a page."""
        return self.group.slug if self.group else "weitere"


@dataclass(frozen=True)
class Cell:
    """How many organisations say a need for a target group; None is kept back."""

    column: Column
    figure: int | None


@dataclass(frozen=True)
class Row:
    """A need with all organisations behind it, and with its figure in every column."""

    need: Need
    total: int | None
    cells: list[Cell]


class Matrix:
    """All figures, of the codings given."""

    def __init__(self, codings: QuerySet | None = None) -> None:
        self.codings = (Coding.objects.all() if codings is None else codings).order_by()

    @cached_property
    def counts(self) -> dict[tuple[int, int], int]:
        """Organisations by need and target group."""
        rows = self.codings.values("need", "target_group").annotate(number=ORGANISATIONS)
        return {(row["need"], row["target_group"]): row["number"] for row in rows}

    @cached_property
    def totals(self) -> dict[int, int]:
        """Organisations by need."""
        return dict(self.codings.values("need").annotate(number=ORGANISATIONS).values_list("need", "number"))

    @cached_property
    def sizes(self) -> dict[int, int]:
        """Organisations by target group."""
        rows = self.codings.values("target_group").annotate(number=ORGANISATIONS)
        return dict(rows.values_list("target_group", "number"))

    @cached_property
    def organisations(self) -> int:
        """All organisations that say any need."""
        return self.codings.aggregate(number=ORGANISATIONS)["number"]

    @cached_property
    def needs(self) -> list[Need]:
        return list(Need.objects.filter(pk__in=self.totals).by_weight())

    @cached_property
    def groups(self) -> list[TargetGroup]:
        return list(TargetGroup.objects.filter(pk__in=self.sizes))

    @cached_property
    def columns(self) -> list[Column]:
        return [Column(group.name, self.sizes[group.pk], group) for group in self.groups]

    @cached_property
    def rows(self) -> list[Row]:
        return [
            Row(need, self.totals[need.pk], [Cell(column, self.count(need, column)) for column in self.columns])
            for need in self.needs
        ]

    def count(self, need: Need, column: Column) -> int:
        return self.counts.get((need.pk, column.group.pk), 0)
