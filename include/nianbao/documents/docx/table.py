"""One Word table with its spans as drawn: `w:gridSpan` across, `w:vMerge` down (ECMA-376 part 1, §17.4)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from lxml import etree

from nianbao.documents.docx.columns import lines_of
from nianbao.documents.docx.names import ALTERNATIVES, child, chosen, number, value, w
from nianbao.documents.docx.text import is_hidden_row
from nianbao.errors import ReadError
from nianbao.model import Table, TableCell

_WRAPPERS = frozenset([w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo")])
_MOST_COLUMNS = 200
_MOST_SQUARES = 400_000
"""Of one table: 5 000 rows of 80 columns, far more than any report and little enough for a grid."""


def flattened(parent: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the children of these names, also those inside content controls and the like."""
    wanted = {w(name) for name in names}
    for element in parent:
        if element.tag in wanted:
            yield element
        elif element.tag in _WRAPPERS:
            yield from flattened(element, *names)
        elif element.tag == ALTERNATIVES:
            branch = chosen(element)
            if branch is not None:
                yield from flattened(branch, *names)


def rows_of(table: etree._Element) -> list[list[etree._Element]]:
    """Return the cells of the rows that are printed."""
    return [list(flattened(row, "tc")) for row in _rows(table)]


def _rows(table: etree._Element) -> list[etree._Element]:
    return [row for row in flattened(table, "tr") if not is_hidden_row(row)]


def is_layout(table: etree._Element) -> bool:
    """Tell whether a table only arranges the page: it holds tables, or one cell alone."""
    inner = sum(1 for _ in table.iter(w("tbl")))
    return inner > 1 or sum(len(cells) for cells in rows_of(table)) <= 1


def is_continued(cell: etree._Element) -> bool:
    """Tell whether a cell belongs to the one above it; what it holds is then not shown."""
    merge = child(cell, "tcPr", "vMerge")
    return merge is not None and value(merge) != "restart"


@dataclass(frozen=True, slots=True)
class _Placed:
    """A drawn cell with its first column and the one behind its last."""

    cell: etree._Element
    column: int
    end: int


def read_table(
    table: etree._Element, place: str, text_of: Callable[[etree._Element], str]
) -> Table:
    """Read a table that holds no table; `text_of` gives the text of a `w:tc`."""
    cells: list[TableCell] = []
    above: dict[tuple[int, int], int] = {}
    for number_of_row, row in enumerate(_aligned(_placed_rows(table), _edges(table))):
        begun: dict[tuple[int, int], int] = {}
        for placed in row:
            square = (placed.column, placed.end)
            if is_continued(placed.cell) and square in above:
                begun[square] = above[square]
                upper = cells[above[square]]
                cells[above[square]] = replace(upper, row_span=upper.row_span + 1)
            else:
                begun[square] = len(cells)
                text, span = text_of(placed.cell), placed.end - placed.column
                cells.append(TableCell(text, number_of_row, placed.column, 1, span))
        above = begun
    return Table(tuple(cells), place)


def _placed_rows(table: etree._Element) -> list[list[_Placed]]:
    """Return the cells of the printed rows with their columns in the table's own grid."""
    rows: list[list[_Placed]] = []
    width = 0
    for row in _rows(table):
        column = min(number(value(child(row, "trPr", "gridBefore")), 0), _MOST_COLUMNS)
        placed = []
        for cell, span in _merged_across(row):
            placed.append(_Placed(cell, column, column + span))
            column += span
        rows.append(placed)
        width = max(width, column)
        if len(rows) * width > _MOST_SQUARES:
            raise ReadError("over_limit", f"a table of more than {_MOST_SQUARES} squares")
    return rows


def _edges(table: etree._Element) -> list[int]:
    """Return where the columns of the grid begin and end, in twips, as far as the table says."""
    columns = table.findall(f"{w('tblGrid')}/{w('gridCol')}")
    return list(accumulate((number(value(one, "w"), 0) for one in columns), initial=0))


def _aligned(rows: list[list[_Placed]], edges: list[int]) -> list[list[_Placed]]:
    """Return the cells in the columns that they have on paper; see `columns`."""
    last = max((placed.end for row in rows for placed in row), default=0)
    if last >= len(edges):
        return rows
    every = [placed for row in rows for placed in row]
    used = {edges[column] for placed in every for column in (placed.column, placed.end)}
    widths = (edges[p.end] - edges[p.column] for p in every if _holds_text(p.cell))
    lines = lines_of(used, min(widths, default=0))
    return [
        [
            replace(placed, column=column, end=end)
            for placed in row
            if (column := lines[edges[placed.column]]) < (end := lines[edges[placed.end]])
        ]
        for row in rows
    ]


def _holds_text(cell: etree._Element) -> bool:
    return next(cell.iter(w("t"), w("sym"), w("drawing"), w("pict"), w("object")), None) is not None


def _merged_across(row: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    """Yield each drawn cell of a row with the columns it covers; `w:hMerge` is the old way to merge."""
    drawn: list[tuple[etree._Element, int]] = []
    for cell in flattened(row, "tc"):
        properties = child(cell, "tcPr")
        span = min(max(number(value(child(properties, "gridSpan")), 1), 1), _MOST_COLUMNS)
        merge = child(properties, "hMerge")
        if merge is not None and value(merge) != "restart" and drawn:
            first, before = drawn[-1]
            drawn[-1] = (first, min(before + span, _MOST_COLUMNS))
        else:
            drawn.append((cell, span))
    yield from drawn
