"""A fetched file as paragraphs and tables, each with its place; no trace of the format is left."""

from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or heading; line breaks inside it are kept as line feeds."""

    text: str
    place: str
    """Where it stands: `p12` is the twelfth paragraph of the document, from one."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell as drawn, covering `row_span` × `column_span` squares from its row and column, from zero."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    where: str = field(default="", compare=False)
    """On paper, where it is drawn: `page 2, box 56 120 230 140`, in points from the upper left."""


@dataclass(frozen=True)
class Table:
    """A table as drawn; `grid` is the same table with every span filled in."""

    cells: tuple[TableCell, ...]
    place: str
    """Where it stands: `t2` is the second table of the document, from one."""
    aligned: bool = True
    """False where merged cells were lost, so that cells of one column may have different numbers."""

    @cached_property
    def grid(self) -> tuple[tuple[TableCell | None, ...], ...]:
        """Rows of squares, each the cell that covers it; `None` where a short row has no square."""
        height = max((cell.row + cell.row_span for cell in self.cells), default=0)
        width = max((cell.column + cell.column_span for cell in self.cells), default=0)
        squares: list[list[TableCell | None]] = [[None] * width for _ in range(height)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.column_span):
                    squares[row][column] = cell
        return tuple(tuple(row) for row in squares)

    def place_of(self, cell: TableCell) -> str:
        """Return the place of a cell: `t2.r5.c3`, row and column from one."""
        return f"{self.place}.r{cell.row + 1}.c{cell.column + 1}"


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """One fetched file, read: its blocks in reading order and what its own metadata say."""

    blocks: tuple[Block, ...]
    reader: str
    """The reader that made it: `html` or `word_text`."""
    metadata: dict[str, str] = field(default_factory=dict)
    """What the file says about itself, under the names `title` and `published_on`."""

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs alone, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables alone, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))
