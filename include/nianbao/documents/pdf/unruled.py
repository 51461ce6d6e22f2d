"""Tables without ruling lines: columns of text, taken for a table only where nothing is doubtful."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from nianbao.documents.pdf.lines import rows_of, text_lines
from nianbao.documents.pdf.page import Box, Char, Grid, GridCell, Line

_APART = 1.5
"""Ems between two columns; words of running text stand nearer."""
_FEWEST_COLUMNS = 3
_FEWEST_ROWS = 3


@dataclass(frozen=True, slots=True)
class _Row:
    parts: tuple[Line, ...]
    whole: Line


def find_unruled(lines: Sequence[Line], chars: Sequence[Char]) -> list[Line | Grid]:
    """Return the lines with those that form the rows of a table made one.

    Rows are neighbouring lines of equally many parts, three at least, each part in a column of its
    own: where a part reaches into a second column, all stay lines of text.
    """
    rows = [_row(row) for row in rows_of(chars)]
    rows = [row for row in rows if row.parts]
    if len(rows) != len(lines):
        return list(lines)
    found: list[Line | Grid] = []
    start = 0
    while start < len(rows):
        end = start + 1
        while end < len(rows) and len(rows[end].parts) == len(rows[start].parts):
            end += 1
        block = rows[start:end]
        grid = _grid(block)
        found += [grid] if grid else [row.whole for row in block]
        start = end
    return found


def _row(chars: list[Char]) -> _Row:
    parts: list[list[Char]] = []
    for char in chars:
        if char.text.isspace():
            continue
        if parts and char.box.left - parts[-1][-1].box.right <= _APART * char.size:
            parts[-1].append(char)
        else:
            parts.append([char])
    whole = text_lines(chars)
    lines = [line for part in parts for line in text_lines(part)]
    return _Row(tuple(lines) if whole else (), whole[0]) if whole else _Row((), _NOTHING)


_NOTHING = Line("", Box(0, 0, 0, 0), 0)


def _grid(rows: Sequence[_Row]) -> Grid | None:
    width = len(rows[0].parts)
    if width < _FEWEST_COLUMNS or len(rows) < _FEWEST_ROWS:
        return None
    columns = list(zip(*(row.parts for row in rows), strict=True))
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
        for column, part in enumerate(parts.parts)
    )
    return Grid(xs, ys, cells)
