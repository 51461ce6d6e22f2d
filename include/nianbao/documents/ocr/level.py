"""Pages that lie aslant in the scanner, turned so that their lines lie level.

At the right angle the ink of ruling lines, and of lines of text, falls into few rows of pixels: the sum
of the squares of what each row holds is then the largest. Looking for single lines instead took more
time than recognition, and was out by a tenth of a degree.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from nianbao.documents.ocr.engine import Picture

_MOST_ASLANT = 5.0
"""Degrees by which a page may lie aslant."""
_COARSE = 0.2
_FINE = 0.02
_LEAST = 0.03
"""Degrees; less is a pixel or two over a whole page."""
_STROKE = 9
"""Pixels: shorter pieces of ink say nothing about which way lines run."""
_MOST_POINTS = 40_000
_LEAST_SHARE = 1 / 12
"""Of a page's width that some row must hold to be a line."""
Points = NDArray[np.float64]


def straightened(grey: Picture, ink: Picture) -> Picture:
    """Turn a page so that its lines lie level; without lines it stays as it is."""
    angle = _slope(ink)
    if abs(angle) < _LEAST:
        return grey
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(
        grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(turned, np.uint8)


def _slope(ink: Picture) -> float:
    """Return by how many degrees lines fall from left to right."""
    strokes = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, _STROKE), np.uint8))
    rows, columns = np.nonzero(strokes)
    step = max(len(rows) // _MOST_POINTS, 1)
    ys, xs = rows[::step].astype(np.float64), columns[::step].astype(np.float64)
    if not len(ys):
        return 0.0
    best = _sharpest(ys, xs, 0.0, _MOST_ASLANT, _COARSE)
    best = _sharpest(ys, xs, best, _COARSE, _FINE)
    fullest = int(_rows_at(ys, xs, best).max()) * step
    return best if fullest >= _LEAST_SHARE * ink.shape[1] else 0.0


def _sharpest(ys: Points, xs: Points, around: float, reach: float, step: float) -> float:
    steps = round(reach / step)
    angles = [around + step * i for i in range(-steps, steps + 1)]
    return max(angles, key=lambda angle: float(np.square(_rows_at(ys, xs, angle)).sum()))


def _rows_at(ys: Points, xs: Points, angle: float) -> Points:
    """Return how much ink each row holds once the page is turned by an angle."""
    at = np.rint(ys - xs * np.tan(np.radians(angle))).astype(np.int64)
    return np.bincount(at - at.min()).astype(np.float64)
