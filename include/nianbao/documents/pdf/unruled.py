"""Tables without ruling lines: columns of text, taken for a table only where nothing is doubtful.

Two kinds are found: numbers below headings, with their labels beside them (`text_table`), and any text
in so many columns line by line.
"""

from collections.abc import Sequence
from itertools import pairwise

from nianbao.documents.pdf.lines import rows_of
from nianbao.documents.pdf.page import Char, Grid, GridCell, Line
from nianbao.documents.pdf.text_row import TextRow, text_row
from nianbao.documents.pdf.text_table import find_text_tables

_FEWEST_COLUMNS = 3
_FEWEST_ROWS = 3


def find_unruled(lines: Sequence[Line], chars: Sequence[Char]) -> list[Line | Grid]:
    """Return the lines with those that form the rows of a table made one."""
    rows = [row for of_line in rows_of(chars) if (row := text_row(of_line))]
    if len(rows) != len(lines):
        return list(lines)
    found: list[Line | Grid] = []
    done = 0
    for start, end, grid in find_text_tables(rows):
        found += [*_evenly_parted(rows[done:start]), grid]
        done = end
    return [*found, *_evenly_parted(rows[done:])]


def _evenly_parted(rows: Sequence[TextRow]) -> list[Line | Grid]:
    """Return lines with neighbours of equally many parts, three at least, as tables.

    Each part must be in a column of its own: where one reaches into a second column, all stay lines.
    """
    found: list[Line | Grid] = []
    start = 0
    while start < len(rows):
        end = start + 1
        while end < len(rows) and len(rows[end].wide_parts) == len(rows[start].wide_parts):
            end += 1
        block = rows[start:end]
        grid = _grid(block)
        found += [grid] if grid else [row.whole for row in block]
        start = end
    return found


def _grid(rows: Sequence[TextRow]) -> Grid | None:
    width = len(rows[0].wide_parts)
    if width < _FEWEST_COLUMNS or len(rows) < _FEWEST_ROWS:
        return None
    columns = list(zip(*(row.wide_parts for row in rows), strict=True))
    spans = [
        (min(part.box.left for part in column), max(part.box.right for part in column))
        for column in columns
    ]
    if any(right >= left for (_, right), (left, _) in pairwise(spans)):
        return None
    xs = (*(left for left, _ in spans), spans[-1][1])
    ys = (*(row.whole.box.top for row in rows), rows[-1].whole.box.bottom)
    cells = tuple(
        GridCell(row, column, 1, 1, part.box, part.text)
        for row, parts in enumerate(rows)
        for column, part in enumerate(parts.wide_parts)
    )
    return Grid(xs, ys, cells)
