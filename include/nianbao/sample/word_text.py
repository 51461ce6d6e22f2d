"""A report as the plain text that Word exports.

One table cell per line, each after a tab; rows parted by a blank line; a cell that continues one from
the row above is an empty line; a cell merged to the right leaves no trace.
"""

from collections.abc import Iterable

from nianbao.model import Table, TableCell
from nianbao.sample.content import Heading, Part, Text, Title, parts_of
from nianbao.sample.layout import Grid
from nianbao.sample.report import SampleReport


def word_text(report: SampleReport) -> str:
    """Return the whole report as text."""
    return text_of_parts(parts_of(report))


def text_of_parts(parts: Iterable[Part]) -> str:
    """Return titles, paragraphs, headings and tables as text, in their order."""
    lines: list[str] = []
    for part in parts:
        match part:
            case Title(title):
                lines += [*title, ""]
            case Heading(text) | Text(text):
                lines.append(text)
            case _:
                lines.append(table_text(part) + "\n\n")
    return "\n".join(lines) + "\n"


def table_text(grid: Grid) -> str:
    """Return a table: a cell per line after a tab, rows parted by blank lines."""
    table = Table(
        tuple(TableCell(s.text, s.row, s.column, s.row_span, s.column_span) for s in grid), "t"
    )
    return "\n\n".join(_row_text(row, index) for index, row in enumerate(table.grid))


def _row_text(row: tuple[TableCell | None, ...], index: int) -> str:
    cells = [cell for place, cell in enumerate(row) if cell and cell.column == place]
    return "\n".join("\t" + (cell.text if cell.row == index else "") for cell in cells)
