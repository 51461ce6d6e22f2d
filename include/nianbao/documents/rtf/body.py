"""What rich text says, in reading order: paragraphs, and tables that may stand inside cells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from nianbao.documents.docx.join import Piece, join
from nianbao.documents.docx.text import UNREADABLE
from nianbao.documents.rtf.rows import Row, RowShape, cells_of, complete
from nianbao.errors import ReadError
from nianbao.model import Block, Paragraph, Table

_MOST_LEVELS = 20
_DOUBTFUL = re.compile(r"(?<=\d)[\x00-\x08\x0b-\x1f]+")
_MOST_CELLS = 400_000


@dataclass(slots=True)
class _RawRow:
    shape: RowShape
    cells: list[list["_Item"]]


@dataclass(slots=True)
class _RawTable:
    rows: list[_RawRow]


_Item = str | _RawTable


@dataclass(slots=True)
class _Level:
    """A table that is being read, or the document itself, which has only items."""

    items: list[_Item] = field(default_factory=list)
    cells: list[list[_Item]] = field(default_factory=list)
    rows: list[_RawRow] = field(default_factory=list)


class Body:
    """Collects text, cells and rows as they come."""

    def __init__(self) -> None:
        self._levels = [_Level()]
        self._text: list[Piece] = []
        self._cells = 0

    def add(self, piece: Piece) -> None:
        """Add text to the paragraph."""
        self._text.append(piece)

    def end_paragraph(self, level: int) -> None:
        """End the paragraph, which stands inside as many tables as `level` says."""
        self._go_to(level)
        text = _joined(self._text)
        self._text.clear()
        if text:
            self._levels[-1].items.append(text)

    def end_cell(self, level: int) -> None:
        """End a cell of the table at a level."""
        self.end_paragraph(max(level, 1))
        self._cells += 1
        if self._cells > _MOST_CELLS:
            raise ReadError("over_limit", "more table cells than any report has")
        innermost = self._levels[-1]
        innermost.cells.append(innermost.items)
        innermost.items = []

    def end_row(self, level: int, shape: RowShape) -> None:
        """End a row of the table at a level, with the edges of its cells."""
        self._go_to(max(level, 1))
        table = self._levels[-1]
        if table.cells:
            table.rows.append(_RawRow(shape, table.cells))
        table.cells, table.items = [], []

    def blocks(self) -> tuple[Block, ...]:
        """Return everything as blocks with their places; what no row was ended for is left out."""
        self.end_paragraph(0)
        return tuple(_placed(self._levels[0].items))

    def _go_to(self, level: int) -> None:
        if level > _MOST_LEVELS:
            raise ReadError("over_limit", "tables nested deeper than in any report")
        while len(self._levels) - 1 > level:
            closed = self._levels.pop()
            if closed.rows:
                self._levels[-1].items.append(_RawTable(closed.rows))
        while len(self._levels) - 1 < level:
            self._levels.append(_Level())


def _joined(pieces: list[Piece]) -> str:
    """Return a paragraph; its line breaks are kept, other white space is one blank.

    A number with a control character behind it is not sure: LibreOffice ends so the form fields that
    it makes of content controls around cells, with their deleted and hidden digits among the plain.
    """
    text = _DOUBTFUL.sub(UNREADABLE, join(pieces))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _placed(items: list[_Item]) -> Iterator[Block]:
    paragraphs = tables = 0
    for item in _flat(items):
        if isinstance(item, str):
            paragraphs += 1
            yield Paragraph(item, f"p{paragraphs}")
        else:
            tables += 1
            yield Table(cells_of([_row(row) for row in item.rows]), f"t{tables}")


def _flat(items: list[_Item]) -> Iterator[_Item]:
    """Yield paragraphs and tables; a table that only arranges the page gives what it holds."""
    for item in items:
        if isinstance(item, _RawTable) and _is_layout(item):
            for row in item.rows:
                for cell in row.cells:
                    yield from _flat(cell)
        else:
            yield item


def _is_layout(table: _RawTable) -> bool:
    cells = [cell for row in table.rows for cell in row.cells]
    return len(cells) <= 1 or any(isinstance(item, _RawTable) for cell in cells for item in cell)


def _row(row: _RawRow) -> Row:
    texts = tuple("\n".join(item for item in cell if isinstance(item, str)) for cell in row.cells)
    return complete(Row(row.shape.left, tuple(row.shape.cells), texts))
