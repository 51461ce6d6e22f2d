"""The rows of a document's tables as they are drawn, without empty repeats of merged cells."""

from dataclasses import dataclass
from functools import cached_property

from nianbao.model import Document, Table, TableCell
from nianbao.reports.text import label_key, trim


@dataclass(frozen=True)
class TableRow:
    """One row: its distinct cells from left to right, a merged cell counted once."""

    table: Table
    cells: tuple[TableCell, ...]
    index: int

    @property
    def place(self) -> str:
        """The row's place, as `t2.r5`."""
        return f"{self.table.place}.r{self.index + 1}"

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The texts of the cells, comparable."""
        return tuple(label_key(cell.text) for cell in self.cells)

    @property
    def text(self) -> str:
        """The whole row on one line, for messages and unread rows."""
        return " | ".join(" ".join(trim(cell.text).split()) for cell in self.cells)


def rows_of(document: Document) -> list[TableRow]:
    """Return all rows of all tables, in reading order."""
    return [
        TableRow(table, _distinct(row), index)
        for table in document.tables
        for index, row in enumerate(table.grid)
    ]


def _distinct(row: tuple[TableCell | None, ...]) -> tuple[TableCell, ...]:
    """Return the cells of a row once each; the squares of one cell are neighbours."""
    before = (None, *row)
    return tuple(
        cell
        for cell, last in zip(row, before, strict=False)
        if cell is not None and cell is not last
    )
