"""The files that a page links to: on many sites a report's page holds nothing else of the report."""

import re
from functools import cache
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from nianbao.documents.html.pages import PAGES
from nianbao.documents.html.parts import Parts
from nianbao.model import Attachment

_ADDRESSES = {"a": "href", "iframe": "src", "embed": "src", "object": "data"}
_NO_ADDRESS = ("javascript:", "mailto:", "#")


def read_attachments(parts: Parts) -> tuple[Attachment, ...]:
    """Return the files that a page links to or shows in a frame, each address once, links first."""
    found: dict[str, Attachment] = {}
    for tag, attribute in _ADDRESSES.items():
        for node in parts.tags(tag):
            url = (node.attributes.get(attribute) or "").strip()
            if url and url not in found and _is_attachment(url, node):
                found[url] = Attachment(url, _title(node, url))
    return tuple(found.values())


def _is_attachment(url: str, node: LexborNode) -> bool:
    if url.lower().startswith(_NO_ADDRESS):
        return False
    if _names_file("attachment_endings").search(url):
        return True
    text = _text(node)
    if _named("attachment_endings").search(text):
        return True
    other = _names_file("other_endings").search(url) or _named("other_endings").search(text)
    return other is None and _downloads().search(url) is not None


def _title(node: LexborNode, url: str) -> str:
    """Return the text of a link, else what it shows on pointing, else the last part of its address."""
    written = _text(node) or " ".join((node.attributes.get("title") or "").split())
    return written or unquote(re.split(r"[?#]", url)[0].rstrip("/").rpartition("/")[2])


def _text(node: LexborNode) -> str:
    return " ".join((node.text(deep=True) or "").split())


@cache
def _names_file(endings: str) -> re.Pattern[str]:
    """Match an address whose path, or the value of a parameter, ends like a file's name."""
    return re.compile(rf"\.(?:{'|'.join(PAGES[endings])})(?=$|[?#&;])", re.IGNORECASE)


@cache
def _named(endings: str) -> re.Pattern[str]:
    """Match a text that ends like a file's name, whatever its size in brackets: 年报.doc（32KB）."""
    return re.compile(
        rf"\.(?:{'|'.join(PAGES[endings])})\s*[)）】\]]?\s*(?:[(（\[][^)）\]]*[)）\]])?$",
        re.IGNORECASE,
    )


@cache
def _downloads() -> re.Pattern[str]:
    return re.compile("|".join(PAGES["downloads"]), re.IGNORECASE)
