"""Whether the digits that a font is said to have are those that it draws.

A PDF says beside each font which characters its glyphs mean. Where that list is broken, a 3 may be
read as an 8 with nothing else amiss; so one of each digit of a font is drawn and looked at. The look
of digits is compared with plain typefaces, and with the holes that all typefaces give them.
"""

import ctypes
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from numpy.typing import NDArray

Shape = NDArray[np.bool_]
_PIXELS = 40.0
"""Height at which digits are drawn."""
_WIDTH, _HEIGHT = 16, 24
"""Squares of a digit's shape when shapes are compared."""
_HOLES = {"0": (1, 2), "4": (0, 1), "6": (0, 1), "8": (2,), "9": (0, 1)}
"""How many a digit may have; slanted typefaces leave a gap in the ring of 6 and 9."""
_LOW_HOLE = {"6": True, "9": False}
_HIGH = 0.45
"""Share of its height above which the middle of the hole of a 9 lies."""
_LEAST_HOLE = 6
"""Pixels; less is a fault of drawing."""
_SURELY_OTHER = 0.2
"""By how much more a shape must resemble another digit of as many holes, of one."""
_FONTS = ("Helvetica", "Helvetica-Bold", "Times-Roman", "Times-Bold", "Courier")
_HALF = 127
_MOST_PIXELS = 60_000
_MOST_CHARACTERS = 12
"""Of a text that is drawn; numbers are short."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A text object: its font, its text, the size of its characters, its quarter turns to the left."""

    handle: Any
    font: str
    text: str
    size: float
    quarters: int | None


def false_fonts(document: Any, objects: Iterable[Drawn]) -> frozenset[str]:
    """Return the fonts whose digits look like other ones, by one of each digit in a number."""
    seen: set[tuple[str, str]] = set()
    false: set[str] = set()
    for drawn in objects:
        digits = drawn.text.replace(".", "").strip()
        if not _is_plain(digits) or all((drawn.font, digit) in seen for digit in digits):
            continue
        shapes = _shapes(document, drawn)
        if len(shapes) != len(digits):
            continue
        for digit, shape in zip(digits, shapes, strict=True):
            seen.add((drawn.font, digit))
            if not looks_like(digit, shape.tobytes(), shape.shape[1]):
                false.add(drawn.font)
    return frozenset(false)


def _is_plain(digits: str) -> bool:
    return digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_CHARACTERS


def _shapes(document: Any, drawn: Drawn) -> list[Shape]:
    """Draw a text object alone; return its parts from left to right, points left out."""
    bitmap = pdfium.FPDFTextObj_GetRenderedBitmap(
        document, None, drawn.handle, _PIXELS / max(drawn.size, 0.1)
    )
    if not bitmap:
        return []
    # The wrapper frees the bitmap when it goes; the pixels must be our own by then.
    pixels = pypdfium2.PdfBitmap.from_raw(bitmap).to_numpy().copy()
    transparent = 4
    dark = pixels[..., -1] > _HALF if pixels.shape[-1] == transparent else pixels < _HALF
    ink = np.rot90(np.asarray(dark.reshape(pixels.shape[:2]), np.bool_), -(drawn.quarters or 0))
    return _parts(ink) if ink.size <= _MOST_PIXELS else []


def _parts(ink: Shape) -> list[Shape]:
    filled = np.flatnonzero(ink.any(axis=0))
    if not len(filled):
        return []
    cuts = np.flatnonzero(np.diff(filled) > 1) + 1
    parts = [_trimmed(ink[:, part[0] : part[-1] + 1]) for part in np.split(filled, cuts)]
    tallest = max(part.shape[0] for part in parts)
    return [part for part in parts if part.shape[0] > tallest / 2]


def _trimmed(part: Shape) -> Shape:
    rows = np.flatnonzero(part.any(axis=1))
    return part[rows[0] : rows[-1] + 1]


@lru_cache(maxsize=4096)  # the same few glyphs come back on every page
def looks_like(digit: str, pixels: bytes, width: int) -> bool:
    """Tell whether a shape, given as the bytes of its pixels, may be a digit."""
    shape = np.frombuffer(pixels, np.bool_).reshape(-1, width)
    holes = _holes(shape)
    if len(holes) not in _HOLES.get(digit, (0,)):
        return False
    if digit in _LOW_HOLE and holes:
        middle = holes[0] / shape.shape[0]
        low = middle > 1 - _HIGH if _LOW_HOLE[digit] else middle < _HIGH
        if not low:
            return False
    alike = _resemblance(shape)
    rivals = [alike[name] for name in alike if len(holes) in _HOLES.get(name, (0,))]
    return max(rivals) - alike[digit] <= _SURELY_OTHER


def _resemblance(shape: Shape) -> dict[str, float]:
    """Return how much a shape resembles each digit, in the typeface in which it does most."""
    names, models = _models()
    best = (models @ _squared(shape)).reshape(len(names), -1).max(axis=1)
    return dict(zip(names, best.tolist(), strict=True))


def _squared(shape: Shape) -> NDArray[np.float64]:
    """Return a shape in a fixed number of squares, a slim one in the middle, of length one."""
    height, width = shape.shape
    side = max(width, int(height * 0.45))
    left = (side - width) // 2
    padded = np.pad(shape, ((0, 0), (left, side - width - left)))
    rows = np.linspace(0, height - 1, _HEIGHT).round().astype(int)
    columns = np.linspace(0, side - 1, _WIDTH).round().astype(int)
    squares = np.asarray(padded[np.ix_(rows, columns)], np.float64).ravel()
    squares -= squares.mean()
    return np.asarray(squares / (np.sqrt((squares * squares).sum()) or 1.0), np.float64)


def _holes(shape: Shape) -> list[float]:
    """Return the middle height of each part of the paper that ink shuts in."""
    paper = np.pad(~shape, 1, constant_values=True)
    outside = _flooded(paper, (0, 0))
    rest = paper & ~outside
    found = []
    while rest.any():
        start = np.unravel_index(int(rest.argmax()), rest.shape)
        part = _flooded(rest, (int(start[0]), int(start[1])))
        if part.sum() >= _LEAST_HOLE:
            found.append(float(np.nonzero(part)[0].mean()) - 1)
        rest &= ~part
    return found


def _flooded(open_: Shape, start: tuple[int, int]) -> Shape:
    """Return what can be reached from a square without crossing a closed one, corners barred."""
    reached = np.zeros_like(open_)
    reached[start] = True
    while True:
        grown = reached.copy()
        grown[1:] |= reached[:-1]
        grown[:-1] |= reached[1:]
        grown[:, 1:] |= reached[:, :-1]
        grown[:, :-1] |= reached[:, 1:]
        grown &= open_
        if (grown == reached).all():
            return reached
        reached = grown


@cache
def _models() -> tuple[str, NDArray[np.float64]]:
    """Draw the digits of the plain typefaces that every reader of PDF has, digit by digit."""
    document = pypdfium2.PdfDocument.new()
    digits = "0123456789"
    models = [_model(document, digit, font) for digit in digits for font in _FONTS]
    document.close()
    return digits, np.vstack(models)


def _model(document: Any, digit: str, font: str) -> NDArray[np.float64]:
    handle = pdfium.FPDFPageObj_NewTextObj(document.raw, font.encode(), _PIXELS)
    text = ctypes.create_string_buffer((digit + "\0").encode("utf-16-le"))
    pdfium.FPDFText_SetText(handle, ctypes.cast(text, ctypes.POINTER(ctypes.c_ushort)))
    shapes = _shapes(document.raw, Drawn(handle, "", digit, _PIXELS, 0))
    pdfium.FPDFPageObj_Destroy(handle)
    return _squared(shapes[0])
