"""The number cells of one row, or the reason why they can't be told apart."""

from nianbao.forms import Block, FormTable, Row
from nianbao.model import TableCell
from nianbao.reports.candidates import Candidate, column_keys, group_keys
from nianbao.reports.header import Columns, find_columns
from nianbao.reports.rows import TableRow
from nianbao.reports.values import read_value
from nianbao.reports.vocabulary import vocabulary

Taken = tuple[TableCell, ...]


def take_values(table: FormTable, block: Block, row: Row, candidate: Candidate) -> Taken | str:
    """Return one cell per column of the block, or why not."""
    if table.spec.layout == "list":
        return _of_list(block, row, candidate)
    header = candidate.header[-1:] if table.spec.layout == "stacked" else candidate.header
    columns = find_columns(header, column_keys(block), group_keys(table))
    if columns is None:
        return "the header does not name the form's columns in order"
    printed = candidate.row
    if columns.cells is not None and _below(printed, header[-1]):
        return _single(printed, _by_column(printed, columns))
    return _single(printed, _by_order(candidate, len(block.columns)))


def _below(row: TableRow, header: TableRow) -> bool:
    """Tell whether a row's squares stand below the header's, in its table or its continuation."""
    own, above = row.table, header.table
    return own is above or (own.aligned and len(own.grid[0]) == len(above.grid[0]))


def _by_column(row: TableRow, columns: Columns) -> Taken | str:
    squares = row.table.grid[row.index]
    cells = columns.cells or ()
    taken = [squares[heading.column] for heading in cells]
    values = [cell for cell in taken if cell is not None]
    if len(values) < len(cells):
        return f"{len(values)} numbers for {len(cells)} columns"
    if any(
        (value.column, value.column_span) != (heading.column, heading.column_span)
        for value, heading in zip(values, cells, strict=True)
    ):
        return "numbers do not stand below their headings"
    end = cells[-1].column + cells[-1].column_span
    beyond = [cell for cell in squares[end:] if cell is not None and cell.text.strip()]
    return "more numbers than columns" if beyond else tuple(values)


def _by_order(candidate: Candidate, count: int) -> Taken | str:
    """Return the last cells, where exactly so many follow the label."""
    keys, cells = candidate.row.keys, candidate.row.cells
    beside = len(cells) - 1 - keys.index(candidate.label) if candidate.label in keys else -1
    if beside != count:
        return f"{beside} numbers for {count} columns"
    return cells[len(cells) - count :]


def _single(row: TableRow, taken: Taken | str) -> Taken | str:
    """Refuse a number that is drawn over several rows: to which of them it belongs is not said."""
    if isinstance(taken, str):
        return taken
    merged = any(cell.row_span > 1 or cell.row != row.index for cell in taken)
    return "a number is merged over several rows" if merged else taken


def _of_list(block: Block, row: Row, candidate: Candidate) -> Taken | str:
    """Return the number of a list's row: below its heading, else behind its unit or its label."""
    printed = candidate.row
    for header in candidate.header[-1:]:
        for cell in header.cells:
            named = header.keys[header.cells.index(cell)] in column_keys(block)[0]
            if named and printed.table is header.table and printed.table.aligned:
                value = printed.table.grid[printed.index][cell.column]
                return _single(printed, (value,) if value else "no number below the heading")
    between = printed.keys[1:-1]
    units = {*vocabulary().units, row.unit, ""}
    if len(printed.cells) > 3 or any(key not in units for key in between):
        return "more cells than label, unit and number"
    if len(printed.cells) == 3 and read_value(printed.cells[1].text).kind == "number":
        return "two numbers"
    return _single(printed, printed.cells[-1:])
