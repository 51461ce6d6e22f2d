"""The table whose three blocks stand side by side in one row of fifteen numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from nianbao.forms import FormTable
from nianbao.model import TableCell
from nianbao.reports.candidates import column_keys, header_keys, known_keys
from nianbao.reports.rows import TableRow, on_one_line
from nianbao.reports.text import label_key
from nianbao.reports.values import read_value

Spot = tuple[int, int]
"""Which row and which column of the form, from zero."""


@dataclass(frozen=True, slots=True)
class Number:
    """A cell of the row of numbers, with the block's label and the outcome that stand above it."""

    cell: TableCell
    label: str | None = None
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Strip:
    """The one row of numbers; `numbers` is `None` where the headers do not say which is which."""

    row: TableRow
    numbers: dict[Spot, Number] | None


def read_strip(table: FormTable, rows: Sequence[TableRow]) -> Strip | None:
    """Return the row of numbers, or `None` where no row, or more than one, could be it."""
    block = table.blocks[0]
    width = len(block.rows) * len(block.columns)
    labels = known_keys(table)
    headers = [row for row in rows if not labels.isdisjoint(row.keys)]
    others = [row for row in rows if labels.isdisjoint(row.keys)]
    # Word and Excel end a table with a row of empty cells that only sets the widths.
    printed = [row for row in others if any(row.keys)] or others
    numbers = [row for row in printed if len(row.cells) >= width]
    if len(numbers) > 1:  # a caption may stand in squares as many as the numbers'
        numbers = [row for row in numbers if not _is_caption(row)]
    if len(numbers) != 1 or not headers:
        return None
    row = numbers[0]
    found = _by_column(table, headers, row) if row.table.aligned else None
    if found is None and len(row.cells) == width and _in_official_order(table, headers):
        spots = [(r, c) for r in range(len(block.rows)) for c in range(len(block.columns))]
        found = dict(zip(spots, map(Number, row.cells), strict=True))
    return Strip(row, found)


def _is_caption(row: TableRow) -> bool:
    """Tell whether a row prints one text that is no value: once, or in every square."""
    texts = {cell.text.strip() for cell in row.cells} - {""}
    return len(texts) == 1 and read_value(*texts).kind == "text"


def _by_column(
    table: FormTable, headers: Sequence[TableRow], row: TableRow
) -> dict[Spot, Number] | None:
    """Return the numbers by what stands above them: an outcome, and a block's label over it."""
    found: dict[Spot, Number] = {}
    above_it = [h.table.grid[h.index] for h in headers if h.table is row.table]
    for column, cell in enumerate(row.table.grid[row.index]):
        above = [heading for squares in above_it if (heading := squares[column])]
        if cell is None and not above:
            continue  # a row of empty cells below, which sets the widths, has one too many
        spot = _spot(table, [label_key(heading.text) for heading in above])
        if spot is None or cell is None or spot in found or cell.column_span > 1:
            return None
        block = next(h for h in above if label_key(h.text) in _blocks(table))
        found[spot] = Number(cell, on_one_line(block.text), on_one_line(above[-1].text))
    return found if len(found) == len(table.rows) * len(column_keys(table.blocks[0])) else None


def _spot(table: FormTable, above: Sequence[str]) -> Spot | None:
    outcome = _outcomes(table).get(above[-1]) if above else None
    blocks = {block for key in above if (block := _blocks(table).get(key)) is not None}
    return (blocks.pop(), outcome) if len(blocks) == 1 and outcome is not None else None


@cache
def _outcomes(table: FormTable) -> dict[str, int]:
    """Return which outcome of a block each comparable heading names."""
    return {key: at for at, keys in enumerate(column_keys(table.blocks[0])) for key in keys}


@cache
def _blocks(table: FormTable) -> dict[str, int]:
    """Return which block each comparable label names."""
    return {label_key(row.zh): at for at, row in enumerate(table.rows)}


def _in_official_order(table: FormTable, headers: Sequence[TableRow]) -> bool:
    """Tell whether the headings, read off row by row, are the form's: a block, its five, two blocks, ten."""
    outcome, block = _outcomes(table), _blocks(table)
    printed = [key for row in headers for key in row.keys if key in outcome or key in block]
    unknown = [
        key for row in headers for key in row.keys if key and key not in printed
        and key not in header_keys(table)
    ]  # fmt: skip
    blocks = [block[key] for key in printed if key in block]
    outcomes = [outcome[key] for key in printed if key in outcome]
    five = list(range(len(table.blocks[0].columns)))
    return not unknown and blocks == list(range(len(block))) and outcomes == five * len(block)
