"""Rows of a list: each a link with a title and, where one stands beside it, a date."""

import re
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin

from bs4 import BeautifulSoup, Tag

from nianbao.portals.families.text import iso_date, tidy, tree_of
from nianbao.portals.families.titles import is_report, words

_DATE_TAGS = ("span", "i", "b", "em")
_ROW_TAGS = frozenset({"li", "tr", "dd", "dt", "dl"})
_MOST_LINKS_OF_A_ROW = 4
"""A row has the article's link, and perhaps its column's, an attachment's and an agency's."""
_DAY = re.compile(
    r"^\W?20\d\d[-./]\d{1,2}[-./]\d{1,2}\W?\s+|\s+\W?20\d\d[-./]\d{1,2}[-./]\d{1,2}\W?$"
)
"""The day of publication before or behind a title, in the same link."""
_DEEPEST = 5
"""Elements between a link and the row that it stands in."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list: the whole URL, the title, the ISO date where there is one."""

    url: str
    title: str
    published_on: str | None = None


def rows_of(html: str | BeautifulSoup, page_url: str) -> list[Row]:
    """Return every link of a page or a piece of one, but for those that turn its pages."""
    tree = tree_of(html) if isinstance(html, str) else html
    rows = [row_of(link, _around(link), page_url) for link in tree.find_all("a", href=True)]
    return [row for row in rows if not _is_pager(row.title)]


def best_row(piece: str, page_url: str) -> Row | None:
    """Return the row that a record is: it may carry a link to its column before the article's."""
    if "<a" not in piece.lower():
        return None
    tree = tree_of(piece)
    rows = [row_of(link, tree, page_url) for link in tree.find_all("a", href=True)]
    return next((row for row in rows if is_report(row.title)), rows[0] if rows else None)


def row_of(link: Tag, around: Tag, page_url: str) -> Row:
    """Return the row of a link, whose date may stand anywhere in the element around it."""
    # The text of a link is cut off or has badges in it; its title attribute is whole.
    title = tidy(str(link.get("title") or "")) or _DAY.sub("", tidy(link.get_text(" ")))
    return Row(absolute(page_url, str(link["href"]).strip()), title, _date(link, around))


def absolute(page_url: str, href: str) -> str:
    """Return the whole URL of a link, without its fragment."""
    try:
        return urldefrag(urljoin(page_url, href)).url
    except ValueError:
        # A malformed address stays what it is: the crawl will write down that it can't be asked.
        return href


def _around(link: Tag) -> Tag:
    for step, parent in enumerate(link.parents):
        if step >= _DEEPEST or parent.name in {"body", "html", "ul", "table", "tbody"}:
            break
        if len(parent.find_all("a", limit=_MOST_LINKS_OF_A_ROW + 1)) > _MOST_LINKS_OF_A_ROW:
            break
        if parent.name in _ROW_TAGS:
            return parent
    return link.parent or link


def _date(link: Tag, row: Tag) -> str | None:
    # A title has dates of its own, so what stands beside the link goes first, and of the link only
    # the tags in it are looked at.
    beside = " ".join(
        text for text in row.strings if not any(parent is link for parent in text.parents)
    )
    inside = " ".join(tag.get_text(" ") for tag in link.find_all(_DATE_TAGS))
    return iso_date(beside) or iso_date(inside)


def _is_pager(title: str) -> bool:
    return (title.isdecimal() and len(title) < len("2020")) or title.strip(
        "<>«» "
    ) in words().pagers
