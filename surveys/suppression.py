"""Figures that may be published: nobody can be told from a group under five, not even by subtracting.

A figure from 1 to 4 is small, and so is what a figure leaves of its group: „18 of 20“ says of two people what they did
not answer. Small figures are kept back, and beside them as many others as it takes (complementary cell suppression):
who knows every figure that is shown, the sizes of the groups and how many answered, must still think it possible that
a small one is five or more. Whether it is, is tried out: people are moved between the figures kept back until it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush

SMALLEST_GROUP = 5

Row = list[int]
Spot = tuple[int, int]  # row and place; place 0 is the sum over the groups
Node = tuple[str, int]  # a line of the table: the row or the column of that number
Step = tuple[Spot, int]  # a figure, and by how much it changes


def pooled(sizes: Mapping[str, int], smallest: int = SMALLEST_GROUP) -> list[str]:
    """The groups that are only shown together: all that are too small, and as many more as make the pool big enough."""
    by_size = sorted(sizes, key=lambda name: (sizes[name], name))
    pool = [name for name in by_size if sizes[name] < smallest]
    rest = [name for name in by_size if name not in pool]
    while pool and rest and sum(sizes[name] for name in pool) < smallest:
        pool.append(rest.pop(0))
    return pool


def protect(
    rows: list[Row], sizes: Row, answered: Row, *, adds_up: bool, limit: int | None = None
) -> list[list[int | None]]:
    """The rows, one for each choice, with None for what is kept back.

    Every row holds the figure for all responses and then for each group; ``sizes`` holds how many there are, of which
    ``answered`` have answered the question. Where the rows ``adds_up``, whoever answered stands in one of them;
    otherwise in up to ``limit``. How many answered may be known from another question: it is reckoned with both.
    """
    known = [number if is_big(number) else size for number, size in zip(answered[1:], sizes[1:], strict=True)]
    known = [sum(known), *known]
    hidden: set[Spot] = set()
    if adds_up and min(left_over(rows, known), default=0) >= 0:
        Trial(rows, sizes, hidden).run()
        Trial(rows, known, hidden, {place for place, figure in enumerate(left_over(rows, known)) if not figure}).run()
    else:
        for number, margins in ((number, margins) for margins in [sizes, known] for number in range(len(rows))):
            Trial(rows, margins, hidden, only=number).run()
        if limit:
            Trial(rows, [limit * number for number in known], hidden).run(with_rest=False)
    return [
        [None if (number, place) in hidden else figure for place, figure in enumerate(row)]
        for number, row in enumerate(rows)
    ]


def is_big(figure: int) -> bool:
    return figure >= SMALLEST_GROUP


def is_small(figure: int) -> bool:
    return 0 < figure < SMALLEST_GROUP


def left_over(rows: Iterable[Row], margins: Row) -> Row:
    """What the rows leave of the margins, place by place."""
    return [margin - sum(column) for margin, *column in zip(margins, *rows, strict=True)]


@dataclass
class Trial:
    """One way to reckon back: the rows (or ``only`` one) and what they leave over add up to the margins.

    What is left over is shown nowhere; at the ``fixed`` places it is known all the same. ``hidden`` grows.
    """

    rows: list[Row]
    margins: Row
    hidden: set[Spot]
    fixed: set[int] = field(default_factory=set)
    only: int | None = None

    def __post_init__(self) -> None:
        numbers = range(len(self.rows)) if self.only is None else [self.only]
        table = {number: self.rows[number] for number in numbers}
        self.rest = len(self.rows)
        table[self.rest] = left_over(table.values(), self.margins)
        self.table = {(number, place): figure for number, row in table.items() for place, figure in enumerate(row)}
        self.lines = defaultdict(list)
        for row, place in (spot for spot in self.table if spot[1] not in self.fixed_at(spot)):
            self.lines["row", row].append((row, place))
            self.lines["column", place].append((row, place))

    def run(self, *, with_rest: bool = True) -> None:
        """Keep back what is small and whatever gives it away; ``with_rest`` also where what is left over is small."""
        small = [spot for spot, figure in self.table.items() if is_small(figure) and spot[1] not in self.fixed_at(spot)]
        self.hidden |= {spot for spot in small if spot[0] != self.rest}
        for spot in small:
            if with_rest or spot[0] != self.rest:
                self.make_room(spot)

    def fixed_at(self, spot: Spot) -> set[int]:
        return self.fixed if spot[0] == self.rest else set()

    def make_room(self, spot: Spot) -> None:
        """Keep back as much as it takes for the figure to be possibly five, the cheapest figures first."""
        table = dict(self.table)
        while table[spot] < SMALLEST_GROUP and (steps := self.way_round(table, spot)):
            self.hidden |= {step for step, _ in steps if step[0] != self.rest}
            for step, change in [(spot, 1), *steps]:
                table[step] += change

    def way_round(self, table: dict[Spot, int], spot: Spot) -> list[Step]:
        """The figures that change with one more at the spot, so that all lines still add up; Dijkstra's algorithm."""
        row, place = spot
        start, goal = (("column", place), ("row", row)) if place else (("row", row), ("column", 0))
        queue, seen = [(0, start, [])], set()
        while queue:
            cost, node, steps = heappop(queue)
            if node == goal:
                return steps
            if node not in seen:
                seen.add(node)
                for step, change, target in self.steps_from(node, table):
                    if step != spot and target not in seen:
                        heappush(queue, (cost + self.price(step), target, [*steps, (step, change)]))
        return []

    def steps_from(self, node: Node, table: dict[Spot, int]) -> Iterator[tuple[Spot, int, Node]]:
        """What can make up for one too many in a column, or one too few beside it in a row, and where that leads."""
        is_column = node[0] == "column"
        for row, place in self.lines[node]:
            change = -1 if is_column == bool(place) else 1
            if table[row, place] + change >= 0:
                yield (row, place), change, ("row", row) if is_column else ("column", place)

    def price(self, spot: Spot) -> int:
        """What it costs to keep a figure back: nothing where that is so already, most for a sum over all groups."""
        if spot[0] == self.rest or spot in self.hidden:
            return 0
        biggest = self.margins[0] + 1
        return (self.table[spot] or biggest) + (0 if spot[1] else 100 * biggest)
