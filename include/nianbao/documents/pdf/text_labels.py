"""Which label and which numbers make a row, where each may take several lines and labels stand in groups."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from nianbao.documents.pdf.page import Line
from nianbao.documents.pdf.text_columns import Columns
from nianbao.documents.pdf.text_row import TextRow
from nianbao.documents.pdf.text_stacks import Placed, Stack, stacked

_OWN_ROW = 0.75
"""Share of the distance of two rows from which a label between them has a row of its own."""

_LEAST_PITCH = 1.6
"""Ems between two rows."""


@dataclass
class Labelled:
    """A row of the table: its label, the labels of its group, and the lines of each number."""

    y: float
    own: list[Line]
    cells: list[list[Line]]
    groups: list[Line] = field(default_factory=list)


def labelled(rows: Sequence[TextRow], columns: Columns) -> list[Labelled] | None:
    """Return the rows that lines of text make up; `None` where it is not sure which belong together."""
    heights = [row.y for row in rows if row.values]
    labels = stacked(_lines_left_of(rows, columns))
    own = _own(labels, [row for row in rows if row.values], len(columns.spans))
    numbers = _numbers(rows, columns, heights)
    if own is None or numbers is None:
        return None
    found = [
        Labelled(y, label.lines if label else [], cells)
        for y, label, cells in zip(heights, own, numbers, strict=True)
    ]
    others = [label for label in labels if not any(label is one for one in own)]
    _group(found, others, len(columns.spans))
    return sorted(found, key=lambda row: row.y)


def _lines_left_of(rows: Sequence[TextRow], columns: Columns) -> list[Placed]:
    lead = [(line, False) for line in columns.lead]
    return lead + [
        (part, bool(row.values)) for row in rows for part in row.parts if columns.at(part) is None
    ]


def _own(labels: Sequence[Stack], rows: Sequence[TextRow], width: int) -> list[Stack | None] | None:
    """Return the label beside each row of numbers: of several, the one next to them.

    Where there is one row alone, it may be without.
    """
    if not labels and len(rows) == 1:
        return [None]
    own: list[Stack | None] = []
    for row in rows:
        beside = [label for label in labels if label.covers(row.y)]
        label = max(beside, key=lambda label: label.left, default=None)
        if label is None or (label.is_doubtful and len(row.parts) < width):
            return None
        own.append(label)
    return own if len({id(label) for label in own}) == len(own) else None


def _numbers(
    rows: Sequence[TextRow], columns: Columns, heights: Sequence[float]
) -> list[list[list[Line]]] | None:
    """Return the lines in each column for each row; each text must stand beside just one of them."""
    found: list[list[list[Line]]] = [[[] for _ in columns.spans] for _ in heights]
    for at, spilled in enumerate(columns.spilled):
        lines: list[Placed] = [(line, False) for line in spilled]
        lines += [(p, bool(row.values)) for row in rows for p in row.parts if columns.at(p) == at]
        for stack in stacked(lines):
            beside = [index for index, y in enumerate(heights) if stack.covers(y)]
            if len(beside) != 1 or found[beside[0]][at]:
                return None
            found[beside[0]][at] = stack.lines
    return found


def _group(rows: list[Labelled], others: Sequence[Stack], width: int) -> None:
    """Give labels without numbers to the row that they stand nearest to, or a row without numbers."""
    pitches = [below.y - above.y for above, below in pairwise(rows)]
    numbered = list(rows)
    for label in others:
        pitch = min(pitches, default=_LEAST_PITCH * label.lines[0].size)
        y = (label.top + label.bottom) / 2
        nearest = min(numbered, key=lambda row: abs(row.y - y))
        if abs(nearest.y - y) >= _OWN_ROW * pitch:
            rows.append(Labelled(y, label.lines, [[] for _ in range(width)]))
        else:
            nearest.groups += label.lines
