"""Word's "single file web page" and what browsers save: an HTML page as a mail message (RFC 2557)."""

import email
from dataclasses import replace
from email.message import Message

from nianbao.documents.encoding import decode
from nianbao.errors import ReadError
from nianbao.model import Document

_MOST_BYTES = 100_000_000


def read_mhtml(data: bytes) -> Document:
    """Read the page that a message holds; pictures and frames beside it are left.

    Raises `ReadError` with the code `damaged`, `over_limit` or `undecodable`.
    """
    from nianbao.documents.html.read import read_html

    if len(data) > _MOST_BYTES:
        raise ReadError("over_limit", f"the file has more than {_MOST_BYTES} bytes")
    return replace(read_html(decode(_page(data))), reader="mhtml")


def _page(data: bytes) -> bytes:
    """Return the bytes of the first page: the root of the message, or its first HTML part."""
    try:
        message = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"))
        parts = [part for part in message.walk() if part.get_content_type() == "text/html"]
        root = next((part for part in parts if _is_root(message, part)), parts[0])
        page = root.get_payload(decode=True)
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as error:
        raise ReadError("damaged", f"no page in the message: {error}") from error
    if not isinstance(page, bytes) or not page.strip():
        raise ReadError("damaged", "the page in the message is empty")
    return page


def _is_root(message: Message, part: Message) -> bool:
    """Tell whether a part is the one that the message names as its start."""
    start = message.get_param("start")
    return start is not None and part.get("Content-ID") == start
