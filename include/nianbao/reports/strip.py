"""The table whose three blocks stand side by side in one row of fifteen numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.forms import FormTable
from nianbao.model import TableCell
from nianbao.reports.candidates import column_keys, header_keys, row_keys
from nianbao.reports.rows import TableRow
from nianbao.reports.values import read_value


@dataclass(frozen=True)
class Strip:
    """The one row of numbers; `swapped` where the headers name the columns in another order."""

    row: TableRow
    cells: tuple[TableCell, ...]
    swapped: bool


def read_strip(table: FormTable, rows: Sequence[TableRow]) -> Strip | None:
    """Return the row of numbers, or `None` where no row, or more than one, could be it."""
    width = len(table.blocks[0].rows) * len(table.blocks[0].columns)
    labels = header_keys(table) | row_keys(table)
    found = [row for row in rows if len(row.cells) == width and not labels.intersection(row.keys)]
    numbers = [row for row in found if all(_is_value(cell) for cell in row.cells)]
    if len(numbers) != 1:
        return None
    swapped = any(_out_of_order(table, row) for row in rows)
    return Strip(numbers[0], numbers[0].cells, swapped)


def _is_value(cell: TableCell) -> bool:
    return read_value(cell.text).kind != "text"


def _out_of_order(table: FormTable, row: TableRow) -> bool:
    """Tell whether a header row names outcomes, block by block, in another order than the form."""
    keys = column_keys(table.blocks[0])
    order = [i for text in row.keys for i, column in enumerate(keys) if text in column]
    size = len(keys)
    blocks = [order[start : start + size] for start in range(0, len(order), size)]
    return any(block != sorted(block) for block in blocks)
