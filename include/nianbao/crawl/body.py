"""Bodies as they stream in: never more than the limit, however they are packed."""

import zlib
from collections.abc import Callable, Iterable

from nianbao.errors import FetchError, TooLargeError, TransientFetchError

_GZIP_MAGIC = b"\x1f\x8b\x08"
_GZIP_WINDOW = 31

SecondsLeft = Callable[[], float]


def collect(chunks: Iterable[bytes], limit: int, url: str, seconds_left: SecondsLeft) -> bytes:
    """Return the whole body.

    Raises `TooLargeError` beyond the limit in bytes, and `TransientFetchError` when the time is
    over: a server may send a byte now and then for ever without any single wait being too long.
    """
    body = head_of(chunks, limit + 1, url, seconds_left, packed=True)
    if len(body) > limit:
        raise TooLargeError(f"body over {limit} bytes", url=url)
    return body


def head_of(
    chunks: Iterable[bytes], size: int, url: str, seconds_left: SecondsLeft, *, packed: bool = False
) -> bytes:
    """Return so many bytes from the body's beginning, unpacked unless `packed`.

    Raises `TransientFetchError` when the time is over.
    """
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) >= size:
            break
        if seconds_left() < 0:
            raise TransientFetchError("body too slow", url=url)
    if packed or not body.startswith(_GZIP_MAGIC):
        return bytes(body[:size])
    try:
        return zlib.decompressobj(_GZIP_WINDOW).decompress(bytes(body), size)
    except zlib.error as error:
        raise FetchError(f"damaged gzip body ({error})", url=url) from error


def unpack(body: bytes, limit: int, url: str) -> bytes:
    """Return a body that some servers compress without saying so; any other stays as it is."""
    if not body.startswith(_GZIP_MAGIC):
        return body
    plain, rest = b"", body
    while rest:  # a gzip file may be several, one behind the other
        stream = zlib.decompressobj(_GZIP_WINDOW)
        try:
            plain += stream.decompress(rest, limit + 1 - len(plain))
        except zlib.error as error:
            raise FetchError(f"damaged gzip body ({error})", url=url) from error
        if len(plain) > limit:
            raise TooLargeError(f"body over {limit} bytes", url=url)
        if not stream.eof:
            raise TransientFetchError("gzip body cut short", url=url)
        # What follows and is no gzip is padding, which gzip itself ignores too.
        rest = stream.unused_data if stream.unused_data.startswith(_GZIP_MAGIC) else b""
    return plain
