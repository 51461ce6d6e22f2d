"""The rows of a document's tables as they are drawn, without empty repeats of merged cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from nianbao.model import Table, TableCell
from nianbao.reports.text import label_key, trim


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


def drawn(table: Table) -> DrawnTable:
    """Return a table of the document as rows."""
    rows = tuple(_row(table, squares, index) for index, squares in enumerate(table.grid))
    return DrawnTable(table.place, rows, frozenset().union(*(row.keys for row in rows)))


def rows_in(tables: Iterable[DrawnTable]) -> list[TableRow]:
    """Return all rows of some tables, in reading order."""
    return [row for table in tables for row in table.rows]


@lru_cache(maxsize=4096)  # labels and headings, the same in all reports
def on_one_line(text: str) -> str:
    """Return the text of a cell as printed, on one line."""
    return " ".join(trim(text).split())


def _row(table: Table, squares: Sequence[TableCell | None], index: int) -> TableRow:
    """Return the cells of a row once each; the squares of one cell are neighbours."""
    cells = [
        cell
        for cell, before in zip(squares, (None, *squares), strict=False)
        if cell is not None and cell is not before
    ]
    keys = tuple([label_key(cell.text) for cell in cells])
    return TableRow(table, tuple(cells), keys, index)
