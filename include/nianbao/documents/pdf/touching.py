"""Tables drawn one below the other without a gap, taken apart again.

Where a browser or Word prints them so, one line closes the one and opens the other, and their columns
are different ones. As one table, numbers of the lower would stand a little beside the headings of the
upper, and nobody could say below which.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from nianbao.documents.pdf.page import Grid, GridCell


def parted(grid: Grid) -> list[Grid]:
    """Return the tables that one drawing holds, from top to bottom, each in its own columns.

    In one table the cells of neighbouring rows divide each other: the sides of one row are sides of the
    other too, but for those inside its wider cells. Where each row has sides that the other lacks, and a
    line runs between them from end to end, a table ends.
    """
    ends = [at for at in range(1, len(grid.rows) - 1) if _ends_at(grid, at)]
    if not ends:
        return [grid]
    return [*_parts(grid, [0, *ends, len(grid.rows) - 1])]


def _ends_at(grid: Grid, at: int) -> bool:
    above, below = set[int](), set[int]()
    for cell in grid.cells:
        if cell.row < at < cell.row + cell.row_span:
            return False
        if cell.row + cell.row_span == at:
            above.add(cell.column)
        elif cell.row == at:
            below.add(cell.column)
    return bool(above - below and below - above)


def _parts(grid: Grid, edges: Sequence[int]) -> Iterator[Grid]:
    for start, end in pairwise(edges):
        cells = [replace(c, row=c.row - start) for c in grid.cells if start <= c.row < end]
        yield replace(
            grid,
            columns=_own(grid.columns, cells),
            rows=grid.rows[start : end + 1],
            cells=tuple(_in_own_columns(cells)),
            open_top=grid.open_top and start == 0,
            open_bottom=grid.open_bottom and end == edges[-1],
        )


def _sides(cells: Sequence[GridCell]) -> list[int]:
    return sorted({at for c in cells for at in (c.column, c.column + c.column_span)})


def _own(columns: Sequence[float], cells: Sequence[GridCell]) -> tuple[float, ...]:
    return tuple(columns[at] for at in _sides(cells))


def _in_own_columns(cells: Sequence[GridCell]) -> Iterator[GridCell]:
    place = {at: number for number, at in enumerate(_sides(cells))}
    for cell in cells:
        start = place[cell.column]
        yield replace(cell, column=start, column_span=place[cell.column + cell.column_span] - start)
