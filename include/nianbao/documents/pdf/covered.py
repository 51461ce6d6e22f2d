"""Text that a picture is painted over, as under the scans of some programs: nobody sees it.

It is what the scanner's own recognition made of the page, numbers included, and is not believed.
"""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from nianbao.documents.pdf.chars import RawChar
from nianbao.documents.pdf.page import Box
from nianbao.documents.pdf.turn import IDENTITY, Matrix, Turn, apply, multiply

_LARGE = 0.3
"""Share of a page from which a picture is one of the page and no seal or ornament."""
_DEEPEST = 8
_MOST_OBJECTS = 100_000
_TEXT, _IMAGE, _FORM = 1, 3, 5


@dataclass
class _Painted:
    """The order in which texts were painted, and the opaque pictures with theirs."""

    texts: dict[int, int] = field(default_factory=dict)
    pictures: list[tuple[int, Box]] = field(default_factory=list)


def is_scan(images: Sequence[Box], size: tuple[float, float]) -> bool:
    """Tell whether a picture takes a large part of a page."""
    return any(box.width * box.height >= _LARGE * size[0] * size[1] for box in images)


def seen_chars(page: Any, chars: list[RawChar], turn: Turn, images: Sequence[Box]) -> list[RawChar]:
    """Return the characters of a page without those that a large opaque picture is painted over."""
    if not chars or not is_scan(images, turn.size):
        return chars
    least = _LARGE * turn.size[0] * turn.size[1]
    painted = _Painted()
    for order, (handle, kind, matrix) in enumerate(_in_order(page)):
        if kind == _TEXT:
            painted.texts[_address(handle)] = order
        elif not pdfium.FPDFPageObj_HasTransparency(handle):
            box = _box(matrix, turn)
            if box.width * box.height >= least:
                painted.pictures.append((order, box))
    return [char for char in chars if not _is_covered(char, painted, turn)]


def _is_covered(char: RawChar, painted: _Painted, turn: Turn) -> bool:
    order = painted.texts.get(_address(char.look.handle))
    if order is None:
        return False
    middle = turn.box(char.left, char.bottom, char.right, char.top).middle
    return any(order < later and box.holds(*middle) for later, box in painted.pictures)


def _in_order(page: Any) -> Iterator[tuple[Any, int, Matrix]]:
    """Yield texts and pictures in the order in which they are painted, those inside forms too."""
    count = min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)
    stack = [(pdfium.FPDFPage_GetObject(page, at), IDENTITY, 0) for at in reversed(range(count))]
    own, seen = pdfium.FS_MATRIX(), 0
    while stack and seen < _MOST_OBJECTS:
        handle, outer, depth = stack.pop()
        seen += 1
        kind = pdfium.FPDFPageObj_GetType(handle)
        if kind == _TEXT:
            yield handle, kind, outer
        elif kind in (_IMAGE, _FORM):
            pdfium.FPDFPageObj_GetMatrix(handle, own)
            matrix = multiply((own.a, own.b, own.c, own.d, own.e, own.f), outer)
            if kind == _IMAGE:
                yield handle, kind, matrix
            elif depth < _DEEPEST:
                inner = min(pdfium.FPDFFormObj_CountObjects(handle), _MOST_OBJECTS)
                stack += [
                    (pdfium.FPDFFormObj_GetObject(handle, at), matrix, depth + 1)
                    for at in reversed(range(inner))
                ]


def _box(matrix: Matrix, turn: Turn) -> Box:
    corners = [turn.point(*apply(matrix, x, y)) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _address(handle: Any) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0
