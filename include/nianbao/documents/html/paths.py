"""CSS paths that find an element of a page again, in any HTML5 parser and in a browser."""

import re
import threading
from functools import lru_cache

from selectolax.lexbor import LexborNode

_PLAIN = re.compile(r"[a-z][a-z0-9]*")
_DEEPEST = 128
"""Steps of a path. A hostile page nests thousands deep, and one such path for each row takes gigabytes."""


def path_of(node: LexborNode) -> str | None:
    """Return the path of an element from the body on: `body > div:nth-child(3) > table:nth-child(1)`.

    None where it lies deeper than any page that people read.

    It counts the elements of the page as it stands, so nothing may have been taken out before.
    """
    steps: list[str] = []
    above: LexborNode | None = node
    while above is not None and above.tag not in ("body", "html", "-undef"):
        if len(steps) == _DEEPEST:
            return None
        steps.append(step(above.tag or "", _position(above)))
        above = above.parent
    return " > ".join(["body", *reversed(steps)])


@lru_cache(maxsize=1024)
def step(tag: str, position: int) -> str:
    """Return one step of a path; a name that CSS would not take (`o:p`) is left to its position."""
    return f"{tag if _PLAIN.fullmatch(tag) else ''}:nth-child({position})"


def _position(node: LexborNode) -> int:
    """Return which element of its parent a node is, from one."""
    known, between = _known_of(node), 1
    before = node.prev
    while before is not None and before.mem_id not in known:
        between += before.is_element_node
        before = before.prev
    position = between + (known[before.mem_id] if before is not None else 0)
    known[node.mem_id] = position
    return position


class _Last(threading.local):
    """The page that this thread asked about last, and the positions that it was told.

    Counting goes from one of them to the next: a hostile page has a hundred thousand tables side by side.
    """

    def __init__(self) -> None:
        self.page: object = None
        self.positions: dict[int, int] = {}


_last = _Last()


def _known_of(node: LexborNode) -> dict[int, int]:
    """Return the positions that are known on a node's page."""
    if _last.page is not node.parser:
        _last.page, _last.positions = node.parser, {}
    return _last.positions
