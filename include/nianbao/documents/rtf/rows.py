"""Table rows of rich text, each with its own right edges, as one table with spans."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from nianbao.documents.docx.columns import lines_of
from nianbao.errors import ReadError
from nianbao.model import TableCell

_MOST_SQUARES = 200_000
Merge = Literal["", "first", "more"]


@dataclass(frozen=True, slots=True)
class CellShape:
    """The right edge of a cell, and whether it begins or continues a merged one."""

    right: int
    down: Merge = ""
    across: Merge = ""


@dataclass(slots=True)
class RowShape:
    """A row's definition while it is read."""

    left: int = 0
    cells: list[CellShape] = field(default_factory=list)
    down: Merge = ""
    across: Merge = ""

    def end_cell(self, right: int) -> None:
        """Define a cell by its right edge, with the merges named before it."""
        self.cells.append(CellShape(right, self.down, self.across))
        self.down = self.across = ""

    def copy(self) -> "RowShape":
        """Return what is defined so far; the definition serves until the next one."""
        return RowShape(self.left, list(self.cells))

    def clear(self) -> None:
        """Begin a new definition."""
        self.left, self.cells, self.down, self.across = 0, [], "", ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as read: its shape and the text of its cells."""

    left: int
    shapes: tuple[CellShape, ...]
    texts: tuple[str, ...]


@dataclass(slots=True)
class _Placed:
    text: str
    row: int
    column: int
    rows: int
    columns: int


def cells_of(rows: Sequence[Row]) -> tuple[TableCell, ...]:
    """Return the cells of a table, placed in the columns that all its edges make up.

    Raises `ReadError("over_limit")` for a table of more squares than any report has.
    """
    edges = [*(row.left for row in rows), *(c.right for row in rows for c in row.shapes)]
    lines = lines_of(edges, min(_widths(rows), default=0))
    if (max(lines.values(), default=0) + 1) * len(rows) > _MOST_SQUARES:
        raise ReadError("over_limit", "a table with more squares than any report has")
    placed: list[_Placed] = []
    open_cells: dict[int, _Placed] = {}
    for number, row in enumerate(rows):
        line = _place(row, number, lines, open_cells)
        placed += line
        for cell in line:
            open_cells[cell.column] = cell
    return tuple(TableCell(c.text, c.row, c.column, c.rows, c.columns) for c in placed)


def _place(
    row: Row, number: int, lines: Mapping[int, int], open_cells: dict[int, _Placed]
) -> list[_Placed]:
    """Return the cells that begin in a row; those that continue one above make that one longer."""
    line: list[_Placed] = []
    column = lines[row.left]
    continued: _Placed | None = None
    for shape, text in zip(row.shapes, row.texts, strict=True):
        end = lines[shape.right]
        if end <= column:
            continue  # a cell without text, too narrow to be seen
        above = open_cells.get(column)
        if shape.across == "more" and (continued or line):
            (continued or line[-1]).columns += 0 if continued else end - column
        elif (
            shape.down == "more"
            and above is not None
            and above.row + above.rows == number
            and above.columns == end - column
        ):
            above.rows += 1
            continued = above
        else:
            line.append(_Placed(text, number, column, 1, end - column))
            continued = None
        column = end
    return line


def _widths(rows: Sequence[Row]) -> Iterator[int]:
    """Yield the widths of the cells that hold text; one merged over others is taken as it begins."""
    for row in rows:
        left = row.left
        for shape, text in zip(row.shapes, row.texts, strict=True):
            if text.strip():
                yield shape.right - left
            left = shape.right


def complete(row: Row) -> Row:
    """Return a row with as many shapes as texts, all with edges that ascend."""
    shapes = list(row.shapes[: len(row.texts)])
    edge = shapes[-1].right if shapes else row.left
    width = 1_000
    shapes += [CellShape(edge + width * n) for n in range(1, len(row.texts) - len(shapes) + 1)]
    rights = [row.left, *(shape.right for shape in shapes)]
    if all(before < after for before, after in pairwise(rights)):
        return Row(row.left, tuple(shapes), row.texts)
    # Edges out of order say nothing about columns: the cells are then counted.
    counted = tuple(CellShape(width * n) for n in range(1, len(row.texts) + 1))
    return Row(0, counted, row.texts)
