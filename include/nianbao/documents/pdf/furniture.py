"""What stands on every page and belongs to none of the text: headers, footers, page numbers."""

import re
from collections import Counter
from collections.abc import Sequence

from nianbao.documents.pdf.page import Line, Page

_ZONE = 0.12
"""Share of the page's height, above and below, in which headers and footers stand."""
_OUTERMOST = 3
"""How many lines at either end of a page may be furniture."""
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[\s\-—–~·.]*(?:第\s*)?\d{1,3}(?:\s*[/\uff0f]\s*\d{1,3})?(?:\s*页)?"
    r"(?:[\s,，/]*共\s*\d{1,3}\s*页)?[\s\-—–~·.]*"
)


def drop_furniture(pages: Sequence[Page]) -> None:
    """Take headers, footers and page numbers out of the pages.

    A line is one if it stands at the edge of a page and, whatever its digits, in the same height on
    half of the pages; a page number also if it stands on a single page.
    """
    edges = {id(page): _edge_lines(page) for page in pages}
    counts = Counter(key for lines in edges.values() for key in {_key(line) for line in lines})
    least = max(2, len(pages) / 2)
    for page in pages:
        gone = {
            id(line)
            for line in edges[id(page)]
            if counts[_key(line)] >= least or _PAGE_NUMBER.fullmatch(line.text)
        }
        page.items = [item for item in page.items if id(item) not in gone]


def _edge_lines(page: Page) -> list[Line]:
    outer = [*page.items[:_OUTERMOST], *page.items[-_OUTERMOST:]]
    top, bottom = _ZONE * page.height, (1 - _ZONE) * page.height
    lines = {id(item): item for item in outer if isinstance(item, Line)}
    return [line for line in lines.values() if line.box.bottom <= top or line.box.top >= bottom]


def _key(line: Line) -> tuple[str, int]:
    coarse = 6
    return _DIGITS.sub("#", line.text), round(line.box.top / coarse)
