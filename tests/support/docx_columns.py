"""Where the columns of a Word table end, row by row: seldom at the same twip in real files."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from nianbao.sample.layout import Grid, Square

Widths = Literal["none", "even", "slivers", "uneven"]
"""`none`: no widths are given; `slivers`: rows end their cells a millimetre apart at most; `uneven`:
borders were dragged in single rows."""

WIDTHS: tuple[Widths, ...] = ("none", "even", "slivers", "uneven")
COLUMN = 900
_SHIFTS: Mapping[Widths, tuple[int, ...]] = {
    "slivers": (0, 0, 0, 2, 9, 20),
    "uneven": (0, 0, 0, 50, 120),
}


@dataclass(frozen=True)
class Columns:
    """The edges of one table: the columns of its grid, and those on which a square lies."""

    edges: tuple[int, ...]
    places: Mapping[tuple[int, int], int]
    """Row and column of the form, from zero → twips at which that column begins in that row."""

    @property
    def widths(self) -> list[int]:
        """The widths of the grid's columns."""
        return [right - left for left, right in zip(self.edges, self.edges[1:], strict=False)]

    def span(self, row: int, column: int, columns: int) -> tuple[int, int]:
        """Return the width in twips, and how many columns of the grid it covers."""
        left, right = self.places[row, column], self.places[row, column + columns]
        return right - left, self.edges.index(right) - self.edges.index(left)


def columns_of(grid: Grid, widths: Widths, rng: random.Random) -> Columns:
    """Return the columns of a table, drawn by chance."""
    width = max(square.column + square.column_span for square in grid)
    height = max(square.row + square.row_span for square in grid)
    each = [rng.randrange(600, 1500) if widths == "uneven" else COLUMN for _ in range(width)]
    base = [sum(each[:column]) for column in range(width + 1)]
    fixed = {place for square in grid if square.row_span > 1 for place in _sides(square)}
    shifts = _SHIFTS.get(widths, (0,))
    places = {
        (row, column): base[column]
        + (0 if (row, column) in fixed or column in (0, width) else rng.choice(shifts))
        for row in range(height)
        for column in range(width + 1)
    }
    return Columns(tuple(sorted(set(places.values()))), places)


def _sides(square: Square) -> set[tuple[int, int]]:
    """Return the places of a square's edges, which are the same in all its rows."""
    rows = range(square.row, square.row + square.row_span)
    return {(row, square.column + right) for row in rows for right in (0, square.column_span)}
