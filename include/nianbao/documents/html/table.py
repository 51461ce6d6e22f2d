"""One HTML table with its spans, as the HTML standard lays its cells out (forming a table, §4.9.12)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set

from selectolax.lexbor import LexborNode

from nianbao.documents.html.cell_text import cell_text
from nianbao.documents.html.paths import path_of, step
from nianbao.documents.html.plain import Drawn, drawing, plain_cells
from nianbao.documents.html.shown import with_shown
from nianbao.errors import ReadError
from nianbao.model import Table, TableCell

_MOST_SQUARES = 400_000
_NONE: Set[int] = frozenset()
_TOO_MANY = f"a table of more than {_MOST_SQUARES} squares"


def read_table(table: LexborNode, place: str, *, paths: bool) -> Table | None:
    """Read a table, with the CSS paths of its cells where `paths` says so.

    `None` for one that only arranges the page: it holds one cell alone. Raises
    `ReadError("over_limit")` where its grid would fill the memory.
    """
    rows = list(_rows(table))
    paths = paths and all(path for _, path in rows)
    width = 0
    cells: list[TableCell] = []
    reached = _Reached()
    for row, (node, _) in enumerate(rows):
        column = 0
        above = reached.columns.get(row, _NONE)
        for position, cell in enumerate(_cells(node), start=1):
            if cell is None:
                continue
            while column in above:
                column += 1
            (tag, down, across), text = cell
            if down != 1:  # hardly ever, and this is the innermost loop
                down = min(down or len(rows), len(rows) - row)
            where = step(tag, position) if paths else ""
            cells.append(TableCell(text, row, column, down, across, where))
            if down > 1:
                reached.add(row, column, down, across)
            column += across
        width = max(width, column)
        _refuse_more_than_fit(width * len(rows))
    if len(cells) <= 1:
        return None
    row_paths = tuple(path for _, path in rows) if paths else ()
    return Table(tuple(cells), place, row_paths=row_paths)


def _cells(row: LexborNode) -> Iterable[Drawn | None]:
    """Return the elements of a row: its cells, and `None` for what is none."""
    plain = plain_cells(row.inner_html or "")
    return _from_nodes(row) if plain is None else plain


def _from_nodes(row: LexborNode) -> Iterator[Drawn | None]:
    for cell in row.iter():
        tag = cell.tag or ""
        is_cell = tag in ("td", "th")
        yield (drawing(tag, cell.attributes), _text(cell)) if is_cell else None


def _text(cell: LexborNode) -> str:
    return with_shown(cell_text(cell), cell)


class _Reached:
    """For each row, the columns that a cell of a row above reaches down to."""

    def __init__(self) -> None:
        self.columns: defaultdict[int, set[int]] = defaultdict(set)
        self._squares = 0

    def add(self, row: int, column: int, down: int, across: int) -> None:
        self._squares += down * across
        _refuse_more_than_fit(self._squares)
        for below in range(row + 1, row + down):
            self.columns[below].update(range(column, column + across))


def _refuse_more_than_fit(squares: int) -> None:
    if squares > _MOST_SQUARES:
        raise ReadError("over_limit", _TOO_MANY)


def _rows(table: LexborNode) -> Iterator[tuple[LexborNode, str]]:
    """Yield the rows with their CSS paths; these are empty where the table lies too deep for one."""
    above = path_of(table)
    for position, part in enumerate(table.iter(), start=1):
        tag = part.tag or ""
        if tag in ("tbody", "thead", "tfoot"):
            body = f"{above} > {step(tag, position)}" if above else ""
            for number, row in enumerate(part.iter(), start=1):
                if row.tag == "tr":
                    yield row, f"{body} > tr:nth-child({number})" if body else ""
