"""The ruling lines of a scanned page, found by their length, and the page without them."""

import cv2
import numpy as np

from nianbao.documents.ocr.engine import Picture
from nianbao.documents.ocr.ink import Ink, parts_of
from nianbao.documents.pdf.page import Rule

_LENGTH_ACROSS = 4.0
_LENGTH_DOWN = 1.4
"""Characters' heights: no stroke of a character is as long."""
_SURELY_DOWN = 3.0
"""Characters' heights from which a vertical line needs no horizontal ones at its ends."""
_REACH = 0.35
_THICKEST = 0.5
"""Characters' heights: a longer thing that is thicker is a picture."""
_BROKEN = 0.12
"""Characters' heights by which a scanned line may be interrupted."""


def rules_of(ink: Ink) -> tuple[list[Rule], list[Rule], Picture]:
    """Return the horizontal and the vertical lines, and which pixels they cover."""
    height = ink.text_height
    gap = max(int(_BROKEN * height), 3)
    across = _long(ink.sure, (max(int(_LENGTH_ACROSS * height), 20), 1), (gap, 1))
    down = _long(ink.sure, (1, max(int(_LENGTH_DOWN * height), 15)), (1, gap))
    rows = [
        Rule(top + high / 2, left, left + wide)
        for left, top, wide, high, _ in parts_of(across).tolist()
        if high <= _THICKEST * height
    ]
    columns = []
    for left, top, wide, high, _ in parts_of(down).tolist():
        rule = Rule(left + wide / 2, top, top + high)
        held = high >= _SURELY_DOWN * height or _is_held(rule, rows, _REACH * height)
        if wide <= _THICKEST * height and held:
            columns.append(rule)
        else:
            down[top : top + high, left : left + wide] = 0
    covered = cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8))
    return rows, columns, np.asarray(covered, np.uint8)


def _is_held(rule: Rule, rows: list[Rule], reach: float) -> bool:
    """Tell whether a vertical line ends at horizontal ones above and below."""
    return all(
        any(
            abs(row.at - end) <= reach and row.start - reach <= rule.at <= row.end + reach
            for row in rows
        )
        for end in (rule.start, rule.end)
    )


def _long(ink: Picture, size: tuple[int, int], gap: tuple[int, int]) -> Picture:
    whole = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, cv2.getStructuringElement(0, gap))
    lines = cv2.morphologyEx(whole, cv2.MORPH_OPEN, cv2.getStructuringElement(0, size))
    return np.asarray(lines, np.uint8)
