"""Records of a list: small pieces of HTML, often torn, each with a link, a title and a date."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin

from bs4 import BeautifulSoup, Tag

from nianbao.model import Lead
from nianbao.portals.families.text import iso_date, tidy
from nianbao.portals.families.titles import is_report, report_year

_RECORD = re.compile(r"<record>(.*?)</record>", re.DOTALL | re.IGNORECASE)
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
# An older build answers with a script that fills an array of strings instead of with XML.
_SCRIPT_STORE = re.compile(r"dataStore\s*=\s*\[(.*)\]", re.DOTALL)
_SCRIPT_STRING = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"", re.DOTALL)
_DATE_TAGS = ("span", "i", "b", "em")
_NO_PAGE = re.compile(r"#|(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_COLUMN_PATH = re.compile(r"/col/col\d+/")


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a list: `href` as printed, the ISO date where there is one."""

    href: str
    title: str
    published_on: str | None


def read_records(text: str) -> list[Record]:
    """Return the records of a data store: XML with CDATA, or the script of an older build."""
    pieces = [_CDATA.sub("", piece) for piece in _RECORD.findall(text)]
    if not pieces and (store := _SCRIPT_STORE.search(text)):
        pieces = [_unescape(one or two) for one, two in _SCRIPT_STRING.findall(store.group(1))]
    return [record for piece in pieces if (record := _read(piece))]


def read_links(html: str) -> list[Record]:
    """Return every link of a page that lists its articles without a data store."""
    links = BeautifulSoup(html, "lxml").find_all("a", href=True)
    return [_record(link, link.parent or link) for link in links]


def leads_of(portal_id: str, page_url: str, records: Iterable[Record]) -> tuple[Lead, ...]:
    """Return the leads among some records: those whose title is an annual report's."""
    return tuple(
        Lead(
            portal_id,
            _absolute(page_url, record.href),
            record.title,
            record.published_on,
            report_year=report_year(record.title),
        )
        for record in records
        if is_report(record.title) and _is_article(record.href)
    )


def _read(piece: str) -> Record | None:
    if "<a" not in piece.lower():
        return None
    # lxml takes debris such as `<li style=<br/>` as it comes; a strict XML parser stops at it.
    row = BeautifulSoup(piece, "lxml")
    links = [_record(link, row) for link in row.find_all("a", href=True)]
    # A row may carry a link to its column before the one to the article.
    return next((link for link in links if is_report(link.title)), links[0] if links else None)


def _record(link: Tag, row: Tag) -> Record:
    # The text of a link is cut off or has badges in it; its title attribute is whole.
    title = tidy(str(link.get("title") or "")) or tidy(link.get_text(" "))
    return Record(str(link["href"]).strip(), title, _date(link, row))


def _date(link: Tag, row: Tag) -> str | None:
    # A title has dates of its own, so what stands beside the link goes first, and of the link only
    # the tags in it are looked at.
    beside = " ".join(
        text for text in row.strings if not any(parent is link for parent in text.parents)
    )
    inside = " ".join(tag.get_text(" ") for tag in link.find_all(_DATE_TAGS))
    return iso_date(beside) or iso_date(inside)


def _is_article(href: str) -> bool:
    return not (_NO_PAGE.match(href) or _COLUMN_PATH.search(href))


def _absolute(page_url: str, href: str) -> str:
    try:
        return urldefrag(urljoin(page_url, href)).url
    except ValueError:
        # A malformed address stays what it is: the crawl will write down that it can't be asked.
        return href


def _unescape(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "t": "\t"}.get(found[1], found[1]), text)
