"""A PDF, page by page."""

from contextlib import closing
from typing import Any

from nianbao.documents.ocr import require_ocr
from nianbao.documents.pdf.assemble import assemble
from nianbao.documents.pdf.chars import direction_of, printed_chars, raw_chars
from nianbao.documents.pdf.drawing import read_drawing
from nianbao.documents.pdf.layout import lay_out
from nianbao.documents.pdf.page import Page
from nianbao.documents.pdf.pictures import pictures_of, read_pictures
from nianbao.documents.pdf.source import opened
from nianbao.documents.pdf.turn import Turn
from nianbao.errors import ReadError
from nianbao.model import Document

_MOST_CHARACTERS = 500_000
"""Of a whole file; the longest reports have a tenth of it."""


def read_pages(data: bytes) -> Document:
    """Read a PDF; see `nianbao.documents.pdf.read_pdf`."""
    pages, unread, left = [], False, _MOST_CHARACTERS
    with opened(data) as document:
        for index in range(len(document)):
            with closing(document[index]) as handle:
                page, characters, has_unread = _read_page(handle, index + 1)
            left -= characters
            if left < 0:
                raise ReadError("over_limit", "more text than any report has")
            pages.append(page)
            unread = unread or has_unread
    read = assemble(pages, "pdf")
    if not read.blocks and unread:
        require_ocr()
    if not read.blocks:
        raise ReadError("no_text_layer", f"no text on {len(pages)} pages")
    return read


def _read_page(handle: Any, number: int) -> tuple[Page, int, bool]:
    """Return a page, how many characters it has, and whether pictures of it remain unread."""
    with closing(handle.get_textpage()) as text_page:
        raw = raw_chars(handle.raw, text_page.raw)
    quarters = direction_of(raw)
    upright = (4 - handle.get_rotation() // 90) % 4
    turn = Turn(upright if quarters is None else quarters, *handle.get_cropbox())
    drawing = read_drawing(handle.raw, turn)
    chars = printed_chars(raw, turn, drawing.dark)
    items = lay_out(chars, drawing)
    pictures = pictures_of(drawing.images, chars, turn.size) if turn.quarters == upright else []
    scanned = read_pictures(handle, turn.size, pictures)
    items = sorted([*items, *scanned.items], key=lambda item: (item.box.top, item.box.left))
    return Page(number, *turn.size, items), len(raw), scanned.unread
