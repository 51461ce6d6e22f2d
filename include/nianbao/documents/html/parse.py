"""The parser of web pages, kept from pages that are nested to keep it busy."""

import re

from selectolax.lexbor import LexborHTMLParser

from nianbao.errors import ReadError

_FEW_TAGS = 20_000
"""However they are nested, so many take less than a second."""
_MOST_STEPS = 300_000_000
"""About a second. A long page, with 100,000 tags some twenty deep, takes two million."""
_BLOCKS = re.compile(
    r"<(/?)(?:address|article|aside|blockquote|center|details|dialog|dir|div|dl|fieldset|figure|footer"
    r"|header|hgroup|main|menu|nav|ol|pre|rt|search|section|summary|ul)(?![a-z0-9])",
    re.IGNORECASE,
)


def parse_page(text: str) -> LexborHTMLParser:
    """Parse a page as browsers do.

    Raises `ReadError("over_limit")` for one that is nested too deep: at each block's tag the standard
    has the parser look for an open paragraph through all blocks around it (HTML, §13.2.6.4.7), so that
    a hostile page of half a megabyte would take minutes.
    """
    if text.count("<") > _FEW_TAGS and _steps(text) > _MOST_STEPS:
        raise ReadError("over_limit", "a page of blocks nested thousands deep")
    return LexborHTMLParser(text)


def _steps(text: str) -> int:
    """Return the blocks around each block's tag, added up."""
    depth = steps = 0
    for tag in _BLOCKS.finditer(text):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        steps += depth
    return steps
