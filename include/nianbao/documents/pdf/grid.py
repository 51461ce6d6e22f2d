"""Ruling lines to tables: the squares between the lines, those without a wall between them made one.

Positions are points on a PDF page and pixels on a scan; `reach` says how far apart lines may end and
still meet.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from nianbao.documents.pdf.page import Box, Grid, GridCell, Rule
from nianbao.documents.pdf.sides import with_own_sides
from nianbao.errors import ReadError

_MOST_SQUARES = 40_000
_MOST_RULES = 20_000
_FINE = 0.3
"""Share of the reach by which pieces of one drawn line lie apart."""
_THIN = 1.6
"""How many reaches two lines of one table must be apart to have room for text between them."""
_OVERHANG = 1.6
"""How many reaches a line must run past the last one across it to show a side that is not drawn."""
_LEAST_COVERED = 0.6
"""Share of a square's side that a line must run along to be its wall."""


def find_grids(across: Sequence[Rule], down: Sequence[Rule], reach: float) -> list[Grid]:
    """Return the tables that horizontal and vertical lines draw, from top to bottom.

    Lines that meet belong to one table. Raises `ReadError("over_limit")` for a drawing of more lines
    or squares than any table has.
    """
    across, down = merge(across, _FINE * reach), merge(down, _FINE * reach)
    if len(across) + len(down) > _MOST_RULES:
        raise ReadError("over_limit", "a page with more lines than any table has")
    groups = _groups(across, down, reach)
    grids = [grid for rows, columns in groups if (grid := _grid(rows, columns, reach))]
    return sorted(_outermost(grids), key=lambda grid: (grid.box.top, grid.box.left))


def merge(rules: Sequence[Rule], reach: float) -> list[Rule]:
    """Return the lines with near ones brought to one position and touching ones made one."""
    return join_pieces(rules, reach, reach)


def join_pieces(rules: Sequence[Rule], beside: float, apart: float) -> list[Rule]:
    """Join lines up to `beside` off each other's direction whose ends are up to `apart` apart."""
    joined: list[Rule] = []
    for group in _near(sorted(rules, key=lambda rule: rule.at), beside):
        at = sum(rule.at for rule in group) / len(group)
        group.sort(key=lambda rule: rule.start)
        start, end = group[0].start, group[0].end
        for rule in group[1:]:
            if rule.start <= end + apart:
                end = max(end, rule.end)
            else:
                joined.append(Rule(at, start, end))
                start, end = rule.start, rule.end
        joined.append(Rule(at, start, end))
    return joined


def _near(rules: Sequence[Rule], reach: float) -> list[list[Rule]]:
    """Group lines, sorted by position, that lie within `reach` of a neighbour in their group."""
    groups: list[list[Rule]] = []
    for rule in rules:
        if groups and rule.at - groups[-1][-1].at <= reach:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def _groups(
    across: list[Rule], down: list[Rule], reach: float
) -> list[tuple[list[Rule], list[Rule]]]:
    """Return the sets of lines that hang together, each as its horizontal and its vertical ones."""
    waiting, columns = list(across), list(down)
    groups = []
    while waiting:
        rows, verticals, fresh = [], [], [waiting.pop()]
        while fresh:
            rows += fresh
            met = [v for v in columns if any(_meet(h, v, reach) for h in fresh)]
            columns = [v for v in columns if v not in met]
            verticals += met
            fresh = [h for h in waiting if any(_meet(h, v, reach) for v in met)]
            waiting = [h for h in waiting if h not in fresh]
        groups.append((rows, verticals))
    for rule in columns:
        _adopt(rule, groups, reach)
    return groups


def _adopt(lone: Rule, groups: list[tuple[list[Rule], list[Rule]]], reach: float) -> None:
    """Give a vertical line that meets none to the table that it is as high as.

    It is the side of a merged cell that begins on the page before and ends on the page after.
    """
    for rows, columns in groups:
        ends = [*(rule.at for rule in rows), *(end for v in columns for end in (v.start, v.end))]
        if abs(min(ends) - lone.start) <= reach and abs(max(ends) - lone.end) <= reach:
            columns.append(lone)
            return


def _meet(across: Rule, down: Rule, reach: float) -> bool:
    return (
        across.start - reach <= down.at <= across.end + reach
        and down.start - reach <= across.at <= down.end + reach
    )


def _grid(across: list[Rule], drawn: list[Rule], reach: float) -> Grid | None:
    """Return the table of one set of lines; a side without a line ends where the others end."""
    across, down = (join_pieces(rules, _THIN * reach, reach) for rules in (across, drawn))
    columns = _positions(down, across, reach)
    rows = _positions(across, down, reach)
    fewest = 2
    if not across or not down or len(columns) < fewest or len(rows) < fewest:
        return None
    if len(columns) * len(rows) > _MOST_SQUARES:
        raise ReadError("over_limit", "a table with more squares than any report has")
    cells = _cells(columns, rows, across, down)
    if len(cells) <= 1:
        return None
    ends = _by_position(across)
    cells = with_own_sides([_open(cell, rows, ends) for cell in cells], columns, drawn, reach)
    tops = [rule for rule in across if abs(rule.at - rows[0]) <= reach]
    bottoms = [rule for rule in across if abs(rule.at - rows[-1]) <= reach]
    return Grid(columns, rows, cells, open_top=not tops, open_bottom=not bottoms)


def _positions(rules: list[Rule], others: list[Rule], reach: float) -> tuple[float, ...]:
    found = sorted({rule.at for rule in rules})
    least = _OVERHANG * reach
    start = min((rule.start for rule in others), default=0.0)
    end = max((rule.end for rule in others), default=0.0)
    if found and start < found[0] - least:
        found.insert(0, start)
    if found and end > found[-1] + least:
        found.append(end)
    return tuple(found)


def _cells(
    columns: Sequence[float],
    rows: Sequence[float],
    across: list[Rule],
    down: list[Rule],
) -> tuple[GridCell, ...]:
    """Join squares that no wall parts; what is then no rectangle is cut into rows of squares."""
    height, width = len(rows) - 1, len(columns) - 1
    owner = {square: square for square in product(range(height), range(width))}

    def root(square: tuple[int, int]) -> tuple[int, int]:
        while owner[square] != square:
            owner[square] = owner[owner[square]]
            square = owner[square]
        return square

    below = _by_position(across)
    beside = _by_position(down)
    for row, column in product(range(height), range(width)):
        right = column + 1 < width and not _walled(
            beside.get(columns[column + 1], []), rows[row], rows[row + 1]
        )
        under = row + 1 < height and not _walled(
            below.get(rows[row + 1], []), columns[column], columns[column + 1]
        )
        if right:
            owner[root((row, column + 1))] = root((row, column))
        if under:
            owner[root((row + 1, column))] = root((row, column))
    regions: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for square in owner:
        regions.setdefault(root(square), []).append(square)
    cells = [cell for region in regions.values() for cell in _rectangles(region, columns, rows)]
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))


def _open(cell: GridCell, rows: Sequence[float], across: dict[float, list[Rule]]) -> GridCell:
    """Return a cell with a note on whether it is closed where the table begins and ends."""
    top = cell.row == 0
    bottom = cell.row + cell.row_span == len(rows) - 1
    if not (top or bottom):
        return cell
    sides = cell.box.left, cell.box.right
    return replace(
        cell,
        open_top=top and not _walled(across.get(rows[0], []), *sides),
        open_bottom=bottom and not _walled(across.get(rows[-1], []), *sides),
    )


def _by_position(rules: list[Rule]) -> dict[float, list[Rule]]:
    found: dict[float, list[Rule]] = {}
    for rule in rules:
        found.setdefault(rule.at, []).append(rule)
    return found


def _walled(rules: list[Rule], start: float, end: float) -> bool:
    covered = sum(max(0.0, min(end, rule.end) - max(start, rule.start)) for rule in rules)
    return covered >= _LEAST_COVERED * (end - start)


def _rectangles(
    region: list[tuple[int, int]], columns: Sequence[float], rows: Sequence[float]
) -> list[GridCell]:
    top, bottom = min(r for r, _ in region), max(r for r, _ in region)
    left, right = min(c for _, c in region), max(c for _, c in region)
    if len(region) == (bottom - top + 1) * (right - left + 1):
        return [_cell(top, left, bottom, right, columns, rows)]
    squares = sorted(region)
    cells = [_cell(row, column, row, column, columns, rows) for row, column in squares]
    return [replace(cell, loose=True) for cell in cells]


def _cell(
    top: int, left: int, bottom: int, right: int, columns: Sequence[float], rows: Sequence[float]
) -> GridCell:
    box = Box(columns[left], rows[top], columns[right + 1], rows[bottom + 1])
    return GridCell(top, left, bottom - top + 1, right - left + 1, box)


def _outermost(grids: list[Grid]) -> list[Grid]:
    """Drop tables drawn inside another one; their text belongs to the cell around them."""
    return [
        grid
        for grid in grids
        if not any(
            other is not grid
            and other.box.holds(grid.box.left, grid.box.top)
            and other.box.holds(grid.box.right, grid.box.bottom)
            for other in grids
        )
    ]
