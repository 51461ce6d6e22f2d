"""Numbers in columns below headings, with their labels beside them, and no line drawn anywhere.

A column is where numbers of several rows, or a heading and numbers, stand above each other. A row's
label is the text beside its numbers, on as many lines as it takes. What does not come out evenly stays
text, and its numbers unread.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from nianbao.documents.pdf.page import Box, Grid, GridCell, Line
from nianbao.documents.pdf.text_columns import Columns, columns_of
from nianbao.documents.pdf.text_labels import Labelled, labelled
from nianbao.documents.pdf.text_row import TextRow, is_corner, is_heading, opens_label, union

_NEAR = 3.5
"""Ems between two lines of one table."""
_NEXT = 1.9
"""Ems between two lines of one cell."""
_NEXT_TO = 1.7
"""Ems between the lines of one number, and those beside it."""
_LEAST_APART = 1.2
"""Ems between two rows of a table."""
_HAIR = 0.01
"""Between sides that nothing is known of."""


def find_text_tables(rows: Sequence[TextRow]) -> Iterator[tuple[int, int, Grid]]:
    """Yield tables with the first of their lines and the line behind their last one, in order."""
    done = 0
    rows = _without_pieces(rows)
    for start, end in _blocks(rows):
        columns = columns_of(rows[done:start], rows[start:end])
        found = labelled(rows[start:end], columns) if columns else None
        if columns and found:
            yield start - columns.height, end, _grid(columns, found)
            done = end


def _without_pieces(rows: Sequence[TextRow]) -> list[TextRow]:
    """Return lines with a note on those that stand too near to another one to be a row beside it."""
    found = list(rows)
    for at, row in enumerate(rows):
        for other in (*rows[max(0, at - 2) : at], *rows[at + 1 : at + 3]):
            near = abs(other.y - row.y) < _LEAST_APART * row.whole.size
            if near and 0 < len(row.values) < len(other.values):
                found[at] = replace(row, is_piece=True)
    return found


def _blocks(rows: Sequence[TextRow]) -> Iterator[tuple[int, int]]:
    """Yield the lines from a first one with numbers to the last that may belong to it, and the one behind."""
    at = 0
    while at < len(rows):
        if not rows[at].values:
            at += 1
            continue
        end, near = at + 1, at + 1
        parts = list(rows[at].values)
        while near < len(rows) and _is_near(rows[near - 1], rows[near], _NEAR):
            row = rows[near]
            if row.values:
                parts += row.values
                end = near + 1
            elif not _may_go_on(row, parts, [rows[end - 1], *rows[near + 1 : near + 4]]):
                break
            elif near == end and _ends(rows[near - 1], row):
                end = near + 1
            near += 1
        yield at, end
        at = end


def _may_go_on(row: TextRow, numbers: Sequence[Line], around: Sequence[TextRow]) -> bool:
    """Tell whether a line without numbers may be part of a label, or of numbers on several lines."""
    left = min(part.box.left for part in numbers)
    beyond = [part for part in row.parts if part.box.right > left]
    if not beyond:
        return True
    near = any(
        other.values and abs(other.y - row.y) <= _NEXT_TO * row.whole.size for other in around
    )
    heads = any(is_heading(part.text) or is_corner(part.text) for part in row.parts)
    return near and not heads and all(part.box.left >= left - part.size for part in beyond)


def _ends(above: TextRow, row: TextRow) -> bool:
    """Tell whether a line below the last numbers belongs to them."""
    return _is_near(above, row, _NEXT) and not opens_label(row.whole.text)


def _is_near(above: TextRow, below: TextRow, most: float) -> bool:
    return below.y - above.y <= most * max(above.whole.size, below.whole.size)


def _grid(columns: Columns, rows: Sequence[Labelled]) -> Grid:
    """Return the table: columns for the labels of groups and rows, where there are any, then the numbers."""
    groups = int(any(row.groups for row in rows))
    labels = groups + any(row.own for row in rows)
    lines: list[list[Sequence[Line]]] = [
        [*([(), corner][2 - labels :]), *heads] for corner, heads in columns.headings()
    ]
    lines += [[*([row.groups, row.own][2 - labels :]), *row.cells] for row in rows]
    box = union([line for row in lines for cell in row for line in cell])
    lefts = tuple(box.left + _HAIR * index for index in range(labels))
    xs = (*lefts, *columns.lefts(box.left + _HAIR * len(lefts)), box.right)
    ys = (box.top, *(box.top + _HAIR * index for index in range(1, len(lines))), box.bottom)
    cells = tuple(cell for index, row in enumerate(lines) for cell in _texts(index, row))
    return Grid(xs, ys, cells, unruled=True)


def _texts(row: int, cells: Sequence[Sequence[Line]]) -> Iterator[GridCell]:
    whole = union([line for lines in cells for line in lines])
    for column, lines in enumerate(cells):
        box = union(lines) if lines else Box(whole.left, whole.top, whole.left, whole.bottom)
        yield GridCell(row, column, 1, 1, box, "\n".join(line.text for line in lines))
