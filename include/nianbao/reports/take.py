"""The number cells of one row, or the reason why they can't be told apart."""

from dataclasses import dataclass

from nianbao.forms import Block, FormTable, Row
from nianbao.model import TableCell
from nianbao.reports.candidates import Candidate, column_keys, group_keys
from nianbao.reports.rows import TableRow, on_one_line
from nianbao.reports.squares import Cells, below_heading, below_headings
from nianbao.reports.values import read_value
from nianbao.reports.vocabulary import vocabulary


@dataclass(slots=True, eq=False)
class Taken:
    """The number cells of a row, one per column, and the headings above them where they are known."""

    cells: tuple[TableCell, ...]
    headings: tuple[str | None, ...] = ()


def take_values(table: FormTable, block: Block, row: Row, candidate: Candidate) -> Taken | str:
    """Return one cell per column of the block, or why not."""
    taken = _taken(table, block, row, candidate)
    if isinstance(taken, str) or not candidate.is_torn:
        return taken
    is_lacking = any(not cell.text.strip() for cell in taken.cells)
    return "a value stands alone below the row" if is_lacking else taken


def _taken(table: FormTable, block: Block, row: Row, candidate: Candidate) -> Taken | str:
    if table.spec.layout == "list":
        return _of_list(block, row, candidate)
    columns = candidate.header.columns(block, column_keys(block), group_keys(table))
    if columns is None:
        return "the header does not name the form's columns in order"
    printed = candidate.row
    if columns.cells is not None and _below(printed, candidate.header.rows[-1]):
        return _single(
            printed,
            below_headings(printed, candidate.label_cell, candidate.header, columns),
            columns.printed,
        )
    return _single(printed, _by_order(candidate, len(block.columns)))


def _below(row: TableRow, header: TableRow) -> bool:
    """Tell whether a row's squares stand below the header's, in its table or its continuation."""
    own, above = row.table, header.table
    return own is above or (own.aligned and len(own.grid[0]) == len(above.grid[0]))


def _by_order(candidate: Candidate, count: int) -> Cells | str:
    """Return the last cells, where exactly so many follow the label."""
    keys, cells = candidate.row.keys, candidate.row.cells
    beside = len(cells) - 1 - keys.index(candidate.label) if candidate.label in keys else -1
    if beside != count:
        return f"{beside} numbers for {count} columns"
    return cells[len(cells) - count :]


def _single(row: TableRow, taken: Cells | str, headings: tuple[str, ...] = ()) -> Taken | str:
    """Refuse a number that is drawn over several rows: to which of them it belongs is not said."""
    if isinstance(taken, str):
        return taken
    for cell in taken:
        if cell.row_span > 1 or cell.row != row.index:
            return "a number is merged over several rows"
    return Taken(taken, headings)


def _of_list(block: Block, row: Row, candidate: Candidate) -> Taken | str:
    """Return the number of a list's row: below its heading, else behind its unit or its label."""
    printed = candidate.row
    for header in candidate.header.rows[-1:]:
        for cell, key in zip(header.cells, header.keys, strict=True):
            named = key in column_keys(block)[0]
            if named and printed.table is header.table and printed.table.aligned:
                taken = below_heading(printed, cell, {candidate.label, row.unit, ""})
                return _single(printed, taken, (on_one_line(cell.text),))
    between = printed.keys[1:-1]
    units = {*vocabulary().units, row.unit, ""}
    if len(printed.cells) > 3 or any(key not in units for key in between):
        return "more cells than label, unit and number"
    if len(printed.cells) == 3 and read_value(printed.cells[1].text).kind == "number":
        return "two numbers"
    return _single(printed, printed.cells[-1:])
