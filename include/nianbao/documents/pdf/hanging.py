"""Text of a cell that hangs below its table where the page ends: the lines stop, the words go on."""

from collections.abc import Sequence
from dataclasses import replace

from nianbao.documents.pdf.lines import rows_of
from nianbao.documents.pdf.page import Box, Char, Grid, GridCell

_STEP = 1.7
"""Ems from the table, or from a line that hangs, to the middle of the next such line."""


def hanging_below(grid: Grid, chars: Sequence[Char]) -> list[Char]:
    """Return the characters below a table that belong to cells of its last row.

    They do if they stand right below cells that no line closes, while others of the row are closed:
    below a table without a last line, anything may stand.
    """
    last = [cell for cell in grid.cells if cell.row + cell.row_span == len(grid.rows) - 1]
    ends = [cell for cell in last if cell.open_bottom]
    if not ends or len(ends) == len(last):
        return []
    below = [char for char in chars if char.y > grid.box.bottom and not char.text.isspace()]
    found: list[Char] = []
    reached = grid.box.bottom
    for row in rows_of(below):
        held = all(any(_is_below(cell, char) for cell in ends) for char in row)
        if not held or row[0].y - reached > _STEP * row[0].size:
            break
        found += row
        reached = row[0].y
    return found


def _is_below(cell: GridCell, char: Char) -> bool:
    return cell.box.left <= char.box.left and char.box.right <= cell.box.right


def lengthened(grid: Grid, hanging: Sequence[Char]) -> Grid:
    """Return the table with its open cells drawn down to the end of what hangs below them."""
    if not hanging:
        return grid
    bottom = max(char.box.bottom for char in hanging)
    cells = tuple(_down_to(cell, bottom) if cell.open_bottom else cell for cell in grid.cells)
    return replace(grid, rows=(*grid.rows[:-1], bottom), cells=cells)


def _down_to(cell: GridCell, bottom: float) -> GridCell:
    return replace(cell, box=Box(cell.box.left, cell.box.top, cell.box.right, bottom))
