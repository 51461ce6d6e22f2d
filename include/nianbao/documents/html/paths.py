"""CSS paths that find an element of a page again, in any HTML5 parser and in a browser."""

import re
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
    position = 1
    before = node.prev
    while before is not None:
        position += before.is_element_node
        before = before.prev
    return position
