"""Lines to paragraphs, over line breaks and pages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from nianbao.documents.pdf.page import Grid, Line, Page

_FULL = 2.0
"""Ems by which a line that runs on may stop short of the right edge: punctuation is not split off."""
_SET_IN = 2.6
"""Ems from the left edge at which a paragraph may begin."""
_CENTRED = 0.75
"""Share of the width that a centred line fills before it is broken."""
_OWN_LINE = re.compile(r"[\d（(\u3014\[【—-]")
"""How a line below a title begins that is none of it: a date, a number, a remark."""
_INDENT = 0.8
"""Ems by which the first line of a paragraph stands in at least."""
_SPREAD = 1.3
"""How much wider than usual the distance of two lines is where a paragraph ends."""
_SAME_SIZE = 0.12
_ORDINAL = re.compile(
    r"(?:第?[一二三四五六七八九十]+[、.．章节]|[（(][一二三四五六七八九十]+[)）])"
)
_ENDED = ("。", "；", "：", "！", "？", ";", ":", "”")


@dataclass(frozen=True, slots=True)
class Column:
    """The edges between which the running text of a document is set, and the step of its lines."""

    left: float
    right: float
    step: float


def column_of(lines: Sequence[Line], edges: Column) -> Column:
    """Return the edges of a document with the usual distance of the lines of one page."""
    steps = [_step(a, b) for a, b in pairwise(lines) if _may_run_on(a, b, edges)]
    return replace(edges, step=min(steps, default=edges.step))


def edges_of(pages: Sequence[Page]) -> Column:
    """Return between which edges a document is set, by its lines and its tables.

    Where at most one line reaches as far as the last, text may end anywhere, and the right margin
    is taken to be as wide as the left one.
    """
    items = [item for page in pages for item in page.items]
    left = min((item.box.left for item in items), default=0.0)
    right = max((item.box.right for item in items), default=0.0)
    reaching = [
        item
        for item in items
        if isinstance(item, Grid) or right - item.box.right <= _FULL * item.size
    ]
    if len(reaching) <= 1 and pages:
        right = max(right, max(page.width for page in pages) - left)
    return Column(left, right, 0.0)


def runs_on(above: Line, below: Line, column: Column, before: Column | None = None) -> bool:
    """Tell whether a line continues the paragraph of the line above it.

    `before` is given where the line above stands on another page, with its own edges.
    """
    if before is not None:
        return _ends_full(above, before) and _goes_on(above, below, column)
    near = _step(above, below) <= _SPREAD * column.step
    return near and _may_run_on(above, below, column)


def _may_run_on(above: Line, below: Line, column: Column) -> bool:
    return _ends_full(above, column) and _goes_on(above, below, column)


def _is_centred(line: Line, column: Column) -> bool:
    off = line.box.middle[0] - (column.left + column.right) / 2
    return abs(off) <= line.size / 2


def _step(above: Line, below: Line) -> float:
    return (below.box.middle[1] - above.box.middle[1]) / max(above.size, 1.0)


def _is_title(line: Line, column: Column) -> bool:
    """Tell whether a line is centred between margins of its own."""
    return _is_centred(line, column) and line.box.left - column.left > _SET_IN * line.size


def _ends_full(above: Line, column: Column) -> bool:
    if _is_title(above, column):
        return above.box.width >= _CENTRED * (column.right - column.left)
    set_in = above.box.left - column.left <= _SET_IN * above.size
    return set_in and column.right - above.box.right <= _FULL * above.size


def _goes_on(above: Line, below: Line, column: Column) -> bool:
    if abs(above.size - below.size) > _SAME_SIZE * above.size:
        return False
    if below.box.left - column.left > _INDENT * below.size:
        whole = _is_centred(above, column) and _is_centred(below, column)
        return whole and not _OWN_LINE.match(below.text)
    if _is_title(above, column):
        return False
    return not (above.text.endswith(_ENDED) and _ORDINAL.match(below.text))


def joined(lines: Sequence[str]) -> str:
    """Return lines as one text: a Chinese line break joins without a space."""
    text = ""
    for line in lines:
        both_latin = text[-1:].isascii() and text[-1:].isalpha() and line[:1].isascii()
        text += (" " if both_latin and text else "") + line
    return text
