"""What is drawn on a page besides text: ruling lines, dark grounds and pictures."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from nianbao.documents.pdf.grid import join_pieces
from nianbao.documents.pdf.page import Box, Rule
from nianbao.documents.pdf.turn import IDENTITY, Matrix, Turn, apply, multiply
from nianbao.errors import ReadError

_DEEPEST = 8
_MOST_OBJECTS = 100_000
_MOST_SEGMENTS = 2_000
"""Of one path; a longer one is a picture."""
_THICKEST = 4.0
"""Points: a filled rectangle up to this thick is a line."""
_DOT = 3.0
"""Points: anything drawn not larger than this may be a dot of a dotted line."""
_DOTS_APART = 4.0
_SHORTEST = 6.0
"""Points: what is still shorter when its pieces are joined is no ruling line."""
_STRAIGHT = 0.7
"""Points by which the ends of a ruling line may lie off its direction."""
_NEARLY_WHITE = 245
_PATH, _IMAGE, _FORM = 2, 3, 5


@dataclass
class Drawing:
    """The lines of a page, its grounds on which white text is seen, and its pictures."""

    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    dark: list[Box] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)

    def line(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Add a line if it runs along the page or down it."""
        wide, high = abs(start[0] - end[0]), abs(start[1] - end[1])
        if high <= _STRAIGHT < wide:
            left, right = sorted((start[0], end[0]))
            self.across.append(Rule((start[1] + end[1]) / 2, left, right))
        elif wide <= _STRAIGHT < high:
            top, bottom = sorted((start[1], end[1]))
            self.down.append(Rule((start[0] + end[0]) / 2, top, bottom))

    def bar(self, box: Box) -> None:
        """Add a filled rectangle, which is a line if it is thin and a ground if it is not."""
        if max(box.width, box.height) <= _DOT:
            self.dots.append(box)
        elif box.height <= _THICKEST and box.width > box.height:
            self.across.append(Rule(box.middle[1], box.left, box.right))
        elif box.width <= _THICKEST:
            self.down.append(Rule(box.middle[0], box.top, box.bottom))
        else:
            self.dark.append(box)

    def rules(self) -> tuple[list[Rule], list[Rule]]:
        """Return the horizontal and the vertical lines, their pieces and dots joined."""
        across = [Rule(dot.middle[1], dot.left, dot.right) for dot in self.dots]
        down = [Rule(dot.middle[0], dot.top, dot.bottom) for dot in self.dots]
        return _joined(self.across, across), _joined(self.down, down)


def _joined(lines: list[Rule], dots: list[Rule]) -> list[Rule]:
    dotted = join_pieces(dots, _STRAIGHT, _DOTS_APART) if dots else []
    found = join_pieces([*lines, *dotted], _STRAIGHT, 1.0)
    return [rule for rule in found if rule.end - rule.start >= _SHORTEST]


def read_drawing(page: Any, turn: Turn) -> Drawing:
    """Return what is drawn on a page; raises `ReadError("over_limit")` beyond any report's size."""
    drawing = Drawing()
    for handle, kind, matrix in _objects(page):
        if kind == _IMAGE:
            corners = [apply(matrix, x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]
            drawing.images.append(_bounds([turn.point(*corner) for corner in corners]))
        elif kind == _PATH:
            _read_path(drawing, handle, matrix, turn)
    return drawing


def _objects(page: Any) -> Iterator[tuple[Any, int, Matrix]]:
    """Yield all objects, those inside forms too, each with its whole transformation."""
    stack = [
        (pdfium.FPDFPage_GetObject(page, index), IDENTITY, 0)
        for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS + 1))
    ]
    seen = 0
    own = pdfium.FS_MATRIX()
    while stack:
        handle, outer, depth = stack.pop()
        seen += 1
        if seen > _MOST_OBJECTS:
            raise ReadError("over_limit", "a page with more objects than any report has")
        kind = pdfium.FPDFPageObj_GetType(handle)
        if kind not in (_PATH, _IMAGE, _FORM):
            continue
        pdfium.FPDFPageObj_GetMatrix(handle, own)
        matrix = multiply((own.a, own.b, own.c, own.d, own.e, own.f), outer)
        yield handle, kind, matrix
        if kind == _FORM and depth < _DEEPEST:
            stack += [
                (pdfium.FPDFFormObj_GetObject(handle, index), matrix, depth + 1)
                for index in range(min(pdfium.FPDFFormObj_CountObjects(handle), _MOST_OBJECTS + 1))
            ]


def _read_path(drawing: Drawing, handle: Any, matrix: Matrix, turn: Turn) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(handle, fill, stroke)
    filled = bool(fill.value) and not _pale(handle, pdfium.FPDFPageObj_GetFillColor)
    stroked = bool(stroke.value) and not _pale(handle, pdfium.FPDFPageObj_GetStrokeColor)
    if not (filled or stroked) or pdfium.FPDFPath_CountSegments(handle) > _MOST_SEGMENTS:
        return
    for outline, straight in _outlines(handle, matrix, turn):
        if not straight:
            box = _bounds(outline)
            if max(box.width, box.height) <= _DOT:
                drawing.dots.append(box)
        elif stroked:
            for start, end in pairwise(outline):
                drawing.line(start, end)
        elif len(outline) > 1:
            drawing.bar(_bounds(outline))


def _pale(handle: Any, colour_of: Any) -> bool:
    """Tell whether a colour cannot be seen on paper."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not colour_of(handle, *parts):
        return False
    *light, alpha = (part.value for part in parts)
    return alpha == 0 or min(light) >= _NEARLY_WHITE


def _outlines(
    handle: Any, matrix: Matrix, turn: Turn
) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """Yield the corners of each part of a path, and whether all its sides are straight."""
    x, y = ctypes.c_float(), ctypes.c_float()
    corners: list[tuple[float, float]] = []
    straight = True
    for index in range(pdfium.FPDFPath_CountSegments(handle)):
        segment = pdfium.FPDFPath_GetPathSegment(handle, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO and corners:
            yield corners, straight
            corners, straight = [], True
        straight = straight and kind != pdfium.FPDF_SEGMENT_BEZIERTO
        corners.append(turn.point(*apply(matrix, x.value, y.value)))
        if pdfium.FPDFPathSegment_GetClose(segment):
            corners.append(corners[0])
    if corners:
        yield corners, straight


def _bounds(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))
