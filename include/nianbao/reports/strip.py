"""The table whose three blocks stand side by side in one row of fifteen numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.forms import FormTable
from nianbao.model import TableCell
from nianbao.reports.candidates import column_keys, header_keys, row_keys
from nianbao.reports.rows import TableRow
from nianbao.reports.text import label_key

Spot = tuple[int, int]
"""Which row and which column of the form, from zero."""


@dataclass(frozen=True)
class Strip:
    """The one row of numbers; `cells` is `None` where the headers do not say which is which."""

    row: TableRow
    cells: dict[Spot, TableCell] | None


def read_strip(table: FormTable, rows: Sequence[TableRow]) -> Strip | None:
    """Return the row of numbers, or `None` where no row, or more than one, could be it."""
    block = table.blocks[0]
    width = len(block.rows) * len(block.columns)
    labels = header_keys(table) | row_keys(table)
    numbers = [row for row in rows if len(row.cells) >= width and not labels & set(row.keys)]
    headers = [row for row in rows if labels & set(row.keys)]
    if len(numbers) != 1 or not headers:
        return None
    row = numbers[0]
    found = _by_column(table, headers, row) if row.table.aligned else None
    if found is None and len(row.cells) == width and _in_official_order(table, headers):
        spots = [(r, c) for r in range(len(block.rows)) for c in range(len(block.columns))]
        found = dict(zip(spots, row.cells, strict=True))
    return Strip(row, found)


def _by_column(
    table: FormTable, headers: Sequence[TableRow], row: TableRow
) -> dict[Spot, TableCell] | None:
    """Return the numbers by what stands above them: an outcome, and a block's label over it."""
    found: dict[Spot, TableCell] = {}
    for column, cell in enumerate(row.table.grid[row.index]):
        above = [
            label_key(heading.text)
            for header in headers
            if header.table is row.table and (heading := header.table.grid[header.index][column])
        ]
        spot = _spot(table, above)
        if spot is None or cell is None or spot in found or cell.column_span > 1:
            return None
        found[spot] = cell
    return found if len(found) == len(table.rows) * len(column_keys(table.blocks[0])) else None


def _spot(table: FormTable, above: Sequence[str]) -> Spot | None:
    outcomes = [
        i for i, keys in enumerate(column_keys(table.blocks[0])) if above and above[-1] in keys
    ]
    blocks = {i for i, row in enumerate(table.rows) for key in above if key == label_key(row.zh)}
    return (blocks.pop(), outcomes[0]) if len(blocks) == 1 and outcomes else None


def _in_official_order(table: FormTable, headers: Sequence[TableRow]) -> bool:
    """Tell whether the headings, read off row by row, are the form's: a block, its five, two blocks, ten."""
    outcome = {key: i for i, keys in enumerate(column_keys(table.blocks[0])) for key in keys}
    block = {label_key(row.zh): i for i, row in enumerate(table.rows)}
    printed = [key for row in headers for key in row.keys if key in outcome or key in block]
    unknown = [
        key for row in headers for key in row.keys if key and key not in printed
        and key not in header_keys(table)
    ]  # fmt: skip
    blocks = [block[key] for key in printed if key in block]
    outcomes = [outcome[key] for key in printed if key in outcome]
    five = list(range(len(table.blocks[0].columns)))
    return not unknown and blocks == list(range(len(block))) and outcomes == five * len(block)
