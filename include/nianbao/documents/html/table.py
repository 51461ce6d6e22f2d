"""One HTML table with its spans, as the HTML standard lays its cells out (forming a table, §4.9.12)."""

from collections import defaultdict
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from nianbao.documents.html.cell_text import cell_text, has_styles
from nianbao.documents.html.paths import path_of, step
from nianbao.model import Table, TableCell

_MOST_COLUMNS = 200
"""A wider span is a typing error; believing it would make a grid of millions of squares."""


def read_table(table: LexborNode, place: str, *, paths: bool) -> Table | None:
    """Read a table, with the CSS paths of its cells where `paths` says so.

    `None` for one that only arranges the page: it holds tables, or one cell alone.
    """
    if len(table.css("table")) > 1:
        return None
    rows = list(_rows(table))
    styled = has_styles(table)
    cells: list[TableCell] = []
    reached: defaultdict[int, set[int]] = defaultdict(set)
    """For each row, the columns that a cell of a row above reaches down to."""
    for row, (node, _) in enumerate(rows):
        column = 0
        above = reached[row]
        for position, cell in enumerate(node.iter(), start=1):
            tag = cell.tag
            if tag not in ("td", "th"):
                continue
            while column in above:
                column += 1
            attributes = cell.attributes
            down, across = _spans(attributes, len(rows) - row) if attributes else (1, 1)
            text = cell_text(cell, styled=styled)
            where = step(tag, position) if paths else ""
            cells.append(TableCell(text, row, column, down, across, where))
            if down > 1:
                for below in range(row + 1, row + down):
                    reached[below].update(range(column, column + across))
            column += across
    if len(cells) <= 1:
        return None
    row_paths = tuple(path for _, path in rows) if paths else ()
    return Table(tuple(cells), place, row_paths=row_paths)


def _rows(table: LexborNode) -> Iterator[tuple[LexborNode, str]]:
    """Yield the rows with their CSS paths."""
    above = path_of(table)
    for position, part in enumerate(table.iter(), start=1):
        tag = part.tag or ""
        if tag in ("tbody", "thead", "tfoot"):
            body = f"{above} > {step(tag, position)}"
            for number, row in enumerate(part.iter(), start=1):
                if row.tag == "tr":
                    yield row, f"{body} > tr:nth-child({number})"


def _spans(attributes: dict[str, str | None], rows_left: int) -> tuple[int, int]:
    down = _span(attributes.get("rowspan"), most=rows_left, zero_means_all=True)
    return down, _span(attributes.get("colspan"), most=_MOST_COLUMNS)


def _span(printed: str | None, most: int, *, zero_means_all: bool = False) -> int:
    """Return a span; `rowspan=0` reaches to the last row, anything unreadable counts as one."""
    if printed is None:
        return 1
    digits = printed.strip().rstrip("%")
    if not digits.isdecimal():
        return 1
    return min(int(digits) or (most if zero_means_all else 1), most)
