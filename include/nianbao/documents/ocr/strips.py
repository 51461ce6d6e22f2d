"""The lines of text in a part of a page, each cut out for the recogniser."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nianbao.documents.ocr.engine import Picture
from nianbao.documents.ocr.ink import parts_of
from nianbao.documents.pdf.page import Box

_SPECK = 0.12
"""Characters' heights: dirt is smaller in both directions."""
_LEAST_INK = 0.45
"""Characters' heights that some ink must measure, one way or the other, to be text."""
_MARGIN = 0.25
"""Characters' heights of paper left around a line for the recogniser."""


@dataclass(frozen=True)
class Strip:
    """One line of text: where it is, and its pixels."""

    box: Box
    grey: Picture
    ink: Picture
    cut_left: bool = False
    """Its ink goes on under a ruling line that was taken away."""
    cut_right: bool = False


def strips_in(grey: Picture, ink: Picture, box: Box, height: float) -> list[Strip]:
    """Return the lines of text inside a box, from top to bottom; none where it is blank."""
    left, top = max(int(box.left), 0), max(int(box.top), 0)
    inside = ink[top : max(int(box.bottom), top), left : max(int(box.right), left)]
    if not inside.size:
        return []
    parts = parts_of(inside)
    parts = parts[np.maximum(parts[:, 2], parts[:, 3]) >= _SPECK * height]
    found = []
    for first, last in _bands(parts, height):
        here = parts[(parts[:, 1] >= first) & (parts[:, 1] + parts[:, 3] <= last)]
        if max(here[:, 2].max(), here[:, 3].max()) < _LEAST_INK * height:
            continue
        start, end = int(here[:, 0].min()), int((here[:, 0] + here[:, 2]).max())
        found.append(_strip(grey, ink, (left + start, top + first, left + end, top + last), height))
    return found


def _bands(parts: NDArray[np.int32], height: float) -> Iterator[tuple[int, int]]:
    """Yield from where to where lines reach; strokes apart by little belong to one line."""
    bands: list[list[int]] = []
    for _, top, _, high, _ in sorted(parts.tolist(), key=lambda part: part[1]):
        if bands and top <= bands[-1][1]:
            bands[-1][1] = max(bands[-1][1], top + high)
        else:
            bands.append([top, top + high])
    merged: list[list[int]] = []
    for first, last in bands:
        whole = merged and last - merged[-1][0] <= 1.25 * height
        if merged and whole:
            merged[-1][1] = last
        else:
            merged.append([first, last])
    yield from ((first, last) for first, last in merged)


def _strip(grey: Picture, ink: Picture, edges: tuple[int, int, int, int], height: float) -> Strip:
    left, top, right, bottom = edges
    margin = int(_MARGIN * height)
    # A dash or a dot alone is enlarged beyond recognition unless it has the height of a line.
    low = max(int(height) - (bottom - top), 0) // 2
    rows = slice(max(top - margin - low, 0), bottom + margin + low)
    columns = slice(max(left - margin, 0), right + margin)
    box = Box(float(left), float(top), float(right), float(bottom))
    return Strip(box, grey[rows, columns], ink[top:bottom, left:right])
