"""A picture of a page as ink on paper: straightened, and of a size that the recogniser knows."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from nianbao.documents.ocr.engine import Picture
from nianbao.documents.ocr.level import straightened

_LONGEST = 3000
_SHORTEST = 1600
"""Pixels of a page's longer side; smaller pictures are enlarged, larger ones reduced."""
_BLOCK = 51
_DARKER = 15
"""How much darker than its surroundings a pixel must be to be ink, of 255."""
_FAINT = 8


@dataclass(frozen=True)
class Ink:
    """A page: its shades of grey, what is surely ink, and what may be."""

    grey: Picture
    sure: Picture
    faint: Picture
    text_height: float
    """Usual height of a character, in pixels."""


def ink_of(grey: Picture) -> Ink:
    """Return a page's ink; the picture is brought to a usual size and straightened first."""
    grey = _sized(grey)
    grey = straightened(grey, _darker(grey, _DARKER))
    smooth = np.asarray(cv2.GaussianBlur(grey, (3, 3), 0), np.uint8)
    sure = _darker(smooth, _DARKER)
    return Ink(grey, sure, _darker(smooth, _FAINT), _text_height(sure))


def _sized(grey: Picture) -> Picture:
    longest = max(grey.shape)
    factor = min(_LONGEST / longest, 1.0) if longest > _LONGEST else max(_SHORTEST / longest, 1.0)
    if factor == 1.0:
        return grey
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(grey, None, fx=factor, fy=factor, interpolation=how), np.uint8)


def _darker(grey: Picture, by: int) -> Picture:
    ink = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _BLOCK, by
    )
    return np.asarray(ink, np.uint8)


def _text_height(ink: Picture) -> float:
    """Return the usual height of characters; most parts of Chinese ones are lower than the whole."""
    boxes = parts_of(ink)
    heights = boxes[:, 3]
    smallest, largest, usual = 8, 100, 25.0
    likely = heights[(heights >= smallest) & (heights <= largest) & (boxes[:, 2] <= largest)]
    return float(np.percentile(likely, 90)) if len(likely) else usual


def parts_of(ink: Picture) -> NDArray[np.int32]:
    """Return the connected parts of some ink as rows of left, top, width, height and area."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return np.asarray(stats[1:], np.int32)
