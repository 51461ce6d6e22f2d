"""The rows of a document's tables as they are drawn, without empty repeats of merged cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from nianbao.model import Table, TableCell
from nianbao.reports.text import label_key, level_of, trim, without_ordinal


@dataclass(slots=True, eq=False)
class TableRow:
    """One row: its distinct cells from left to right, a merged cell counted once."""

    table: Table
    cells: tuple[TableCell, ...]
    keys: tuple[str, ...]
    """The texts of the cells, comparable."""
    index: int

    @property
    def place(self) -> str:
        """The row's place, as `t2.r5`."""
        return f"{self.table.place}.r{self.index + 1}"

    @property
    def where(self) -> str | None:
        """The row's CSS path, in a web page."""
        return self.table.row_paths[self.index] if self.table.row_paths else None

    @property
    def text(self) -> str:
        """The whole row on one line, for messages and unread rows."""
        return " | ".join(on_one_line(cell.text) for cell in self.cells)


@dataclass(slots=True, eq=False)
class DrawnTable:
    """A table of the document as rows, and every comparable text that stands in it."""

    place: str
    rows: tuple[TableRow, ...]
    keys: frozenset[str]
    bare: frozenset[str]
    """Those that begin with an ordinal, without it."""


def drawn(table: Table) -> DrawnTable:
    """Return a table of the document as rows."""
    wide = {
        row
        for cell in table.cells
        if cell.column_span > 1
        for row in range(cell.row, cell.row + cell.row_span)
    }
    rows = tuple(
        [_row(table, squares, index, index in wide) for index, squares in enumerate(table.grid)]
    )
    keys = frozenset(chain.from_iterable([row.keys for row in rows]))
    labels = [key for key in keys if not key.isdecimal()]
    bare = frozenset([without_ordinal(key) for key in labels if level_of(key)])
    return DrawnTable(table.place, rows, keys, bare)


def rows_in(tables: Iterable[DrawnTable]) -> list[TableRow]:
    """Return all rows of some tables, in reading order."""
    return [row for table in tables for row in table.rows]


@lru_cache(maxsize=4096)  # labels and headings, the same in all reports
def on_one_line(text: str) -> str:
    """Return the text of a cell as printed, on one line."""
    return " ".join(trim(text).split())


def _row(table: Table, squares: Sequence[TableCell | None], index: int, is_wide: bool) -> TableRow:
    """Return the cells of a row once each; where a cell is wide, its squares are neighbours."""
    cells: Iterable[TableCell] = filter(None, squares)
    if is_wide:
        befores = (None, *squares)
        cells = [cell for cell, b in zip(squares, befores, strict=False) if cell and cell is not b]
    cells = tuple(cells)
    keys = tuple([label_key(cell.text) for cell in cells])
    return TableRow(table, cells, keys, index)
