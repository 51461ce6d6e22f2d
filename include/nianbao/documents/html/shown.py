"""Pictures and form fields in a table's cell: they show a value that is no text."""

import re

from selectolax.lexbor import LexborNode

from nianbao.documents.html.pages import PAGES

MARK = "[picture]"
"""Stands for what a cell shows; a cell with it is neither blank nor a number."""

_TAGS: tuple[str, ...] = tuple(PAGES["shown"])
EVERY_SHOWN = ", ".join(_TAGS)
_TAG = re.compile(f"<({'|'.join(tag.replace(chr(92), '') for tag in _TAGS)})")
_SPACER = re.compile(PAGES["spacers"], re.IGNORECASE)
_NO_SIZE = re.compile(r"\s*[01](?:px)?\s*")


def shown_in(page: str) -> str:
    """Return the selector of what a page, in lower case, has of that kind; empty for nothing."""
    found = set(_TAG.findall(page))
    if not found.isdisjoint(PAGES["boxes"]):
        found.add("object")  # what `hidden` puts in their place
    return ", ".join(tag for tag in _TAGS if tag.replace("\\", "") in found)


def with_shown(text: str, cell: LexborNode) -> str:
    """Return a cell's text, with a mark where it shows more than a label and an ornament."""
    if any(map(str.isalpha, text)) or not any(map(_shows, cell.css(EVERY_SHOWN))):
        return text
    return f"{text} {MARK}".strip()


def _shows(node: LexborNode) -> bool:
    attributes = node.attributes
    if node.tag == "input":
        return (attributes.get("type") or "").lower() != "hidden"
    sizes = (attributes.get("width") or "", attributes.get("height") or "")
    if any(_NO_SIZE.fullmatch(size) for size in sizes):
        return False
    return _SPACER.search(attributes.get("src") or "") is None
