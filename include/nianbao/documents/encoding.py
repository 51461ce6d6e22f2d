"""Bytes to text: what the bytes are counts, not what a header or a meta tag says of them."""

import codecs
import gzip
import zlib

from charset_normalizer import from_bytes

from nianbao.errors import ReadError

_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_GZIP_MAGIC = b"\x1f\x8b"
_MOST_BYTES = 200_000_000
"""A page that unpacks to more than this is an attack or a mistake, and would fill the memory."""


def decode(data: bytes) -> str:
    """Return the text of some bytes.

    GB2312 is read as GB18030, its superset, since pages declared so hold characters outside it.
    A character cut in two at the very end is dropped: the file was truncated there.
    Raises `ReadError("undecodable")` where no encoding fits, or a gzip body is damaged.
    """
    if data.startswith(_GZIP_MAGIC):
        data = _gunzip(data)
    encodings = [name for bom, name in _BOMS.items() if data.startswith(bom)]
    for encoding in (*encodings, "utf-8", "gb18030"):
        text = _strictly(data, encoding)
        if text is not None:
            return text
    best = from_bytes(data).best()
    if best is None:
        raise ReadError("undecodable", "the bytes fit no text encoding")
    return str(best)


def _strictly(data: bytes, encoding: str) -> str | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        text = decoder.decode(data, final=False)
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else text


def _gunzip(data: bytes) -> bytes:
    """Unpack a body that was sent compressed without saying so."""
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        unpacked = unpacker.decompress(data, _MOST_BYTES)
    except (zlib.error, gzip.BadGzipFile) as error:
        raise ReadError("undecodable", f"damaged gzip body: {error}") from error
    if unpacker.unconsumed_tail:
        raise ReadError("undecodable", "the gzip body unpacks to more than the limit")
    return unpacked
