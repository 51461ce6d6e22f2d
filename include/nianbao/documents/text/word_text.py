"""The plain text that Word exports: one table cell per line with a leading tab, rows parted by blanks.

A cell may hold line breaks, so a line without a tab that directly follows a cell belongs to it.
Merged cells appear as empty cells in front, or once for all the columns they cover.
"""

import re
from dataclasses import dataclass, field

from nianbao.model import Block, Document, Paragraph, Table, TableCell

_BOOKMARK = re.compile(r"\[bookmark: [^\]]*\]")
"""Residue of the exporter, not of the publisher."""

_LINE_END = re.compile(r"\r\n|\r|\n")
"""`str.splitlines` would also cut at form feeds and other marks that stand inside cells."""


@dataclass
class _Builder:
    blocks: list[Block] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    row: list[str] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0

    def cell(self, text: str) -> None:
        self.row.append(text)

    def continued(self, text: str) -> None:
        self.row[-1] += "\n" + text

    def end_row(self) -> None:
        if self.row:
            self.rows.append(self.row)
            self.row = []

    def paragraph(self, text: str) -> None:
        self.end_table()
        self.paragraphs += 1
        self.blocks.append(Paragraph(text, f"p{self.paragraphs}"))

    def end_table(self) -> None:
        self.end_row()
        if self.rows:
            self.tables += 1
            self.blocks.append(Table(_cells(self.rows), f"t{self.tables}", aligned=False))
            self.rows = []


def read_word_text(text: str) -> Document:
    """Read the text of a Word export into paragraphs and tables."""
    builder = _Builder()
    for line in _LINE_END.split(_BOOKMARK.sub("", text)):
        _take(builder, line)
    builder.end_table()
    return Document(tuple(builder.blocks), reader="word_text")


def _take(builder: _Builder, line: str) -> None:
    if line.startswith("\t"):
        builder.cell(line[1:])
    elif not line:
        builder.end_row()
    elif builder.row:
        builder.continued(line)
    elif line.strip():
        builder.paragraph(line.strip())


def _cells(rows: list[list[str]]) -> tuple[TableCell, ...]:
    return tuple(
        TableCell(text, row=row, column=column)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
