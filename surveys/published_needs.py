"""The released needs with their frozen figures, as every page and the document show them."""

from datetime import datetime
from functools import cached_property

from ogl_portal.directory.models import TargetGroup

from .matrix import Cell, Column, Row
from .models import Need
from .need_figures import REST


class PublishedNeeds:
    """All released needs; two questions to the database, however many there are."""

    @cached_property
    def needs(self) -> list[Need]:
        return list(Need.objects.released().with_figures().by_weight())

    @cached_property
    def columns(self) -> list[Column]:
        """The target groups that are named anywhere, and what stands for all others."""
        places = {place for need in self.needs for place in places_of(need)}
        named = [Column(each.name, group=each) for each in TargetGroup.objects.filter(slug__in=places)]
        return [*named, *([Column("Weitere Zielgruppen")] if REST in places else [])]

    @cached_property
    def rows(self) -> list[Row]:
        return [self.row_of(need) for need in self.needs]

    def row_of(self, need: Need) -> Row:
        figures = figures_of(need)
        cells = [Cell(column, figures.get(place_of(column))) for column in self.columns]
        return Row(need, need.document["total"] if need.document else None, cells)

    def row(self, need: Need) -> Row | None:
        """The row of one need."""
        return next((row for row in self.rows if row.need == need), None)

    @property
    def parts(self) -> list[tuple[Column, list[tuple[Row, Column]]]]:
        """Column by column the needs that are said there, each with the first column that has it."""
        said = {row.need: [each for each in self.columns if place_of(each) in places_of(row.need)] for row in self.rows}
        return [
            (column, [(row, said[row.need][0]) for row in self.rows if column in said[row.need]])
            for column in self.columns
        ]

    @property
    def has_examples(self) -> bool:
        return any(need.is_example for need in self.needs)

    @property
    def as_of(self) -> datetime | None:
        """The last Stand."""
        return max((need.frozen_at for need in self.needs if need.frozen_at), default=None)

    @property
    def began(self) -> datetime | None:
        """The first Stand, where figures of several days stand together."""
        return min((need.frozen_at for need in self.needs if need.frozen_at), default=None)

    @property
    def organisations(self) -> int | None:
        """Whose answers were read at the last Stand, unless they are few."""
        last = max((need for need in self.needs if need.frozen_at), key=lambda need: need.frozen_at, default=None)
        return last.document["of"] if last else None

    @property
    def bars(self) -> list[tuple[str, int | None]]:
        """The needs whose figure is shown, the most frequent first."""
        shown = [(row.need.title, row.total) for row in self.rows if row.total is not None]
        return sorted(shown, key=lambda bar: -bar[1])


def figures_of(need: Need) -> dict[str, int | None]:
    """What may be known of each place; of what is not in it, nothing."""
    return need.document["groups"] if need.document else {}


def place_of(column: Column) -> str:
    return column.group.slug if column.group else REST


def places_of(need: Need) -> list[str]:
    """For whom the need is said, as far as that may be known; a need without figures stands with the rest."""
    if not need.document:
        return [REST]
    return [place for place, figure in figures_of(need).items() if figure != 0] or [REST]


def needs_of_group(group: TargetGroup) -> list[Need]:
    """The released needs that are said for a target group, as far as that may be known, the weightiest first."""
    return [need for need in PublishedNeeds().needs if group.slug in places_of(need)]
