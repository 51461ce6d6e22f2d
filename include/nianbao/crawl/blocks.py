"""How a refusal looks when it doesn't say so: half of them come with status 200.

What is found here is recorded and never evaded; where a site wants browsers only, somebody with a
browser can save its reports into an inbox.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from nianbao.crawl.exchange import Answer


@dataclass(frozen=True, slots=True)
class Block:
    """A refusal: what kind, and whether it is the whole host's or maybe this page's alone."""

    kind: str
    of_host: bool = False


_STATUS = {
    401: Block("log-in asked for (HTTP 401)"),
    403: Block("refused (HTTP 403)"),
    412: Block("script challenge (HTTP 412)", of_host=True),
    521: Block("cookie challenge (HTTP 521)", of_host=True),
}
_MARKERS = (b"$_ts", b"__jsluid", b"acw_sc__v2", b"wzws_", b"C3VK", b"yd_cookie", b"_bot_sbu")
"""Names that the scripts of bot gates carry. The pages behind the gates carry them too."""
_BOM = b"\xef\xbb\xbf"
_SHELL_BYTES = 1024
_EMPTY_XML_BYTES = 64
"""A list proxy that doesn't want to answer sends 54 bytes of XML without a record."""
_LITTLE_TEXT = 400
"""Bytes; a challenge says at most `please wait`, and any report says more."""
_LOOKED_AT = 256 * 1024
_UNSEEN = re.compile(
    rb"<(script|style|title|noscript)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.DOTALL | re.IGNORECASE
)
_SCRIPT = re.compile(rb"<script\b", re.IGNORECASE)
_DATA_SCRIPT = re.compile(rb"<datastore|<table|<record", re.IGNORECASE)
_LOGIN_PATH = re.compile(r"log-?in|passport|sso|signin", re.IGNORECASE)
_PASSWORD = re.compile(rb"<input[^>]+type\s*=\s*[\"']?password", re.IGNORECASE)


def block_in(answer: Answer) -> Block | None:
    """Return the refusal that an answer is, or `None` where it seems to be meant for us."""
    if answer.status in _STATUS:
        return _STATUS[answer.status]
    body = answer.body[:_LOOKED_AT].lstrip().removeprefix(_BOM).lstrip()
    start = body[:200].lower()
    if start.startswith(b"<?xml") and len(body) <= _EMPTY_XML_BYTES:
        return Block(f"empty XML of {len(answer.body)} bytes")
    if not start.startswith(b"<") or _DATA_SCRIPT.search(body):
        return None
    return _block_in_page(answer, body)


def _block_in_page(answer: Answer, body: bytes) -> Block | None:
    text = b" ".join(_UNSEEN.sub(b" ", body).split())
    asks_password = _PASSWORD.search(body)
    if asks_password and _LOGIN_PATH.search(urlsplit(answer.url).path):
        return Block("log-in page")
    if len(text) >= _LITTLE_TEXT:
        return None
    marker = next((marker.decode() for marker in _MARKERS if marker in body), None)
    if marker:
        return Block(f"script challenge ({marker})", of_host=True)
    if asks_password:
        return Block("log-in page")
    # An error says by its status what it is; a shell says nothing, under a status that means well.
    is_shell = not text or _SCRIPT.search(body)
    small = answer.status == 202 or len(body) <= _SHELL_BYTES
    if answer.status in {None, 200, 202} and is_shell and small:
        return Block(f"shell page of {len(answer.body)} bytes")
    return None
