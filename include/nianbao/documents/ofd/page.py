"""One page of an OFD file as printed characters and ruling lines, in points from its upper left corner."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from nianbao.documents.ofd.names import Region, children, name_of, number, numbers, steps
from nianbao.documents.pdf.drawing import Drawing
from nianbao.documents.pdf.fold import fold
from nianbao.documents.pdf.page import Box, Char
from nianbao.documents.pdf.turn import IDENTITY, Matrix, apply, multiply, quarter
from nianbao.errors import ReadError

POINTS = 72 / 25.4
"""Points in a millimetre, the unit of OFD."""
_MOST_OBJECTS = 100_000
_MOST_TOKENS = 8_000
"""Of one path; a longer one is a picture."""
_NEARLY_WHITE = 245
_ASCENT = 0.86
"""Share of a character's height above its base line, in Chinese fonts."""
_HALF = 0.5
"""Ems of a narrow character, the digits of nearly all fonts."""
_CORNERS = {"M": 2, "S": 2, "L": 2}
_CURVES = {"Q": 4, "B": 6, "A": 7}
_Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Frame:
    """From the coordinates of an object to points on the page."""

    matrix: Matrix
    """From the object to the paper as it lies in the file."""
    turn: Matrix
    """From there to the page as it is read, in points."""

    def point(self, x: float, y: float) -> _Point:
        return apply(self.turn, *apply(self.matrix, x, y))


def direction_of(root: etree._Element) -> int:
    """Return in how many quarter turns to the right most text of a page runs."""
    counts: Counter[int | None] = Counter()
    for element in root.iter():
        if name_of(element) == "TextObject" and _is_visible(element):
            length = sum(len((code.text or "").strip()) for code in children(element, "TextCode"))
            counts[quarter(_matrix(element))] += length
    counts.pop(None, None)
    return counts.most_common(1)[0][0] or 0 if counts else 0


class Canvas:
    """A page while it is being drawn, turned so that text running `quarters` to the right is level."""

    def __init__(self, region: Region, quarters: int = 0) -> None:
        size = region.width * POINTS, region.height * POINTS
        self.width, self.height = size[::-1] if quarters % 2 else size
        self.drawing = Drawing()
        self.images: list[tuple[str, Box, int | None]] = []
        """Of each picture the ID of its resource, where it stands, and its quarter turns to the right."""
        self._quarters = quarters
        self._turn = _turn_of(region, quarters)
        self._chars: list[tuple[Char, bool]] = []
        self._objects = 0

    def draw(self, root: etree._Element) -> None:
        """Draw a page or a template; raises `ReadError("over_limit")` beyond any report's size."""
        for content in children(root, "Content"):
            for each in content.iter():
                self._draw_object(each)

    def printed(self) -> list[Char]:
        """Return what a reader sees: characters on the paper, white ones on a dark ground only."""
        return [
            char
            for char, white in self._chars
            if (0 <= char.x <= self.width and 0 <= char.y <= self.height)
            and (not white or any(box.holds(char.x, char.y) for box in self.drawing.dark))
        ]

    def _draw_object(self, element: etree._Element) -> None:
        kind = name_of(element)
        if kind not in ("TextObject", "PathObject", "ImageObject") or not _is_visible(element):
            return
        self._objects += 1
        if self._objects > _MOST_OBJECTS:
            raise ReadError("over_limit", "a page with more objects than any report has")
        frame = self._frame(element)
        if kind == "ImageObject":
            box = _bounds([frame.point(x, y) for x in (0.0, 1.0) for y in (0.0, 1.0)])
            turned = quarter(frame.matrix)
            left = None if turned is None else (turned - self._quarters) % 4
            self.images.append((element.get("ResourceID", ""), box, left))
        elif kind == "PathObject":
            self._draw_path(element, frame)
        elif quarter(frame.matrix) == self._quarters:
            # Text aslant or not the way of most is a watermark or a mark in the margin.
            self._draw_text(element, frame)

    def _frame(self, element: etree._Element) -> _Frame:
        box = [*numbers(element.get("Boundary", "")), 0.0, 0.0]
        return _Frame(multiply(_matrix(element), (1, 0, 0, 1, box[0], box[1])), self._turn)

    def _draw_text(self, element: etree._Element, frame: _Frame) -> None:
        size, stretch = number(element.get("Size"), 0.0), number(element.get("HScale"), 1.0)
        if not _is_drawn(element, "Fill", "true") and not _is_drawn(element, "Stroke", "false"):
            return
        white = _is_pale(element, "FillColor")
        _, _, across, down, _, _ = frame.matrix
        scale = (across**2 + down**2) ** 0.5 * POINTS
        wide = (frame.matrix[0] ** 2 + frame.matrix[1] ** 2) ** 0.5 * stretch * POINTS
        for text, x, y, advance in _placed(element, size):
            left, base = frame.point(x, y)
            high = size * scale
            box = Box(left, base - _ASCENT * high, left + advance * wide, base)
            box = Box(box.left, box.top, box.right, box.top + high)
            char = Char(fold(text), box, high, *box.middle)
            self._chars.append((char, white))

    def _draw_path(self, element: etree._Element, frame: _Frame) -> None:
        stroked = _is_drawn(element, "Stroke", "true") and not _is_pale(element, "StrokeColor")
        filled = _is_drawn(element, "Fill", "false") and not _is_pale(element, "FillColor")
        if not (stroked or filled):
            return
        for data in children(element, "AbbreviatedData"):
            for outline in _outlines((data.text or "").split()):
                corners = [frame.point(x, y) for x, y in outline]
                if stroked:
                    for start, end in pairwise(corners):
                        self.drawing.line(start, end)
                elif len(corners) > 1:
                    self.drawing.bar(_bounds(corners))


def _matrix(element: etree._Element) -> Matrix:
    six = 6
    values = numbers(element.get("CTM", ""))
    if len(values) != six:
        return IDENTITY
    return (values[0], values[1], values[2], values[3], values[4], values[5])


def _turn_of(region: Region, quarters: int) -> Matrix:
    """Return the way from the paper in millimetres to points on a page with that text level."""
    wide, high, p = region.width * POINTS, region.height * POINTS, POINTS
    to_corner: Matrix = (p, 0, 0, p, -region.x * p, -region.y * p)
    turns: tuple[Matrix, ...] = (
        IDENTITY,
        (0, -1, 1, 0, 0, wide),
        (-1, 0, 0, -1, wide, high),
        (0, 1, -1, 0, high, 0),
    )
    return multiply(to_corner, turns[quarters])


def _placed(element: etree._Element, size: float) -> Iterator[tuple[str, float, float, float]]:
    """Yield each character with its place and its advance, in the coordinates of the object."""
    x = y = 0.0
    for code in children(element, "TextCode"):
        text = code.text or ""
        x, y = number(code.get("X"), x), number(code.get("Y"), y)
        right, down = (steps(code.get(name), len(text)) for name in ("DeltaX", "DeltaY"))
        for index, char in enumerate(text):
            own = _ems(char) * size
            step = right[index] if index < len(right) else (0.0 if down else own)
            if not char.isspace():
                yield char, x, y, min(own, step) if step > 0 else own
            x += step
            y += down[index] if index < len(down) else 0.0


def _ems(char: str) -> float:
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else _HALF


def _outlines(tokens: list[str]) -> Iterator[list[_Point]]:
    """Yield the corners of each part of a path; a curve ends the part, since rules are straight."""
    if len(tokens) > _MOST_TOKENS:
        return
    corners: list[_Point] = []
    index = 0
    while index < len(tokens):
        order = tokens[index]
        count = _CORNERS.get(order) or _CURVES.get(order) or 0
        values = numbers(" ".join(tokens[index + 1 : index + 1 + count]))
        index += 1 + count
        if order == "C" and corners:
            corners.append(corners[0])
        elif order == "L" and len(values) == count:
            corners.append((values[0], values[1]))
        else:
            yield corners
            corners = [(values[-2], values[-1])] if len(values) == count and count else []
    yield corners


def _bounds(corners: list[_Point]) -> Box:
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _is_visible(element: etree._Element) -> bool:
    return element.get("Visible", "true") != "false" and number(element.get("Alpha"), 255.0) > 0


def _is_drawn(element: etree._Element, name: str, default: str) -> bool:
    return element.get(name, default).strip() in ("true", "1")


def _is_pale(element: etree._Element, name: str) -> bool:
    """Tell whether a colour cannot be seen on paper; grey and RGB count up to white, CMYK to black."""
    four = 4
    for colour in children(element, name):
        values = numbers(colour.get("Value", ""))
        light = (
            max(values) == 0
            if len(values) == four
            else bool(values) and min(values) >= _NEARLY_WHITE
        )
        if light or number(colour.get("Alpha"), 255.0) == 0:
            return True
    return False
