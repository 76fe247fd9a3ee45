"""Which needs are said by how many organisations, for which target group: for the lead, and as it may be published.

Every figure counts organisations, so that one that says the same five times counts once. The database does the
counting, in a number of questions that does not depend on how much was coded.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from ogl_portal.directory.models import TargetGroup

from .models import Coding, Need
from .suppression import is_big, is_small, pooled, protect

ORGANISATIONS = Count("organisation_token", distinct=True)


@dataclass(frozen=True)
class Column:
    """A target group, or several that are too small to be named alone."""

    label: str
    size: int | None
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
    def as_of(self) -> date:
        """The day of the last release or coding, whichever came later; today where there is none."""
        moments = self.codings.aggregate(coded=Max("created_at"), released=Max("need__released_at"))
        return timezone.localdate(max(filter(None, moments.values()), default=timezone.now()))

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


class PublicMatrix(Matrix):
    """The figures of released needs that tell of nobody.

    Groups of fewer than five organisations are shown together, and figures are kept back as in the statistics of a
    round: from 1 to 4, what leaves 1 to 4 over, and what would give those away.
    """

    def __init__(self) -> None:
        super().__init__(Coding.objects.released())

    @cached_property
    def small(self) -> list[int]:
        """The target groups that are not named."""
        return [int(key) for key in pooled({f"{group.pk:09}": self.sizes[group.pk] for group in self.groups})]

    @cached_property
    def rest(self) -> QuerySet:
        return self.codings.filter(target_group__in=self.small)

    @cached_property
    def rest_counts(self) -> dict[int, int]:
        """Organisations by need over all groups that are not named."""
        return dict(self.rest.values("need").annotate(number=ORGANISATIONS).values_list("need", "number"))

    @cached_property
    def rest_size(self) -> int:
        return self.rest.aggregate(number=ORGANISATIONS)["number"]

    @cached_property
    def columns(self) -> list[Column]:
        named = [Column(each.name, self.sizes[each.pk], each) for each in self.groups if each.pk not in self.small]
        rest = Column("Weitere Zielgruppen", self.rest_size if is_big(self.rest_size) else None)
        return [*named, *([rest] if self.small else [])]

    def count(self, need: Need, column: Column) -> int:
        return super().count(need, column) if column.group else self.rest_counts.get(need.pk, 0)

    @cached_property
    def rows(self) -> list[Row]:
        figures = [[self.count(need, column) for column in self.columns] for need in self.needs]
        sizes = [column.size or self.rest_size for column in self.columns]
        with_sums = [[sum(line), *line] for line in figures]
        whole = [sum(sizes), *sizes]
        shown = protect(with_sums, whole, whole, adds_up=False)
        return [
            Row(need, self.shown_total(need), [Cell(*pair) for pair in zip(self.columns, line[1:], strict=True)])
            for need, line in zip(self.needs, shown, strict=True)
        ]

    def shown_total(self, need: Need) -> int | None:
        """The organisations behind a need, unless they are few, or all but few."""
        total = self.totals[need.pk]
        return total if is_big(total) and not is_small(self.organisations - total) else None

    def row(self, need: Need) -> Row | None:
        """The row of one need."""
        return next((row for row in self.rows if row.need == need), None)

    @property
    def parts(self) -> list[tuple[Column, list[tuple[Row, Column]]]]:
        """Column by column the needs that are said there, each with the first column that has it."""
        said = {row.need: [column for column in self.columns if self.count(row.need, column)] for row in self.rows}
        return [
            (column, [(row, said[row.need][0]) for row in self.rows if column in said[row.need]])
            for column in self.columns
        ]

    @property
    def has_examples(self) -> bool:
        return any(need.is_example for need in self.needs)

    @property
    def shown_organisations(self) -> int | None:
        """All organisations, unless they are few."""
        return self.organisations if is_big(self.organisations) else None

    @property
    def bars(self) -> list[tuple[str, int | None]]:
        """The needs whose figure is shown, the most frequent first."""
        shown = [(row.need.title, row.total) for row in self.rows if row.total is not None]
        return sorted(shown, key=lambda bar: -bar[1])
