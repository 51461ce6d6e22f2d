"""Folders and buckets as a transport: what an inbox is listed and read through."""

import json
import mimetypes
import re
from typing import Any

from fsspec.core import url_to_fs

from nianbao.crawl.clock import Clock
from nianbao.crawl.exchange import Answer, Question
from nianbao.errors import FetchError, PermanentFetchError, TooLargeError

_UNDECODABLE = re.compile(r"[\udc80-\udcff]")
"""What Python makes of a byte of a file name that is no UTF-8, such as GBK from an old archive."""

_ESCAPED = re.compile(r"%([89A-F][0-9A-F])")


class StorageTransport:
    """Reads through fsspec; the size and time of change stand in for an ETag where none is kept."""

    def __init__(self, clock: Clock) -> None:
        """Open nothing yet."""
        self._clock = clock

    def list(self, question: Question) -> Answer:
        """Return the files below a URL, as JSON lines of name, url, size and mtime, by name.

        Raises `PermanentFetchError` where there is no such folder, `FetchError` where it can't be
        listed.
        """
        started = self._clock.monotonic()
        try:
            filesystem, root = url_to_fs(question.url)
            filesystem.invalidate_cache()
            found: dict[str, dict[str, Any]] = filesystem.find(root, detail=True)
            if not found and not filesystem.exists(root):
                raise PermanentFetchError("no such folder", url=question.url)
        except (OSError, ValueError, ImportError) as error:
            raise FetchError(f"cannot be listed ({error})", url=question.url) from error
        lines = [_line(question.url, root, path, found[path]) for path in sorted(found)]
        body = "".join(f"{line}\n" for line in lines).encode()
        return Answer(
            question.url, None, body, "application/jsonl", duration_ms=self._since(started)
        )

    def read(self, question: Question, max_bytes: int) -> Answer:
        """Return a file, or `not_modified` where its stand-in ETag is the one asked with.

        Raises `PermanentFetchError` where it is gone, `TooLargeError` over the limit, `FetchError`
        where it can't be read.
        """
        started = self._clock.monotonic()
        url = question.url
        try:
            filesystem, path, info = _found(url)
            etag = _etag(info)
            if etag == question.etag:
                return Answer(url, None, etag=etag, not_modified=True)
            with filesystem.open(path, "rb") as file:
                body = bytes(file.read(max_bytes + 1))
        except FileNotFoundError:
            raise PermanentFetchError("no such file", url=url) from None
        except (OSError, ValueError, ImportError) as error:
            raise FetchError(f"cannot be read ({error})", url=url) from error
        if len(body) > max_bytes:
            raise TooLargeError(f"file over {max_bytes} bytes", url=url)
        media_type = mimetypes.guess_type(url)[0] or ""
        return Answer(url, None, body, media_type, etag, duration_ms=self._since(started))

    def _since(self, started: float) -> int:
        return round((self._clock.monotonic() - started) * 1000)


def _found(url: str) -> tuple[Any, str, dict[str, Any]]:
    """Return the storage, path and facts of a file by the URL of the listing.

    The name as written comes first: `%E6` may well be part of it.
    """
    filesystem, path = url_to_fs(url)
    try:
        return filesystem, path, filesystem.info(path)
    except FileNotFoundError:
        path = _ESCAPED.sub(lambda byte: chr(0xDC00 + int(byte[1], 16)), path)
        return filesystem, path, filesystem.info(path)


def _escaped(name: str) -> str:
    """Return a name that UTF-8 can hold, its undecodable bytes as `%FF`."""
    return _UNDECODABLE.sub(lambda byte: f"%{ord(byte[0]) - 0xDC00:02X}", name)


def _line(url: str, root: str, path: str, info: dict[str, Any]) -> str:
    name = _escaped(path.removeprefix(root).strip("/"))
    whole = f"{url.rstrip('/')}/{name}" if name else url
    entry = {
        "name": name or _escaped(path.rpartition("/")[2]),
        "url": whole,
        "size": info.get("size"),
    }
    return json.dumps({**entry, "mtime": _mtime(info)}, ensure_ascii=False)


def _etag(info: dict[str, Any]) -> str:
    return str(info.get("ETag") or f"{info.get('size')}-{_mtime(info)}")


def _mtime(info: dict[str, Any]) -> str:
    return str(info.get("mtime") or info.get("LastModified") or info.get("created") or "")
