"""A PDF, page by page."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Any

from nianbao.documents.confined.limits import Word
from nianbao.documents.ocr import ocr_available, require_ocr
from nianbao.documents.pdf.assemble import assemble
from nianbao.documents.pdf.chars import UNKNOWN, direction_of, printed_chars, raw_chars
from nianbao.documents.pdf.covered import is_scan, seen_chars
from nianbao.documents.pdf.drawing import read_drawing
from nianbao.documents.pdf.layout import lay_out
from nianbao.documents.pdf.page import Box, Char, Page
from nianbao.documents.pdf.pictures import pictures_of, read_pictures
from nianbao.documents.pdf.source import opened
from nianbao.documents.pdf.stated import stated
from nianbao.documents.pdf.turn import Turn
from nianbao.errors import ReadError
from nianbao.model import Document

_MOST_CHARACTERS = 500_000
"""Of a whole file; the longest reports have a tenth of it."""
_GARBLED = 0.05
"""Share of unknown characters from which the text of a page means nothing, and its look is read."""
_FEW = 20


@dataclass
class _Reading:
    """A file while it is being read."""

    false_fonts: set[str] = field(default_factory=set)
    characters: int = 0
    tick: Callable[[Word], None] = lambda word: None
    recognised: bool = False
    """Some text comes from pictures."""
    unread: bool = False
    """Pictures are there that may hold text, and nothing to read them with."""


def read_pages(data: bytes, tick: Callable[[Word], None] = lambda word: None) -> Document:
    """Read a PDF; see `nianbao.documents.pdf.read_pdf`. `tick` hears how far it is."""
    with opened(data) as document:
        title = document.get_metadata_value("Title")
        reading = _Reading(tick=tick)
        pages = _read_all(document, reading)
        if reading.false_fonts:
            # Only now all of them are known, and they may have been used on the first pages.
            reading = _Reading(reading.false_fonts, tick=tick)
            pages = _read_all(document, reading)
    read = assemble(pages, "pdf")
    if not read.blocks and reading.unread:
        require_ocr()
    if not read.blocks:
        raise ReadError("no_text_layer", f"no text on {len(pages)} pages")
    return replace(read, metadata=stated(read, title, optically=reading.recognised))


def _read_all(document: Any, reading: _Reading) -> list[Page]:
    pages = []
    for index in range(len(document)):
        with closing(document[index]) as handle:
            pages.append(_read_page(handle, index + 1, reading))
        reading.tick("page")
        if reading.characters > _MOST_CHARACTERS:
            raise ReadError("over_limit", "more text than any report has")
    return pages


def _read_page(handle: Any, number: int, reading: _Reading) -> Page:
    with closing(handle.get_textpage()) as text_page:
        raw = raw_chars(handle.pdf.raw, text_page.raw, reading.false_fonts)
    reading.characters += len(raw)
    quarters = direction_of(raw)
    upright = (4 - handle.get_rotation() // 90) % 4
    turn = Turn(upright if quarters is None else quarters, *handle.get_cropbox())
    drawing = read_drawing(handle.raw, turn)
    raw = seen_chars(handle.raw, raw, turn, drawing.images)
    chars = printed_chars(raw, turn, drawing.dark)
    pictures = pictures_of(drawing.images, chars, turn.size) if turn.quarters == upright else []
    if _is_garbled(chars) and ocr_available():
        turn = Turn(upright, *handle.get_cropbox())
        chars, pictures = [], [Box(0.0, 0.0, *turn.size)]
    # Words set over a scan are a recogniser's, wherever they stand: its columns are the picture's.
    items = lay_out(chars, drawing, unruled=not is_scan(drawing.images, turn.size)) if chars else []
    scanned = read_pictures(handle, turn.size, pictures, lambda: reading.tick("scan"))
    reading.unread = reading.unread or scanned.unread
    reading.recognised = reading.recognised or bool(scanned.items)
    items = sorted([*items, *scanned.items], key=lambda item: (item.box.top, item.box.left))
    return Page(number, *turn.size, items)


def _is_garbled(chars: Sequence[Char]) -> bool:
    unknown = sum(char.text == UNKNOWN for char in chars)
    return unknown > max(_FEW, _GARBLED * len(chars))
