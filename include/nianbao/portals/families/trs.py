"""Sites of 拓尔思 (TRS) WCM: pages of links, numbered from zero behind the first.

A record gives the columns in `start_urls`, or the address of the search database
(`/was5/web/search?channelid=…`), which answers with JSON. `params.second_number: 2` is for sites
that call page 2 `index_2` without saying so in their script.
"""

import re
from dataclasses import replace
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from nianbao.errors import ConfigurationError, ReadError
from nianbao.model import Portal
from nianbao.portals.families.base import ListRequest, Step
from nianbao.portals.families.json_text import json_of
from nianbao.portals.families.list_family import ListFamily
from nianbao.portals.families.page import Page
from nianbao.portals.families.pager import counted, created
from nianbao.portals.families.proposal import Proposal
from nianbao.portals.families.rows import Row, absolute
from nianbao.portals.families.text import iso_date
from nianbao.portals.families.visit import Batch, Visit, advance

_SEARCH = "/was5/web/search"
_ARTICLE = re.compile(r"/t20\d{6}_\d+\.s?html?")
# With a container's name in front, other systems have the call too.
_PAGES = re.compile(r"createPage\w*\(\s*\d|\bcountPage\b")
_CONTAINED = re.compile(r"createPage\w*\(")


class Trs(ListFamily):
    """See the module for what a record says."""

    params: ClassVar = frozenset({"second_number"})

    def check(self, portal: Portal) -> None:
        """Refuse a number that no site begins with."""
        super().check(portal)
        if portal.params.get("second_number", 1) not in {1, 2}:
            raise ConfigurationError("params.second_number: 1 (index_1 is page 2) or 2")

    def read_page(self, portal: Portal, page: Page, visit: Visit, request: ListRequest) -> Step:
        """Read an answer of the search database, or a page of links."""
        if _SEARCH in page.url:
            return self._found(portal, page, visit)
        return super().read_page(portal, page, visit, request)

    def next_url(self, portal: Portal, page: Page, number: int) -> str | None:
        """Return the next page as the script counts it; the last pages may be stubs without links."""
        if found := created(page, number) or counted(page):
            second = int(str(portal.params.get("second_number", found.second)))
            return replace(found, second=second).after_page(number)
        return super().next_url(portal, page, number)

    def page_count(self, page: Page, visit: Visit) -> int | None:
        """Return the pages that the script announces."""
        found = created(page, visit.page) or counted(page)
        return found.pages if found else None

    def _found(self, portal: Portal, page: Page, visit: Visit) -> Step:
        docs = json_of(page.text).get("docs")
        if not isinstance(docs, list):
            raise ReadError("no_list", "the search database answers without docs")
        rows = [_row(page.url, doc) for doc in docs if isinstance(doc, dict)]
        following = advance(visit, Batch(rows))
        if following is None:
            return self.step(portal, page.url, visit, rows)
        more = ListRequest(_with_page(page.url, following.page), state=following)
        return self.step(portal, page.url, visit, rows, (more,))

    def sniff(self, page: Page) -> Proposal | None:
        """Know the script that counts pages, or the articles' addresses."""
        if _SEARCH in page.url:
            return Proposal(
                "trs", (page.url,), evidence=("the search database was5",), lists_reports=True
            )
        if _PAGES.search(page.text):
            return Proposal(
                "trs", (page.url,), evidence=("a script that counts index_1, index_2…",)
            )
        marks = ("TRS_" in page.text, _ARTICLE.search(page.text), _CONTAINED.search(page.text))
        if any(marks):
            words = "addresses such as t20260101_123.html, TRS in the page, or its script"
            return Proposal("trs", (page.url,), confidence="medium", evidence=(words,))
        return None


def _row(page_url: str, doc: dict[str, object]) -> Row:
    url = next((str(doc[name]) for name in ("url", "chnldocurl", "docpuburl") if doc.get(name)), "")
    day = next(
        (str(doc[name]) for name in ("docreltime", "pubdate", "pubtime", "time") if doc.get(name)),
        "",
    )
    title = re.sub(r"<[^>]*>", "", str(doc.get("title") or doc.get("doctitle") or ""))
    return Row(absolute(page_url, url), title, iso_date(day))


def _with_page(url: str, number: int) -> str:
    parts = urlsplit(url)
    fields = {**dict(parse_qsl(parts.query)), "page": str(number)}
    return urlunsplit(parts._replace(query=urlencode(fields)))
