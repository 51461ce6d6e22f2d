"""Bodies as they stream in: never more than the limit, however they are packed."""

import zlib
from collections.abc import Callable, Iterable

from nianbao.errors import FetchError, TooLargeError, TransientFetchError

_GZIP_MAGIC = b"\x1f\x8b\x08"
_GZIP_WINDOW = 31


def collect(
    chunks: Iterable[bytes], limit: int, url: str, seconds_left: Callable[[], float]
) -> bytes:
    """Return the whole body.

    Raises `TooLargeError` beyond the limit in bytes, and `TransientFetchError` when the time is
    over: a server may send a byte now and then for ever without any single wait being too long.
    """
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > limit:
            raise TooLargeError(f"body over {limit} bytes", url=url)
        if seconds_left() < 0:
            raise TransientFetchError("body too slow", url=url)
    return bytes(body)


def unpack(body: bytes, limit: int, url: str) -> bytes:
    """Return a body that some servers compress without saying so; any other stays as it is."""
    if not body.startswith(_GZIP_MAGIC):
        return body
    stream = zlib.decompressobj(_GZIP_WINDOW)
    try:
        plain = stream.decompress(body, limit + 1)
    except zlib.error as error:
        raise FetchError(f"damaged gzip body ({error})", url=url) from error
    if len(plain) > limit:
        raise TooLargeError(f"body over {limit} bytes", url=url)
    if not stream.eof:
        raise TransientFetchError("gzip body cut short", url=url)
    return plain
