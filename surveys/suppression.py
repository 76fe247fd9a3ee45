"""Figures that may be published: nobody can be told from a group under five, not even by subtracting."""

from collections.abc import Iterator, Mapping

SMALLEST_GROUP = 5

Figures = list[list[int | None]]


def pooled(sizes: Mapping[str, int], smallest: int = SMALLEST_GROUP) -> list[str]:
    """The groups that are only shown together: all that are too small, and as many more as make the pool big enough."""
    by_size = sorted(sizes, key=lambda name: (sizes[name], name))
    pool = [name for name in by_size if sizes[name] < smallest]
    rest = [name for name in by_size if name not in pool]
    while pool and rest and sum(sizes[name] for name in pool) < smallest:
        pool.append(rest.pop(0))
    return pool


def protect(figures: Figures, *, columns_add_up: bool, smallest: int = SMALLEST_GROUP) -> Figures:
    """Keep back every figure from 1 up to ``smallest``, and more where the others of its line would give it away.

    Each row holds the sum of its figures first. Where everybody gave one answer, the columns add up too, to sizes of
    groups that are known. A line never has a single gap, and what its gaps add up to is not a small figure itself.
    """
    kept = [[None if 0 < figure < smallest else figure for figure in row] for row in figures]
    while spot := next(weak_spots(figures, kept, lines_of(figures, columns_add_up), smallest), None):
        row, place = spot
        kept[row][place] = None
    return kept


def lines_of(figures: Figures, columns_add_up: bool) -> list[list[tuple[int, int]]]:
    """The places of every line whose sum is known; the sum of a row stands in the row itself."""
    width = len(figures[0]) if figures else 0
    rows = [[(row, place) for place in range(1, width)] for row in range(len(figures))]
    columns = [[(row, place) for row in range(len(figures))] for place in range(width)]
    return rows + columns if columns_add_up else rows


def weak_spots(figures: Figures, kept: Figures, lines: list, smallest: int) -> Iterator[tuple[int, int]]:
    """What to keep back next where the gaps of a line can be worked out; where nothing else is left, its sum."""
    for line in lines:
        first = line[0][0]
        is_row = all(row == first for row, _ in line) and line[0][1] == 1
        if is_row and kept[first][0] is None:
            continue
        gaps = [figures[row][place] for row, place in line if kept[row][place] is None]
        if not gaps or (len(gaps) > 1 and sum(gaps) >= smallest):
            continue
        others = [(row, place) for row, place in line if kept[row][place]]
        if others:
            yield min(others, key=lambda spot: figures[spot[0]][spot[1]])
        elif is_row:
            yield first, 0
