"""Pages to one `Document`: furniture dropped, paragraphs and tables joined over page breaks."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from nianbao.documents.pdf.flow import Column, column_of, edges_of, joined, runs_on
from nianbao.documents.pdf.furniture import drop_furniture
from nianbao.documents.pdf.joins import belong_together, join
from nianbao.documents.pdf.page import Grid, GridCell, Line, Page
from nianbao.documents.pdf.touching import parted
from nianbao.model import Block, Document, Paragraph, Table, TableCell


@dataclass
class _Builder:
    blocks: list[Block] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    grid: Grid | None = None
    page: int = 0
    """Of the last line or the last part of a table."""
    column: Column = field(default_factory=lambda: Column(0.0, 0.0, 0.0))
    paragraphs: int = 0
    tables: int = 0

    def line(self, line: Line, page: int, column: Column) -> None:
        self.end_table()
        before = self.column if page != self.page else None
        if self.lines and not runs_on(self.lines[-1], line, column, before):
            self.end_paragraph()
        self.lines.append(line)
        self.page, self.column = page, column

    def table(self, grid: Grid, page: int) -> None:
        self.end_paragraph()
        grid = replace(grid, cells=tuple(replace(cell, page=page) for cell in grid.cells))
        if self.grid is not None and page == self.page + 1 and belong_together(self.grid, grid):
            self.grid = join(self.grid, grid)
        else:
            self.end_table()
            self.grid = grid
        self.page = page

    def end_paragraph(self) -> None:
        if self.lines:
            self.paragraphs += 1
            text = joined([line.text for line in self.lines])
            self.blocks.append(Paragraph(text, f"p{self.paragraphs}"))
            self.lines = []

    def end_table(self) -> None:
        for grid in parted(self.grid) if self.grid is not None else ():
            self.tables += 1
            self.blocks.append(Table(_cells(grid), f"t{self.tables}"))
        self.grid = None


def assemble(pages: Sequence[Page], reader: str) -> Document:
    """Return the document that pages make up."""
    drop_furniture(pages)
    builder = _Builder()
    column = edges_of(pages)
    for page in pages:
        column = column_of([item for item in page.items if isinstance(item, Line)], column)
        for item in page.items:
            if isinstance(item, Line):
                builder.line(item, page.number, column)
            else:
                builder.table(item, page.number)
    builder.end_paragraph()
    builder.end_table()
    return Document(tuple(builder.blocks), reader=reader)


def _cells(grid: Grid) -> tuple[TableCell, ...]:
    return tuple(
        TableCell(cell.text, cell.row, cell.column, cell.row_span, cell.column_span, _where(cell))
        for cell in grid.cells
    )


def _where(cell: GridCell) -> str:
    """Return where a cell is drawn; one that the end of a page cuts has a box on either page."""
    box = cell.box
    place = f"page {cell.page}, box {box.left:.0f} {box.top:.0f} {box.right:.0f} {box.bottom:.0f}"
    return f"{place}; {_where(cell.rest)}" if cell.rest else place
