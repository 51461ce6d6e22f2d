"""A file compressed by gzip, as servers send them and as some publishers store them."""

import zlib

from nianbao.documents.bundle.budget import MOST_BYTES
from nianbao.errors import ReadError

_GZIP = b"\x1f\x8b"


def ungzipped(data: bytes, most: int = MOST_BYTES) -> bytes:
    """Return what a gzip file holds, and any other file as it is.

    Raises `ReadError` with `damaged`, or `over_limit` where it unpacks to more than `most` bytes.
    """
    if not data.startswith(_GZIP):
        return data
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        unpacked = unpacker.decompress(data, most)
    except zlib.error as error:
        raise ReadError("damaged", f"damaged gzip body: {error}") from error
    if unpacker.unconsumed_tail:
        raise ReadError("over_limit", "the gzip body unpacks to more than the limit")
    if not unpacker.eof:
        raise ReadError("damaged", "the gzip body is cut off")
    return unpacked
