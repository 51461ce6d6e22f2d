"""Digits that ran into a ruling line, and lost a part of themselves when the line was taken away.

An 8 without its left side is a 3 to any reader, and looks like one by the count of its holes.
"""

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from nianbao.documents.ocr.engine import Picture
from nianbao.documents.ocr.strips import Strip

_DARK = 0.5
"""Between paper and black: beside a line by itself there are only lighter pixels."""
_TOUCHED = 0.5
"""Share of its rows in which a digit's ink meets a line that took a part of it: the ends of a 3 meet less."""
_DEEP = 3
"""Pixels by which the remains of a digit stand out on either side of a thin line."""
_OPEN = frozenset("12357")
"""Digits without a hole: what lost its side may have had one."""


def lost_under(grey: Picture, covered: Picture) -> Picture:
    """Return which pixels were taken away with the lines though they are as dark as ink."""
    paper, black = _paper_and_black(grey, covered)
    return np.asarray((covered > 0) & (grey < paper - _DARK * (paper - black)), np.uint8)


def _paper_and_black(grey: Picture, covered: Picture) -> tuple[float, float]:
    """Return the shades of the page and of its lines; most of a page may be blank."""
    lines = grey[covered > 0]
    black = float(np.percentile(lines, 20)) if len(lines) else 0.0
    return float(np.percentile(grey, 90)), black


def marked_cut(strips: Sequence[Strip], lost: Picture) -> list[Strip]:
    """Return lines of text with a note on the sides at which their ink goes on under a line."""
    return [_marked(strip, lost) for strip in strips]


def _marked(strip: Strip, lost: Picture) -> Strip:
    left, top = int(strip.box.left), int(strip.box.top)
    height, width = strip.ink.shape
    framed = np.zeros((height, width + 2), np.uint8)
    start = max(left - 1, 0)
    beside = lost[top : top + height, start : left + width + 1]
    framed[:, start - left + 1 : start - left + 1 + beside.shape[1]] = np.minimum(beside, 1)
    near = cv2.dilate(framed, np.ones((1, 3), np.uint8)) > 0
    met = near & (np.pad(strip.ink, ((0, 0), (1, 1))) > 0)
    least = _TOUCHED * height
    return replace(
        strip,
        cut_left=bool(met[:, : _DEEP + 1].any(axis=1).sum() >= least),
        cut_right=bool(met[:, -_DEEP - 1 :].any(axis=1).sum() >= least),
    )


def may_be_other_digits(strip: Strip, text: str) -> bool:
    """Tell whether a number may be another one: a digit without a hole, cut where it may have had one."""
    left, right = strip.cut_left, strip.cut_right
    return (left and text[:1] in _OPEN) or (right and text[-1:] in _OPEN)
