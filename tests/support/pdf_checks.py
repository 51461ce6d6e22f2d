"""PDF files turned, falsified and looked into, apart from the reader."""

import io
import re
import zlib

import pypdfium2

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_RANGE = re.compile(rb"<(\w{4})> <(\w{4})> <(\w{4})>\n")
_SINGLE = re.compile(rb"(?<=\n)<(\w{4})> <(\w{4})>(?=\n)")
_FALSE = dict(zip("0123456789", "3894170652", strict=True))


def squeeze(text: str) -> str:
    """Return a text without its white space."""
    return "".join(text.split())


def text_in_box(document: pypdfium2.PdfDocument, where: str) -> str:
    """Return what stands in a place such as `page 2, box 10 20 30 40`, without white space."""
    page, left, top, right, bottom = (int(number) for number in re.findall(r"-?\d+", where))
    handle = document[page - 1]
    height = handle.get_height()
    words = handle.get_textpage().get_text_bounded(left, height - bottom, right, height - top)
    return squeeze(words)


def turned_pages(data: bytes, degrees: int) -> bytes:
    """Return a PDF whose pages are shown turned."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.set_rotation((page.get_rotation() + degrees) % 360)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_false_digits(data: bytes) -> bytes:
    """Return a browser's PDF whose fonts are said to have other digits than they draw."""
    return _STREAM.sub(_falsified, data)


def _falsified(found: re.Match[bytes]) -> bytes:
    try:
        body = zlib.decompress(found[1])
    except zlib.error:
        return found[0]
    if b"beginbf" not in body:
        return found[0]
    body = _SINGLE.sub(lambda m: b"<%s> <%04X>" % (m[1], _other(int(m[2], 16))), body)
    body = _RANGE.sub(_falsified_range, body)
    return b"stream\n" + zlib.compress(body) + b"\nendstream"


def _falsified_range(found: re.Match[bytes]) -> bytes:
    first, last, code = (int(part, 16) for part in found.groups())
    return b"".join(
        b"<%04X> <%04X> <%04X>\n" % (glyph, glyph, _other(code + glyph - first))
        for glyph in range(first, last + 1)
    )


def _other(code: int) -> int:
    return ord(_FALSE.get(chr(code), chr(code)))
