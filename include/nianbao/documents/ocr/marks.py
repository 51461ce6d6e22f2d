"""Marks too small to be text: a short dash in the middle of a cell, or something that is not known."""

from nianbao.documents.ocr.engine import Picture
from nianbao.documents.ocr.ink import parts_of
from nianbao.documents.pdf.page import Box

DASH = "-"
_LEAST = 0.15
"""Characters' heights: dirt is smaller in both directions."""
_LONGEST = 0.45
"""Characters' heights; what is longer is read as text."""
_FLAT = 1.25
"""How much wider than high each part of a dash is; two that stand close may have rounded ends."""
_MOST_PARTS = 2
_OFF_MIDDLE = 0.3
"""Characters' heights: a point or an underline is further from the middle of a cell."""


def small_mark(sure: Picture, faint: Picture, box: Box, height: float) -> str | None:
    """Return a dash where a cell has nothing else, `None` where it is blank, "" for anything else.

    A blank cell says that no number was printed, so what cannot be told is not blank.
    """
    parts = [*_parts(sure, box, height)]
    if not parts and not [*_parts(faint, box, height)]:
        return None
    whole = max((left + wide for left, _, wide, _ in parts), default=0)
    whole -= min((left for left, *_ in parts), default=0)
    middle = (int(box.bottom) - int(box.top)) / 2
    flat = all(
        wide >= _FLAT * high and abs(top + high / 2 - middle) <= _OFF_MIDDLE * height
        for _, top, wide, high in parts
    )
    fits = 0 < len(parts) <= _MOST_PARTS and whole <= _MOST_PARTS * _LONGEST * height
    return DASH if flat and fits else ""


def _parts(ink: Picture, box: Box, height: float) -> list[tuple[int, int, int, int]]:
    inside = ink[int(box.top) : int(box.bottom), int(box.left) : int(box.right)]
    if not inside.size:
        return []
    return [
        (left, top, wide, high)
        for left, top, wide, high, _ in parts_of(inside).tolist()
        if max(wide, high) >= _LEAST * height
    ]
