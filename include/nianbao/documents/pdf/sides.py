"""The sides of cells where tables that touch have nearly the same columns.

Lines a little apart count as one column. Where each belongs to rows of its own, a number that begins
right behind its line would else lose its first digits to the cell before it.
"""

from collections.abc import Sequence
from dataclasses import replace

from nianbao.documents.pdf.page import GridCell, Rule

_LEAST = 0.2
"""Share of the reach by which a line must be off its column to matter."""


def with_own_sides(
    cells: Sequence[GridCell], columns: Sequence[float], drawn: Sequence[Rule], reach: float
) -> tuple[GridCell, ...]:
    """Return the cells with the sides that are drawn for them alone; `drawn` are vertical lines."""
    off: dict[float, list[Rule]] = {}
    for rule in drawn:
        column = min(columns, key=lambda x: abs(x - rule.at))
        off.setdefault(column, []).append(rule)
    least = _LEAST * reach
    moved = {x: rules for x, rules in off.items() if any(abs(r.at - x) > least for r in rules)}
    if not moved:
        return tuple(cells)
    return tuple(_with_sides(cell, moved, least) for cell in cells)


def _with_sides(cell: GridCell, moved: dict[float, list[Rule]], least: float) -> GridCell:
    left, right = (_side(cell, x, moved.get(x, []), least) for x in (cell.box.left, cell.box.right))
    return replace(cell, box=replace(cell.box, left=left, right=right))


def _side(cell: GridCell, column: float, rules: Sequence[Rule], least: float) -> float:
    """Return where the lines stand that run along most of a side; the column where none does."""
    box = cell.box
    own = [
        rule.at
        for rule in rules
        if min(rule.end, box.bottom) - max(rule.start, box.top) > box.height / 2
    ]
    at = sum(own) / len(own) if own else column
    return at if abs(at - column) > least else column
