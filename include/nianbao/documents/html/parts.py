"""The elements of a page that are looked at by their names or for being hidden, found in one pass.

A pass over all nodes costs a fifth of what parsing costs: too much for each reader of pages to make its own.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nianbao.documents.html.pages import PAGES

UNSEEN = frozenset(PAGES["silent"]) - {"head", "title"}
_BY_NAME = sorted({"a", "embed", "iframe", "meta", "object", "style", "table", *UNSEEN})
_HIDDEN = ("[hidden]", "[style*=none]", "[style*=hidden]")
_SELECTOR = ", ".join([*_BY_NAME, *_HIDDEN])


@dataclass(frozen=True, slots=True)
class Parts:
    """Elements in the page's order."""

    named: dict[str, list[LexborNode]]
    """By their names; only those in which some reader of pages takes an interest."""
    maybe_hidden: list[LexborNode]
    """Those that are never seen, and those whose style may hide them."""

    def tags(self, name: str) -> Sequence[LexborNode]:
        """Return the elements of one name."""
        return self.named.get(name, ())


def parts_of(tree: LexborHTMLParser) -> Parts:
    """Go once over a page."""
    named: defaultdict[str, list[LexborNode]] = defaultdict(list)
    maybe_hidden = []
    for node in tree.css(_SELECTOR):
        tag = node.tag or ""
        named[tag].append(node)
        if tag in UNSEEN or tag not in _PLAIN or _HIDING.intersection(node.attributes):
            maybe_hidden.append(node)
    return Parts(named, maybe_hidden)


_PLAIN = frozenset(_BY_NAME)
_HIDING = frozenset(["hidden", "style"])
