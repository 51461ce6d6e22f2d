"""The numbers of a row by the squares they stand on, or why the row does not fit its header.

A row that is pushed one square aside looks whole: each number stands below some heading, and a blank at
one end hides what is missing or too many. So every square of the row must be accounted for.
"""

from collections.abc import Sequence

from nianbao.model import TableCell
from nianbao.reports.header import Columns, Header
from nianbao.reports.rows import TableRow
from nianbao.reports.text import label_key
from nianbao.reports.vocabulary import vocabulary

Cells = tuple[TableCell, ...]
Squares = Sequence[TableCell | None]


def below_headings(
    row: TableRow, label: TableCell | None, header: Header, columns: Columns
) -> Cells | str:
    """Return the number below each heading, if nothing else stands where numbers or labels do."""
    squares = row.table.grid[row.index]
    values = []
    displaced = False
    for column, span in columns.spots:
        cell = squares[column]
        if cell is not None:
            values.append(cell)
            fits = cell.column_span == span or (
                columns.repeated and _repeats(squares, column, span)
            )
            displaced = displaced or cell.column != column or not fits
    if len(values) < len(columns.spots):
        return f"{len(values)} numbers for {len(columns.spots)} columns"
    if displaced:
        return "numbers do not stand below their headings"
    last, span = columns.spots[-1]
    end = last + span
    if (end < len(squares) and squares[end] is not None) and not _is_spacer(row, header, end):
        return "more cells than columns"
    fault = _label_fault(squares, label, columns.spots[0][0])
    return fault or _pushed_left(squares, label, values) or tuple(values)


def _repeats(squares: Squares, first: int, width: int) -> bool:
    """Tell whether one text stands in so many squares, each a cell of its own."""
    cells = squares[first : first + width]
    return len({cell.text.strip() if cell else None for cell in cells}) == 1


def _label_fault(squares: Squares, label: TableCell | None, first: int) -> str:
    """Return what is wrong left of the first number, which is in column `first`; empty for nothing."""
    if label is None:
        return ""
    end = label.column + label.column_span
    if end > first:
        return "the label does not stand left of the numbers"
    if any(cell is not None and cell.text.strip() for cell in squares[end:first]):
        return "something stands between the label and the numbers"
    return ""


def _pushed_left(squares: Squares, label: TableCell | None, values: Sequence[TableCell]) -> str:
    """Return what is wrong where a row may stand one column too far left; empty for nothing.

    A merged cell of a row above that is one row short pulls the next row left. Its label is then a
    column away from the numbers, and its first number may be the blank there.
    """
    if label is None or values[-1].text.strip():
        return ""
    between = [
        cell
        for cell in squares[label.column + label.column_span : values[0].column]
        if cell is not None
    ]
    if between and any(cell.text.strip() for cell in values):
        return "the row may stand one column too far left"
    return ""


def _is_spacer(row: TableRow, header: Header, end: int) -> bool:
    """Tell whether what a row has beyond its last column is an empty column of the whole table."""
    key = (row.table.place, end)
    if key not in header.spacers:
        rows = [other for other in header.below if other.table is row.table]
        rows += [other for other in header.rows[-1:] if other.table is row.table]
        tails = {_tail(other.table.grid[other.index], end) for other in rows}
        header.spacers[key] = len(rows) > 1 and len(tails) == 1 and None not in tails
    return header.spacers[key]


def _tail(squares: Squares, end: int) -> int | None:
    """Return how far a row reaches beyond a column; `None` where any text stands there."""
    beyond = [column for column in range(end, len(squares)) if squares[column] is not None]
    if any(cell is not None and cell.text.strip() for cell in squares[end:]):
        return None
    return max(beyond, default=end - 1)


def below_heading(row: TableRow, heading: TableCell, before: set[str | None]) -> Cells | str:
    """Return the number below a list's heading, if the row has nothing else where numbers stand.

    `before` are comparable texts that may stand before it, besides units.
    """
    squares, column = row.table.grid[row.index], heading.column
    value = squares[column]
    if value is None:
        return "no number below the heading"
    if (value.column, value.column_span) != (column, heading.column_span):
        return "the number does not stand below its heading"
    beside = squares[column - 1] if column else None
    beyond = squares[column + heading.column_span :]
    further = any(cell is not None and cell.text.strip() for cell in beyond)
    known = before.union(vocabulary().units)
    if further or (beside is not None and label_key(beside.text) not in known):
        return "more numbers than columns"
    return (value,)
