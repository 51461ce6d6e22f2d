"""How a refusal looks when it doesn't say so: half of them come with status 200.

What is found here is recorded and never evaded; where a site wants browsers only, somebody with a
browser can save its reports into an inbox.
"""

import re

from nianbao.crawl.exchange import Answer

_STATUS = {
    401: "log-in asked for (HTTP 401)",
    403: "refused (HTTP 403)",
    412: "script challenge (HTTP 412)",
    521: "cookie challenge (HTTP 521)",
}
_MARKERS = (b"$_ts", b"__jsluid", b"acw_sc__v2", b"wzws_", b"C3VK", b"yd_cookie", b"_bot_sbu")
"""Names that the scripts of bot gates carry. The pages behind the gates carry them too."""
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
_PASSWORD = re.compile(rb"<input[^>]+type\s*=\s*[\"']?password", re.IGNORECASE)


def block_in(answer: Answer) -> str | None:
    """Return the kind of refusal that an answer is, or `None` where it seems to be meant for us."""
    if answer.status in _STATUS:
        return _STATUS[answer.status]
    body = answer.body[:_LOOKED_AT]
    start = body.lstrip()[:200].lower()
    if start.startswith(b"<?xml") and len(body) <= _EMPTY_XML_BYTES:
        return f"empty XML of {len(body)} bytes"
    if not start.startswith((b"<", b"\xef\xbb\xbf<")) or _DATA_SCRIPT.search(body):
        return None
    return _block_in_page(answer.status, body)


def _block_in_page(status: int | None, body: bytes) -> str | None:
    if len(b" ".join(_UNSEEN.sub(b" ", body).split())) >= _LITTLE_TEXT:
        return None
    marker = next((marker.decode() for marker in _MARKERS if marker in body), None)
    if marker:
        return f"script challenge ({marker})"
    if _PASSWORD.search(body):
        return "log-in page"
    if _SCRIPT.search(body) and (status == 202 or len(body) <= _SHELL_BYTES):
        return f"shell page of {len(body)} bytes"
    return None
