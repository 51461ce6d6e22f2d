"""One Word table with its spans as drawn: `w:gridSpan` across, `w:vMerge` down (ECMA-376 part 1, §17.4)."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from lxml import etree

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


def read_table(
    table: etree._Element, place: str, text_of: Callable[[etree._Element], str]
) -> Table:
    """Read a table that holds no table; `text_of` gives the text of a `w:tc`."""
    cells: list[TableCell] = []
    above: dict[tuple[int, int], int] = {}
    height, width = 0, 0
    for height, row in enumerate(_rows(table)):
        begun: dict[tuple[int, int], int] = {}
        column = min(number(value(child(row, "trPr", "gridBefore")), 0), _MOST_COLUMNS)
        for first, span in _merged_across(row):
            square = (column, span)
            if is_continued(first) and square in above:
                begun[square] = above[square]
                upper = cells[above[square]]
                cells[above[square]] = replace(upper, row_span=upper.row_span + 1)
            else:
                begun[square] = len(cells)
                cells.append(TableCell(text_of(first), height, column, 1, span))
            column += span
        above, width = begun, max(width, column)
        if (height + 1) * width > _MOST_SQUARES:
            raise ReadError("over_limit", f"a table of more than {_MOST_SQUARES} squares")
    return Table(tuple(cells), place)


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
