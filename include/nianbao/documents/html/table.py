"""One HTML table with its spans, as the HTML standard lays its cells out (forming a table, §4.9.12)."""

from selectolax.lexbor import LexborNode

from nianbao.model import Table, TableCell

_MOST_COLUMNS = 200
"""A wider span is a typing error; believing it would make a grid of millions of squares."""


_MARKS = frozenset({"sup", "sub", "s", "strike", "del"})
_APART = "sup, sub, s, strike, del, [style*=super], [style*=sub], [style*=line-through]"
_BREAKS = (
    "br, p, div, li, dd, dt, h1, h2, h3, h4, h5, h6, section, article, blockquote, pre, center,"
    " span[style*=block]"
)


def has_style(node: LexborNode, *styles: str) -> bool:
    """Tell whether a node's own style says one of some things, such as `display:none`."""
    style = "".join((node.attributes.get("style") or "").lower().split())
    return any(wanted in style for wanted in styles)


def is_layout(table: LexborNode) -> bool:
    """Tell whether a table only arranges the page: it holds tables, or one cell alone."""
    inner = table.css("table")
    return len(inner) > 1 or len(table.css("td, th")) <= 1


def read_table(table: LexborNode, place: str) -> Table:
    """Read a table that holds no table."""
    _mark_up(table)
    rows = table.css("tr")
    cells: list[TableCell] = []
    taken: set[tuple[int, int]] = set()
    for row, node in enumerate(rows):
        column = 0
        for cell in _cells_of(node):
            while (row, column) in taken:
                column += 1
            placed = _place(cell, row, column, len(rows))
            cells.append(placed)
            taken.update(_squares(placed))
            column += placed.column_span
    return Table(tuple(cells), place)


def _cells_of(row: LexborNode) -> list[LexborNode]:
    return [child for child in row.iter() if child.tag in ("td", "th")]


def _place(cell: LexborNode, row: int, column: int, rows: int) -> TableCell:
    attributes = cell.attributes
    down = _span(attributes.get("rowspan"), most=rows - row, zero_means_all=True)
    across = _span(attributes.get("colspan"), most=_MOST_COLUMNS)
    return TableCell(_text(cell), row, column, down, across)


def _span(printed: str | None, most: int, *, zero_means_all: bool = False) -> int:
    """Return a span; `rowspan=0` reaches to the last row, anything unreadable counts as one."""
    if printed is None:
        return 1
    digits = printed.strip().rstrip("%")
    if not digits.isdecimal():
        return 1
    return min(int(digits) or (most if zero_means_all else 1), most)


def _squares(cell: TableCell) -> list[tuple[int, int]]:
    return [
        (row, column)
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]


def _mark_up(table: LexborNode) -> None:
    """Put into the text what the mark-up says of it, for the whole table at once.

    Blocks and line breaks become line feeds. A footnote mark or a struck-out digit is bracketed: it
    must not run together with the number beside it.
    """
    for node in table.css(_APART):
        if node.tag in _MARKS or has_style(node, "super", "sub", "line-through"):
            node.insert_before("[")
            node.insert_after("]")
    for node in table.css(_BREAKS):
        if node.tag != "span" or has_style(node, "display:block"):
            node.insert_before("\n")
            node.insert_after("\n")


def _text(cell: LexborNode) -> str:
    text = cell.text(deep=True) or ""
    if "\n" not in text:
        return " ".join(text.split())
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
