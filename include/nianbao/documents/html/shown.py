"""Pictures and form fields in a table's cell: they show a value that is no text."""

import re

from selectolax.lexbor import LexborNode

from nianbao.documents.html.pages import PAGES

MARK = "[picture]"
"""Stands for what a cell shows; a cell with it is neither blank nor a number."""

_SELECTOR = ", ".join(PAGES["shown"])
_TAGS = frozenset(tag.replace("\\", "") for tag in PAGES["shown"])
_SPACER = re.compile(PAGES["spacers"], re.IGNORECASE)
_NO_SIZE = re.compile(r"\s*[01](?:px)?\s*")


def with_shown(text: str, cell: LexborNode) -> str:
    """Return a cell's text, with a mark where the cell shows more than a label and an ornament."""
    shown = any(is_shown(node.tag or "", node.attributes) for node in cell.css(_SELECTOR))
    return marked(text) if shown else text


def marked(text: str) -> str:
    """Return the text of a cell that shows something, with a mark; beside a label it is an ornament."""
    return text if any(map(str.isalpha, text)) else f"{text} {MARK}".strip()


def is_shown(tag: str, attributes: dict[str, str | None]) -> bool:
    """Tell whether an element shows something that may be a value."""
    if tag not in _TAGS:
        return False
    if tag == "input":
        return (attributes.get("type") or "").lower() != "hidden"
    sizes = (attributes.get("width") or "", attributes.get("height") or "")
    if any(_NO_SIZE.fullmatch(size) for size in sizes):
        return False
    return _SPACER.search(attributes.get("src") or "") is None
