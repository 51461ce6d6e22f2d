"""Tables broken over pages, put together again in the columns of both parts."""

from collections.abc import Sequence
from dataclasses import replace

from nianbao.documents.pdf.page import Grid, GridCell
from nianbao.documents.pdf.seam import sewn
from nianbao.documents.pdf.values import is_number

_SAME_EDGE = 0.012
"""Share of a table's width by which the parts of one may stand apart sideways."""
_LEAST_EDGE = 6.0
_SHIFTED = 0.08
"""The same for a whole page, as margins change sides where a report is bound."""
_STRETCHED = 0.03
"""Share by which one page may be printed or scanned wider than the other."""
_MOST_HEADER_ROWS = 4


def belong_together(above: Grid, below: Grid) -> bool:
    """Tell whether a table at the top of a page may continue the one at the foot of the page before.

    Whether their columns are the same says nothing: a header that is cut has only some of them on
    either page. Two tables are parted by a heading; a table that is as wide and follows at once is
    the same one, and each of its rows keeps its own columns.
    """
    if above.unruled or below.unruled:
        return False
    wide = above.box.width
    stretched = abs(below.box.width - wide) <= max(_STRETCHED * wide, _LEAST_EDGE)
    return stretched and abs(above.box.left - below.box.left) <= max(_SHIFTED * wide, _LEAST_EDGE)


def join(above: Grid, below: Grid) -> Grid:
    """Return both parts as one table: a repeated header once, a row cut by the page made whole."""
    lower_columns = _aligned(above, below)
    reach = max(_SAME_EDGE * above.box.width, _LEAST_EDGE)
    columns = _columns(above.columns, lower_columns, reach)
    upper = _without_blank_foot(_moved(above.cells, above.columns, columns))
    lower = _without_header(upper, _without_blanks(_moved(below.cells, lower_columns, columns)))
    cells = tuple(sorted(sewn(upper, lower), key=lambda cell: (cell.row, cell.column)))
    height = max(cell.row + cell.row_span for cell in cells)
    return replace(
        above,
        columns=columns,
        rows=tuple(float(row) for row in range(height + 1)),
        cells=cells,
        open_bottom=below.open_bottom,
    )


def _aligned(above: Grid, below: Grid) -> tuple[float, ...]:
    """Return the columns of the lower part as if it stood right below the upper one."""
    factor = above.box.width / below.box.width
    return tuple(above.box.left + (x - below.box.left) * factor for x in below.columns)


def _columns(above: Sequence[float], below: Sequence[float], reach: float) -> tuple[float, ...]:
    extra = [x for x in below if not any(abs(x - column) <= reach for column in above)]
    return tuple(sorted([*above, *extra]))


def _moved(
    cells: Sequence[GridCell], own: Sequence[float], columns: Sequence[float]
) -> list[GridCell]:
    """Return cells counted in the columns of the whole table."""
    at = [min(range(len(columns)), key=lambda i: abs(columns[i] - x)) for x in own]
    moved = []
    for cell in cells:
        start, end = at[cell.column], at[cell.column + cell.column_span]
        moved.append(replace(cell, column=start, column_span=max(end - start, 1)))
    return moved


def _without_blanks(cells: list[GridCell]) -> list[GridCell]:
    """Drop empty rows at the top of a part: what is left of the space around a cut row's text."""
    while cells and not any(cell.text.strip() for cell in cells if cell.row == 0):
        cells = [
            replace(cell, row=max(cell.row - 1, 0), row_span=cell.row_span - (cell.row == 0))
            for cell in cells
            if cell.row > 0 or cell.row_span > 1
        ]
    return cells


def _without_blank_foot(cells: list[GridCell]) -> list[GridCell]:
    """Drop a row at the foot that is open and empty: its text begins on the next page."""
    height = max(cell.row + cell.row_span for cell in cells)
    last = [cell for cell in cells if cell.row + cell.row_span == height]
    own = [cell for cell in last if cell.row == height - 1]
    if height == 1 or not own or any(cell.text.strip() or not cell.open_bottom for cell in own):
        return cells
    kept = [cell for cell in cells if cell.row < height - 1]
    return [replace(cell, row_span=cell.row_span - 1) if cell in last else cell for cell in kept]


def _without_header(upper: list[GridCell], lower: list[GridCell]) -> list[GridCell]:
    """Drop the rows at the top of a part that repeat the first rows of the table."""
    repeated = 0
    for count in range(1, _MOST_HEADER_ROWS + 1):
        first, second = _head(upper, count), _head(lower, count)
        if first and first == second and not any(is_number(text) for *_, text in first):
            repeated = count
    if repeated and any(c.row < repeated < c.row + c.row_span for c in lower):
        return lower
    return [replace(c, row=c.row - repeated) for c in lower if c.row >= repeated]


def _head(cells: list[GridCell], count: int) -> list[tuple[int, int, str]]:
    return [
        (cell.row, cell.column, "".join(cell.text.split())) for cell in cells if cell.row < count
    ]
