"""From the coordinates of a PDF page to points from the upper left corner of the page as it is read."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from nianbao.documents.pdf.page import Box

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def multiply(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the transformation that applies `inner` first."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return a point, transformed."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def quarter(matrix: Matrix) -> int | None:
    """Return in how many quarter turns to the left text runs, or `None` where it runs aslant."""
    turns = math.atan2(matrix[1], matrix[0]) / (math.pi / 2)
    aslant = 0.05
    return round(turns) % 4 if abs(turns - round(turns)) < aslant else None


@dataclass(frozen=True)
class Turn:
    """A page as it is read, whichever way it lies in the file."""

    quarters: int
    left: float
    bottom: float
    right: float
    top: float
    """The visible part of the page in the file's coordinates."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as read."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.quarters % 2 else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of the file in points from the upper left corner."""
        return self._points()[self.quarters](x, y)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return a rectangle of the file in points from the upper left corner."""
        one, other = self.point(left, bottom), self.point(right, top)
        return Box(
            min(one[0], other[0]),
            min(one[1], other[1]),
            max(one[0], other[0]),
            max(one[1], other[1]),
        )

    def _points(self) -> tuple[Callable[[float, float], tuple[float, float]], ...]:
        return (
            lambda x, y: (x - self.left, self.top - y),
            lambda x, y: (y - self.bottom, x - self.left),
            lambda x, y: (self.right - x, y - self.bottom),
            lambda x, y: (self.top - y, self.right - x),
        )
