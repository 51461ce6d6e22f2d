"""The printed characters of a page: hidden, slanted and doubly printed ones left out."""

import ctypes
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from nianbao.documents.pdf.digits import Drawn, false_fonts
from nianbao.documents.pdf.fold import fold
from nianbao.documents.pdf.page import Box, Char
from nianbao.documents.pdf.turn import Matrix, Turn, quarter

_INVISIBLE_MODES = frozenset([3, 7])
"""Text drawn neither filled nor stroked, as under a scan by the scanner's own recognition."""
_FILLED = 0
_LONGEST_NAME = 200
UNKNOWN = "\ufffd"
_LINE_END_HYPHEN = 2
"""What PDFium makes of a hyphen at the end of a line."""
_NEARLY_WHITE = 245
_MEANINGLESS = (range(0x7F, 0xA0), range(0xE000, 0xF900), range(0xF0000, 0x110000))
"""Control characters, and those that mean only what a font makes of them."""


@dataclass(frozen=True, slots=True)
class TextObject:
    """What the characters of one text object share."""

    size: float
    quarters: int | None
    visible: bool
    white: bool
    filled: bool
    """Drawn as shapes and not as outlines."""
    font: str
    handle: Any = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class RawChar:
    """A character in the file's coordinates."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    look: TextObject


def raw_chars(document: Any, text_page: Any, false: set[str]) -> list[RawChar]:
    """Return all characters of a page that the file itself holds.

    Digits of a font that draws other ones than it is said to have come as unknown characters; the
    names of such fonts are added to `false`, since they may have been used on pages before.
    """
    looks: dict[int, TextObject] = {}
    texts: dict[int, list[str]] = {}
    rect = pdfium.FS_RECTF()
    found = []
    for index in range(pdfium.FPDFText_CountChars(text_page)):
        if pdfium.FPDFText_IsGenerated(text_page, index) == 1:
            continue
        handle = pdfium.FPDFText_GetTextObject(text_page, index)
        key = _address(handle)
        if key not in looks:
            looks[key], texts[key] = _look(text_page, index, handle), []
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        text = _text(code)
        texts[key].append(text)
        if pdfium.FPDFText_GetLooseCharBox(text_page, index, rect):
            found.append(RawChar(text, rect.left, rect.bottom, rect.right, rect.top, looks[key]))
    return _trusted(document, found, looks, texts, false)


def _address(handle: Any) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _trusted(
    document: Any,
    chars: list[RawChar],
    looks: dict[int, TextObject],
    texts: dict[int, list[str]],
    false: set[str],
) -> list[RawChar]:
    """Return characters with the digits of fonts that draw other digits made unknown."""
    objects = (
        Drawn(looks[key].handle, looks[key].font, text, looks[key].size, looks[key].quarters)
        for key, parts in texts.items()
        if looks[key].filled and looks[key].quarters is not None and (text := "".join(parts))
    )
    false |= false_fonts(document, objects)
    if not false:
        return chars
    return [
        replace(char, text=UNKNOWN) if char.text.isdecimal() and char.look.font in false else char
        for char in chars
    ]


def _look(text_page: Any, index: int, handle: Any) -> TextObject:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text_page, index, matrix)
    turned: Matrix = (matrix.a, matrix.b, matrix.c, matrix.d, 0.0, 0.0)
    size = pdfium.FPDFText_GetFontSize(text_page, index)
    size *= (matrix.c**2 + matrix.d**2) ** 0.5 or 1.0
    mode = pdfium.FPDFTextObj_GetTextRenderMode(handle) if handle else 0
    colours = [ctypes.c_uint() for _ in range(4)]
    coloured = bool(handle) and pdfium.FPDFPageObj_GetFillColor(handle, *colours)
    *light, alpha = (colour.value for colour in colours)
    visible = mode not in _INVISIBLE_MODES and not (coloured and alpha == 0)
    white = bool(coloured) and min(light) >= _NEARLY_WHITE
    font = _font_name(handle) if handle else ""
    return TextObject(
        size, quarter(turned), visible, white, bool(handle) and mode == _FILLED, font, handle
    )


def _font_name(handle: Any) -> str:
    """Return a font's name, with the letters before it that tell parts of one typeface apart."""
    font = pdfium.FPDFTextObj_GetFont(handle)
    name = ctypes.create_string_buffer(_LONGEST_NAME)
    size = pdfium.FPDFFont_GetBaseFontName(font, name, _LONGEST_NAME) if font else 0
    return name.raw[: max(min(size, _LONGEST_NAME) - 1, 0)].decode("latin-1")


@lru_cache(maxsize=8192)
def _text(code: int) -> str:
    """Return the character of a code; a glyph that the font gives no meaning must not vanish."""
    if code == _LINE_END_HYPHEN:
        return "-"
    last_control, last_code, surrogates = 0x1F, 0x10FFFF, range(0xD800, 0xE000)
    if code in (0x09, 0x0A, 0x0D):
        return " "
    if code <= last_control or code in (0xFFFE, 0xFFFF) or code > last_code or code in surrogates:
        return UNKNOWN
    return UNKNOWN if any(code in codes for codes in _MEANINGLESS) else fold(chr(code))


def direction_of(chars: Sequence[RawChar]) -> int | None:
    """Return in how many quarter turns most text of a page runs; `None` without text."""
    turns = Counter(
        char.look.quarters for char in chars if char.look.visible and char.look.quarters is not None
    )
    return turns.most_common(1)[0][0] if turns else None


def printed_chars(chars: Sequence[RawChar], turn: Turn, dark: Sequence[Box]) -> list[Char]:
    """Return the characters that a reader of the page sees, in points from its upper left corner.

    White text counts only on a dark ground. Text that runs another way than the page's is a
    watermark or a mark in the margin.
    """
    width, height = turn.size
    found = []
    for char in chars:
        look = char.look
        if not look.visible or look.quarters != turn.quarters:
            continue
        box = turn.box(char.left, char.bottom, char.right, char.top)
        x, y = box.middle
        if not (0 <= x <= width and 0 <= y <= height):
            continue
        if look.white and not any(ground.holds(x, y) for ground in dark):
            continue
        found.append(Char(char.text, box, look.size, x, y))
    return found
