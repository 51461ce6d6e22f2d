"""The choice of a reader by what the bytes are."""

import re
from collections.abc import Callable

from nianbao.documents.encoding import decode
from nianbao.documents.html import read_html
from nianbao.documents.word_text import read_word_text
from nianbao.errors import ReadError
from nianbao.model import Document

_HTML = re.compile(r"<(!doctype|html|head|body|table|div|p|span|meta)\b", re.IGNORECASE)
_BINARY = {
    b"%PDF": "pdf",
    b"PK\x03\x04": "zip or docx",
    b"\xd0\xcf\x11\xe0": "doc or xls",
    b"\x89PNG": "image",
    b"\xff\xd8\xff": "image",
    b"Rar!": "rar",
    b"{\\rtf": "rtf",
}


def read_document(data: bytes) -> Document:
    """Read one fetched file.

    Raises `ReadError` with the code `empty`, `unsupported_format` or `undecodable` where the bytes
    cannot become a document.
    """
    if not data.strip():
        raise ReadError("empty", "the file is empty")
    for magic, name in _BINARY.items():
        if data.startswith(magic):
            raise ReadError("unsupported_format", f"no reader for this format yet: {name}")
    text = decode(data)
    return _reader_for(text)(text)


def _reader_for(text: str) -> Callable[[str], Document]:
    return read_html if _HTML.search(text[:20_000]) else read_word_text
