"""The text of a table's cell, with what the mark-up says of it put into the text."""

from functools import lru_cache

from selectolax.lexbor import LexborNode

from nianbao.documents.html.marks import is_mark
from nianbao.documents.html.pages import PAGES

_MARKS = frozenset(PAGES["marks"])
_BREAKS = frozenset(PAGES["cell_breaks"])


def cell_text(cell: LexborNode) -> str:
    """Return a cell's text: runs of white space as one space, lines parted by a line feed."""
    return joined("".join(_pieces(cell.first_child)))


def joined(text: str) -> str:
    """Return a text with runs of white space as one space, and without empty lines."""
    text = text.strip()
    if "\n" not in text:
        return " ".join(text.split())
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _pieces(first: LexborNode | None) -> list[str]:
    """Return the texts of a node, its siblings and all below them, in order.

    Blocks and line breaks become line feeds. A footnote mark or a struck-out digit is bracketed: it
    must not run together with the number beside it. No recursion, pages nest deeply.
    """
    pieces: list[str] = []
    node = first
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
            before, after = around(node.tag or "", node.attributes)
            following = node.next
            if before:
                pieces.append(before)
            if after or following is not None:
                later.append((after, following))
            node = node.first_child
        else:
            node = node.next
    return pieces


def around(tag: str, attributes: dict[str, str | None]) -> tuple[str, str]:
    """Return what is put before and after the text of an element."""
    return _around(tag, attributes.get("style") or "", attributes.get("class") or "")


@lru_cache(maxsize=1024)  # the same few styles in every cell of a page
def _around(tag: str, style: str, classes: str) -> tuple[str, str]:
    style = "".join(style.lower().split())
    line = "\n" if tag in _BREAKS or (tag == "span" and "display:block" in style) else ""
    is_apart = tag in _MARKS or is_mark(style, classes)
    return (f"[{line}", f"{line}]") if is_apart else (line, line)
