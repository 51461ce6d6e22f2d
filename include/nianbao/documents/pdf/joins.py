"""Tables broken over pages, put together again."""

from collections.abc import Sequence
from dataclasses import replace

from nianbao.documents.pdf.page import Grid, GridCell

_SAME_EDGE = 6.0
"""Points by which the parts of one table may stand apart sideways."""
_MOST_HEADER_ROWS = 4
_NUMBER = frozenset("0123456789０１２３４５６７８９")
_ORDINAL_STARTS = frozenset("0123456789一二三四五六七八九十（(第")


def belong_together(above: Grid, below: Grid) -> bool:
    """Tell whether a table at the top of a page continues the one at the foot of the page before.

    It does if it reaches from the same edge to the same edge and has no columns of its own beside
    those of the other, or the other none beside its.
    """
    if not (_same(above.box.left, below.box.left) and _same(above.box.right, below.box.right)):
        return False
    extra = [x for x in below.columns if not _found(x, above.columns)]
    lacking = [x for x in above.columns if not _found(x, below.columns)]
    return not extra or not lacking or above.open_bottom or below.open_top


def join(above: Grid, below: Grid) -> Grid:
    """Return both parts as one table: a repeated header once, a row cut by the page made whole."""
    columns = _columns(above, below)
    upper = _moved(above, columns, 0)
    lower = _without_header(upper, _without_blanks(_moved(below, columns, 0)))
    height = len(above.rows) - 1
    if lower and _continues(upper, lower, height, above, below):
        upper, lower = _sewn(upper, lower, height)
        height -= 1
    elif lower:
        upper, lower = _spanned(upper, lower, height)
    shifted = [replace(cell, row=cell.row + height) for cell in lower]
    depth = len(below.rows) - 1
    rows = (*range(height + depth + 1),)
    joined = replace(
        above,
        columns=columns,
        rows=tuple(float(row) for row in rows),
        cells=tuple(sorted([*upper, *shifted], key=lambda cell: (cell.row, cell.column))),
        open_bottom=below.open_bottom,
    )
    return _trimmed(joined)


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= _SAME_EDGE


def _found(x: float, columns: Sequence[float]) -> bool:
    return any(_same(x, column) for column in columns)


def _columns(above: Grid, below: Grid) -> tuple[float, ...]:
    extra = [x for x in below.columns if not _found(x, above.columns)]
    return tuple(sorted([*above.columns, *extra]))


def _moved(grid: Grid, columns: Sequence[float], down: int) -> list[GridCell]:
    """Return the cells counted in the columns of the whole table."""
    at = [min(range(len(columns)), key=lambda i: abs(columns[i] - x)) for x in grid.columns]
    moved = []
    for cell in grid.cells:
        start, end = at[cell.column], at[cell.column + cell.column_span]
        moved.append(
            replace(cell, row=cell.row + down, column=start, column_span=max(end - start, 1))
        )
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


def _without_header(upper: list[GridCell], lower: list[GridCell]) -> list[GridCell]:
    """Drop the rows at the top of a part that repeat the first rows of the table."""
    repeated = 0
    for count in range(1, _MOST_HEADER_ROWS + 1):
        first, second = _head(upper, count), _head(lower, count)
        if first and first == second and not any(_is_number(text) for *_, text in first):
            repeated = count
    if repeated and any(c.row < repeated < c.row + c.row_span for c in lower):
        return lower
    return [replace(c, row=c.row - repeated) for c in lower if c.row >= repeated]


def _head(cells: list[GridCell], count: int) -> list[tuple[int, int, str]]:
    return [
        (cell.row, cell.column, "".join(cell.text.split())) for cell in cells if cell.row < count
    ]


def _continues(
    upper: list[GridCell], lower: list[GridCell], height: int, above: Grid, below: Grid
) -> bool:
    """Tell whether the first row of the lower part is the rest of the last row of the upper one.

    Where no line closes the page, it is. Elsewhere only if it has nothing but the rest of labels.
    """
    last = {c.column: c for c in upper if c.row + c.row_span == height}
    first = [cell for cell in lower if cell.row == 0]
    fits = all(
        cell.column in last and last[cell.column].column_span == cell.column_span for cell in first
    )
    if not fits or len(first) != len(last):
        return False
    if above.open_bottom or below.open_top:
        return not any(_is_number(c.text) and _is_number(last[c.column].text) for c in first)
    printed = [cell for cell in first if cell.text.strip()]
    return bool(printed) and all(_is_rest(cell, last[cell.column]) for cell in printed)


def _is_rest(cell: GridCell, above: GridCell) -> bool:
    text = cell.text.strip()
    words = bool(above.text.strip()) and not _is_number(above.text) and not _is_number(text)
    return words and text[0] not in _ORDINAL_STARTS


def _sewn(
    upper: list[GridCell], lower: list[GridCell], height: int
) -> tuple[list[GridCell], list[GridCell]]:
    """Give each cell of the last row the text of the cell that continues it."""
    rest = {cell.column: cell for cell in lower if cell.row == 0}
    sewn = []
    for cell in upper:
        if cell.row + cell.row_span == height:
            below = rest[cell.column]
            text = "\n".join(part for part in (cell.text, below.text) if part)
            cell = replace(cell, text=text, row_span=cell.row_span + below.row_span - 1)
        sewn.append(cell)
    return sewn, [cell for cell in lower if cell.row > 0]


def _spanned(
    upper: list[GridCell], lower: list[GridCell], height: int
) -> tuple[list[GridCell], list[GridCell]]:
    """Let labels over several rows reach on over the empty cells that continue them."""
    empty = {
        (cell.column, cell.column_span): cell
        for cell in lower
        if cell.row == 0 and not cell.text.strip()
    }
    spanned, used = [], set()
    for cell in upper:
        below = empty.get((cell.column, cell.column_span))
        ends = cell.row + cell.row_span == height and bool(cell.text) and not _is_number(cell.text)
        if below and ends and max(cell.row_span, below.row_span) > 1:
            used.add(id(below))
            cell = replace(cell, row_span=cell.row_span + below.row_span)
        spanned.append(cell)
    return spanned, [cell for cell in lower if id(cell) not in used]


def _trimmed(grid: Grid) -> Grid:
    height = max(cell.row + cell.row_span for cell in grid.cells)
    return replace(grid, rows=tuple(float(row) for row in range(height + 1)))


def _is_number(text: str) -> bool:
    return bool(text.strip()) and text.strip()[0] in _NUMBER and text.strip()[-1] in _NUMBER
