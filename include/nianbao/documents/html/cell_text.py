"""The text of a table's cell, with what the mark-up says of it put into the text."""

from functools import lru_cache

from selectolax.lexbor import LexborNode

from nianbao.documents.html.marks import is_mark
from nianbao.documents.html.pages import PAGES

_MARKS = frozenset(PAGES["marks"])
_BREAKS = frozenset(PAGES["cell_breaks"])


def cell_text(cell: LexborNode, *, styled: bool) -> str:
    """Return a cell's text: runs of white space as one space, lines parted by a line feed.

    Styles are looked at only where the table has some that matter, see `marks.has_marks`.
    """
    child = cell.first_child
    if child is None:
        return ""
    is_text = child.is_text_node and child.next is None  # as in most cells of most pages
    text = (
        (child.text_content or "") if is_text else "".join(_pieces(child, styled=styled))
    ).strip()
    if "\n" not in text:
        return " ".join(text.split())
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _pieces(first: LexborNode, *, styled: bool) -> list[str]:
    """Return the texts of a node, its siblings and all below them, in order.

    Blocks and line breaks become line feeds. A footnote mark or a struck-out digit is bracketed: it
    must not run together with the number beside it. No recursion, pages nest deeply.
    """
    pieces: list[str] = []
    node: LexborNode | None = first
    later: list[tuple[str, LexborNode | None]] = []
    """What comes after the open elements: a text, and the next sibling."""
    while node is not None or later:
        if node is None:
            after, node = later.pop()
            pieces.append(after)
        elif node.is_text_node:
            pieces.append(node.text_content or "")
            node = node.next
        elif node.is_element_node:
            tag = node.tag or ""
            attributes = node.attributes if styled else None
            before, after = _styled(tag, attributes) if attributes else _PLAIN.get(tag, _NOTHING)
            following = node.next
            if before:
                pieces.append(before)
            if after or following is not None:
                later.append((after, following))
            node = node.first_child
        else:
            node = node.next
    return pieces


def _styled(tag: str, attributes: dict[str, str | None]) -> tuple[str, str]:
    return _around(tag, attributes.get("style") or "", attributes.get("class") or "")


@lru_cache(maxsize=1024)  # the same few styles in every cell of a page
def _around(tag: str, style: str, classes: str) -> tuple[str, str]:
    """Return what is put before and after an element's text."""
    style = "".join(style.lower().split())
    line = "\n" if tag in _BREAKS or (tag == "span" and "display:block" in style) else ""
    is_apart = tag in _MARKS or is_mark(style, classes)
    return (f"[{line}", f"{line}]") if is_apart else (line, line)


_PLAIN = {tag: _around(tag, "", "") for tag in _MARKS | _BREAKS}
_NOTHING = ("", "")
