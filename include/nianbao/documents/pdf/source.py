"""Bytes to an open PDF, and nothing but `ReadError` where they are none."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2  # type: ignore[import-untyped]

from nianbao.errors import ReadError

_LOCK = threading.Lock()
"""PDFium may be used by one thread at a time."""
_ENCRYPTED = 4
_MOST_PAGES = 300
_MOST_BYTES = 200_000_000


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """Open a PDF; one that opens without a password is read, whatever it forbids.

    Raises `ReadError` with the code `encrypted`, `damaged` or `over_limit`.
    """
    if len(data) > _MOST_BYTES:
        raise ReadError("over_limit", "the file is larger than any report")
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise _refusal(error) from error
        try:
            if len(document) > _MOST_PAGES:
                raise ReadError("over_limit", f"{len(document)} pages are more than a report has")
            yield document
        except pypdfium2.PdfiumError as error:
            raise ReadError("damaged", f"not a readable PDF: {error}") from error
        finally:
            document.close()


def _refusal(error: Exception) -> ReadError:
    if getattr(error, "err_code", None) == _ENCRYPTED:
        return ReadError("encrypted", "the PDF opens with a password only")
    return ReadError("damaged", f"not a readable PDF: {error}")
