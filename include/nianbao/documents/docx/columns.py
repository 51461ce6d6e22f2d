"""Which edges of cells are one line on paper, though rows end their cells some twips apart.

Word, WPS and LibreOffice keep every edge that was ever dragged or rounded as a column of its own. A
heading would then seem to reach over its neighbour, and a number to stand beside its heading.
"""

from collections.abc import Iterable, Mapping

_PART = 3
"""Edges within a third of the narrowest cell with text are one: each text keeps its own columns, and
a number that is put under a heading is drawn below the greater part of it."""


def lines_of(edges: Iterable[int], narrowest: int) -> Mapping[int, int]:
    """Return for each edge, in twips, the number of the line that it lies on, from zero."""
    tolerance = narrowest // _PART
    lines: dict[int, int] = {}
    first, line = 0, -1
    for edge in sorted(set(edges)):
        if line < 0 or edge - first > tolerance:
            first, line = edge, line + 1
        lines[edge] = line
    return lines
