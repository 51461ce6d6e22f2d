"""What a reader of a page does not see: scripts, closed lists, hidden elements."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nianbao.documents.html.marks import apply_rules
from nianbao.documents.html.pages import PAGES
from nianbao.documents.html.parts import UNSEEN, Parts

SILENT = frozenset(PAGES["silent"])
_BOXES = frozenset(PAGES["boxes"])


def drop_hidden(tree: LexborHTMLParser, parts: Parts) -> bool:
    """Take out what is not seen, and tell whether a table was in it; a hidden digit would join the next.

    An empty element stays in the place of each, so that the others keep their positions: of a list to
    choose from or a frame one that counts as shown, see `shown`.
    """
    held_table = False
    styled = apply_rules(tree, parts.tags("style"))
    for node in {node.mem_id: node for node in [*parts.maybe_hidden, *styled]}.values():
        if _is_unseen(node):
            held_table = held_table or node.tag == "table" or node.css_first("table") is not None
            node.replace_with(tree.create_node("object" if node.tag in _BOXES else "template"))
    return held_table


def _is_unseen(node: LexborNode) -> bool:
    if node.tag in UNSEEN:
        return True
    attributes = node.attributes
    style = "".join((attributes.get("style") or "").lower().split())
    return "hidden" in attributes or "display:none" in style or "visibility:hidden" in style
