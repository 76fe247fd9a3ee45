"""Bars for SVG: positions and lengths in units of the drawing. The words stand in a table beside it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import Truncator

WIDTH = 360
LONGEST_LABEL = 50
ROW = 44
COLUMN_HEIGHT = 200
WIDEST_COLUMN = 40


@dataclass(frozen=True)
class Bar:
    """One bar, with where its label stands."""

    label: str
    value: int | None
    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """Where the figure behind a lying bar stands."""
        return self.x + self.width + 8

    @property
    def text_y(self) -> int:
        """The base line of the label over a lying bar."""
        return self.y - 6

    @property
    def figure_y(self) -> int:
        return self.y + self.height - 3


@dataclass(frozen=True)
class Chart:
    """A drawing of bars; ``name`` makes its ids unique on the page."""

    name: str
    title: str
    bars: list[Bar]
    height: int
    width: int = WIDTH


def lying(name: str, title: str, figures: Iterable[tuple[str, int | None]]) -> Chart:
    """A bar to the right for every figure; what is kept back has none."""
    figures = list(figures)
    longest = max((value or 0 for _, value in figures), default=0) or 1
    bars = [
        Bar(
            Truncator(label).chars(LONGEST_LABEL),
            value,
            0,
            number * ROW + 20,
            round((value or 0) / longest * (WIDTH - 60)),
            16,
        )
        for number, (label, value) in enumerate(figures)
    ]
    return Chart(name, title, bars, len(bars) * ROW)


def standing(name: str, title: str, figures: Iterable[tuple[str, int]]) -> Chart:
    """A column for every figure, from left to right."""
    figures = list(figures)
    highest = max((value for _, value in figures), default=0) or 1
    step = min(WIDEST_COLUMN, WIDTH // max(1, len(figures)))
    bars = []
    for number, (label, value) in enumerate(figures):
        height = round(value / highest * (COLUMN_HEIGHT - 24))
        bars.append(Bar(label, value, number * step, COLUMN_HEIGHT - height, max(1, step - 3), height))
    return Chart(name, title, bars, COLUMN_HEIGHT + 20)
