"""A fetched file as paragraphs and tables, each with its place; no trace of the format is left."""

from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or heading; line breaks inside it are kept as line feeds."""

    text: str
    place: str
    """Where it stands: `p12` is the twelfth paragraph of the document, from one."""


@dataclass(slots=True, unsafe_hash=True)
class TableCell:
    """One cell as drawn, covering `row_span` × `column_span` squares from its row and column, from zero.

    Nothing changes one; it is not frozen because a frozen one takes four times as long to make, and
    a page has hundreds.
    """

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    where: str = field(default="", compare=False)
    """Where the file itself has it, as far as the format says.

    On paper the box, in points from the upper left: `page 2, box 56 120 230 140`. In a workbook the
    sheet and the cell. In a web page the last step of its CSS path, below the row's in `row_paths`.
    """


@dataclass(frozen=True)
class Table:
    """A table as drawn; `grid` is the same table with every span filled in."""

    cells: tuple[TableCell, ...]
    place: str
    """Where it stands: `t2` is the second table of the document, from one."""
    aligned: bool = True
    """False where merged cells were lost, so that cells of one column may have different numbers."""
    row_paths: tuple[str, ...] = field(default=(), compare=False)
    """In a web page, the CSS path of each row."""

    @cached_property
    def grid(self) -> tuple[tuple[TableCell | None, ...], ...]:
        """Rows of squares, each the cell that covers it; `None` where a short row has no square."""
        height, width = self._size()
        squares: list[list[TableCell | None]] = [[None] * width for _ in range(height)]
        for cell in self.cells:
            if cell.row_span == 1 == cell.column_span:  # nearly all, and ranges cost
                squares[cell.row][cell.column] = cell
                continue
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.column_span):
                    squares[row][column] = cell
        return tuple([tuple(row) for row in squares])

    def _size(self) -> tuple[int, int]:
        """Return the rows and the columns; the few cells with spans are asked apart, as sums cost."""
        wide = [cell for cell in self.cells if cell.row_span > 1 or cell.column_span > 1]
        lowest = max(map(attrgetter("row"), self.cells), default=-1)
        rightmost = max(map(attrgetter("column"), self.cells), default=-1)
        height = max([lowest + 1, *[cell.row + cell.row_span for cell in wide]])
        width = max([rightmost + 1, *[cell.column + cell.column_span for cell in wide]])
        return height, width

    def place_of(self, cell: TableCell) -> str:
        """Return the place of a cell: `t2.r5.c3`, row and column from one."""
        return f"{self.place}.r{cell.row + 1}.c{cell.column + 1}"

    def where(self, cell: TableCell) -> str | None:
        """Return where the file itself has a cell: a CSS path, or what the cell's `where` says."""
        if self.row_paths and cell.where:
            return f"{self.row_paths[cell.row]} > {cell.where}"
        return cell.where or None


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a page links to; whether it is a report is not known before it is read."""

    url: str
    """As the page writes it, unresolved."""
    title: str
    """The text of the link, or the name of the file where the link has none."""


@dataclass(frozen=True, slots=True)
class Document:
    """One fetched file, read: its blocks in reading order and what its own metadata say."""

    blocks: tuple[Block, ...]
    reader: str
    """The reader that made it: `html` or `word_text`."""
    metadata: dict[str, str] = field(default_factory=dict)
    """What the file says about itself, under the names `title` and `published_on`.

    Under `recognised` it has the word `optically` where text comes from pictures.
    """
    attachments: tuple[Attachment, ...] = ()
    """The files that a page links to, each address once, in the page's order."""

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs alone, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables alone, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))
