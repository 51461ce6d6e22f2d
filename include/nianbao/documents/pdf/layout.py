"""A page's characters and lines as tables and lines of running text."""

from collections.abc import Sequence
from dataclasses import replace

from nianbao.documents.pdf.drawing import Drawing
from nianbao.documents.pdf.grid import find_grids
from nianbao.documents.pdf.hanging import hanging_below, lengthened
from nianbao.documents.pdf.lines import cell_text, mark_struck, text_lines
from nianbao.documents.pdf.page import Box, Char, Grid, GridCell, Line
from nianbao.documents.pdf.unruled import find_unruled

_REACH = 2.5
"""Points by which ruling lines of one table may miss each other."""
_BESIDE = 0.4
"""Ems within which text at an edge without a line may be cut in two by it."""
_UNKNOWN = "\ufffd"


def lay_out(chars: Sequence[Char], drawing: Drawing, *, unruled: bool = True) -> list[Line | Grid]:
    """Return the tables and the lines of text of a page, from top to bottom.

    `unruled` says whether text in columns may be a table without lines.
    """
    across, down = drawing.rules()
    mark_struck(chars, drawing.across)
    grids, left = [], list(chars)
    for grid in find_grids(across, down, _REACH):
        inside = [char for char in left if _touches(grid.box, char)]
        left = [char for char in left if not _touches(grid.box, char)]
        hanging = hanging_below(grid, left)
        left = [char for char in left if char not in hanging] if hanging else left
        filled = fill(lengthened(grid, hanging), [*inside, *hanging])
        if any(cell.text for cell in filled.cells):
            grids.append(filled)
    lines: list[Line] = text_lines(left)
    items: list[Line | Grid] = [*grids, *(find_unruled(lines, left) if unruled else lines)]
    return sorted(items, key=lambda item: (item.box.top, item.box.left))


def _touches(box: Box, char: Char) -> bool:
    """Tell whether a character belongs to a table; one right beside an open side does too."""
    near = _BESIDE * char.size
    return box.top <= char.y <= box.bottom and box.left - near <= char.x <= box.right + near


def fill(grid: Grid, chars: Sequence[Char]) -> Grid:
    """Return the table with each character in the cell that its middle lies in."""
    squares = {
        (row, column): index
        for index, cell in enumerate(grid.cells)
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    held: dict[int, list[Char]] = {}
    for char in chars:
        row, column = _between(grid.rows, char.y), _between(grid.columns, char.x)
        cell = grid.cells[squares[row, column]]
        if char.x < cell.box.left:
            column = max(cell.column - 1, 0)
        elif char.x > cell.box.right:
            column = min(cell.column + cell.column_span, len(grid.columns) - 2)
        held.setdefault(squares[row, column], []).append(char)
    return replace(
        grid,
        cells=tuple(_filled(cell, held.get(index, [])) for index, cell in enumerate(grid.cells)),
    )


def _filled(cell: GridCell, chars: list[Char]) -> GridCell:
    if not chars:
        return cell
    text = cell_text(chars)
    if cell.loose and any(_at_side(cell.box, char) for char in chars):
        text += _UNKNOWN
    return replace(cell, text=text)


def _at_side(box: Box, char: Char) -> bool:
    near = _BESIDE * char.size
    return char.box.left - box.left < near or box.right - char.box.right < near


def _between(positions: Sequence[float], at: float) -> int:
    """Return between which two positions a point lies, counted from zero."""
    return sum(position <= at for position in positions[1:-1])
