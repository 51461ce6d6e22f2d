"""The columns of a table without ruling lines: where numbers and headings stand above each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from nianbao.documents.pdf.page import Line
from nianbao.documents.pdf.text_row import (
    TextRow,
    is_corner,
    is_heading,
    is_unit,
    is_value,
    opens_label,
)
from nianbao.documents.pdf.text_stacks import stacked

_MOST_HEADER_LINES = 12
_FEWEST = 3
"""Columns of a table without headings: what goes on from the page before."""
_NEAR = 3.5
"""Ems between two lines of a header."""
_NEXT = 1.9
"""Ems between two lines of one label."""
_TOO_LONG = 0.6
"""Share of a table's width from which a line above it is no heading."""
Span = tuple[float, float]


@dataclass
class Columns:
    """The columns found; `height` lines above the first number are their header."""

    spans: list[Span]
    leaves: list[list[Line]] = field(default_factory=list)
    """The lines of each column's own heading."""
    above: list[list[list[Line]]] = field(default_factory=list)
    """Rows of wider headings above them, by the column in which each begins."""
    corner: list[Line] = field(default_factory=list)
    spilled: list[list[Line]] = field(default_factory=list)
    """Lines of each column between its heading and the first row: parts of that row."""
    lead: list[Line] = field(default_factory=list)
    """Lines of labels above the first row: parts of its own."""
    height: int = 0

    def at(self, part: Line) -> int | None:
        """Return in which column a part stands."""
        return next((i for i, span in enumerate(self.spans) if _overlap(_span(part), span)), None)

    def headings(self) -> list[tuple[list[Line], list[list[Line]]]]:
        """Return the rows of the header: the text in its corner, and the heading of each column."""
        rows: list[tuple[list[Line], list[list[Line]]]] = [([], row) for row in self.above]
        return [*rows, (self.corner, self.leaves)] if self.height else []

    def lefts(self, least: float) -> list[float]:
        """Return where the columns begin, each further right than the one before."""
        found: list[float] = []
        for left, _ in self.spans:
            least = max(left, least + 0.01)
            found.append(least)
        return found


def columns_of(before: Sequence[TextRow], rows: Sequence[TextRow]) -> Columns | None:
    """Return the columns of lines with numbers, by the lines `before` them; `None` where not sure."""
    spans = _united(part for row in rows for part in row.values)
    parts = [_in_area(row, spans) for row in rows]
    spans = _united(part for row in parts for part in row)
    header = _header(before, rows[0], spans)
    found, is_known = _headed(header, spans)
    if not is_known and _is_whole(parts, spans):
        found = _bare(before, rows[0], spans)
    # No two columns share anything, and each part stands in one of them.
    if found is None or any(_is_shared(row, found.spans) for row in parts):
        return None
    return found


def _is_whole(rows: Sequence[Sequence[Line]], spans: Sequence[Span]) -> bool:
    """Tell whether lines without headings are sure to have no more columns, and enough for a table."""
    units = all(is_unit(row[0].text) for row in rows if row)
    fewest = _FEWEST - units
    return len(spans) >= fewest and any(len(row) == len(spans) for row in rows)


def _bare(before: Sequence[TextRow], first: TextRow, spans: list[Span]) -> Columns:
    """Return columns without headings; lines of the first row may stand above its numbers."""
    found = Columns(spans, spilled=[[] for _ in spans])
    below = first
    for row in reversed(before):
        if row.values or below.y - row.y > _NEXT * row.whole.size:
            break
        for part in reversed(row.parts):
            at = found.at(part)
            (found.lead if at is None else found.spilled[at]).insert(0, part)
        below = row
        if opens_label(row.whole.text):
            break
    return found


def _in_area(row: TextRow, spans: Sequence[Span]) -> list[Line]:
    """Return the parts of a line that stand among the numbers, words included."""
    return [part for part in row.parts if is_value(part.text) or part.box.right > spans[0][0]]


def _is_shared(parts: Sequence[Line], spans: Sequence[Span]) -> bool:
    """Tell whether two parts of a line stand in one column, or one part in two or none."""
    at = [[i for i, span in enumerate(spans) if _overlap(_span(part), span)] for part in parts]
    return any(len(found) != 1 for found in at) or len({found[0] for found in at}) < len(parts)


def _header(before: Sequence[TextRow], first: TextRow, spans: Sequence[Span]) -> list[TextRow]:
    """Return the lines above the first number that may belong to the header, from top to bottom."""
    wide = spans[-1][1] - min(part.box.left for part in first.parts)
    found: list[TextRow] = []
    below = first
    for row in reversed(before[-_MOST_HEADER_LINES:]):
        near = below.y - row.y <= _NEAR * max(row.whole.size, below.whole.size)
        begun = any(_is_of(spans, part) for one in found for part in one.parts)
        caption = len(row.parts) == 1 and (
            (opens_label(row.whole.text) and begun) or row.whole.box.width > _TOO_LONG * wide
        )
        if not near or caption or row.values:
            break
        found.insert(0, row)
        below = row
    while found and not any(_is_of(spans, part) for part in found[0].parts):
        found.pop(0)
    return found


def _is_of(spans: Sequence[Span], part: Line) -> bool:
    return part.box.right > spans[0][0]


def _headed(header: Sequence[TextRow], spans: Sequence[Span]) -> tuple[Columns | None, bool]:
    """Return the columns with their headings, all of them known, and whether any is.

    A heading may have no number below it.
    """
    known, wide, corner = list(spans), list[Line](), list[Line]()
    stacks: dict[Span, list[Line]] = {span: [] for span in spans}
    for row in reversed(header):
        for part in reversed(row.parts):
            over = [span for span in known if _overlap(_span(part), span)]
            left = part.box.right <= spans[0][0] and not is_heading(part.text)
            if is_corner(part.text) or (not over and left):
                corner.insert(0, part)
            elif len(over) > 1:
                wide.insert(0, part)
            else:
                span = over[0] if over else _span(part)
                known += [] if over else [span]
                stacks.setdefault(span, []).insert(0, part)
    for span in [one for one in known if one not in spans and _parted(stacks[one]) is None]:
        known.remove(span)  # a caption that stands above no number
        wide += stacks.pop(span)
    known.sort()
    parted = [_parted(stacks[span]) for span in known]
    certain = [one for one in parted if one is not None]
    if len(certain) < len(known) or any(_overlap(*pair) for pair in pairwise(known)):
        return None, bool(certain)
    wide += [line for above, _, _ in certain for line in above]
    found = Columns(
        known,
        [leaf for _, leaf, _ in certain],
        _levels(wide, known),
        spilled=[spilled for _, _, spilled in certain],
        height=len(header),
    )
    foot = max(line.box.middle[1] for leaf in found.leaves for line in leaf)
    for stack in stacked((line, False) for line in corner):
        (found.lead if stack.top > foot else found.corner).extend(stack.lines)
    return found, True


def _parted(lines: list[Line]) -> tuple[list[Line], list[Line], list[Line]] | None:
    """Return the wider headings above a column, its own, and what stands below it; `None` for none known."""
    for end in range(len(lines), 0, -1):
        for start in range(end):
            if is_heading("".join(line.text for line in lines[start:end])):
                return lines[:start], lines[start:end], lines[end:]
    return None


def _levels(lines: Sequence[Line], spans: Sequence[Span]) -> list[list[list[Line]]]:
    """Return wider headings as rows, each in the first column below it."""
    rows: list[list[list[Line]]] = []
    last = None
    for line in sorted(lines, key=lambda line: line.box.middle[1]):
        middle = line.box.middle[1]
        if last is None or middle - last > line.size / 2:
            rows.append([[] for _ in spans])
        last = middle
        over = [i for i, span in enumerate(spans) if _overlap(_span(line), span)]
        rows[-1][over[0] if over else 0].append(line)
    return rows


def _span(part: Line) -> Span:
    return part.box.left, part.box.right


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _united(parts: Iterable[Line]) -> list[Span]:
    """Return the stretches that parts cover, from left to right."""
    found: list[Span] = []
    for left, right in sorted(map(_span, parts)):
        if found and left < found[-1][1]:
            found[-1] = found[-1][0], max(right, found[-1][1])
        else:
            found.append((left, right))
    return found
