"""The static system of Henan's portals (`/sitesources/{site}/page_pc/…`), whose lists are numbered files.

A record gives the columns in `start_urls`. How many pages a list has stands in `script.json` beside
it. The tree has a folder per report year (`2020n`), and in it one per kind of agency.
"""

import re
from dataclasses import replace
from typing import ClassVar
from urllib.parse import urljoin

from nianbao.errors import ReadError
from nianbao.model import Portal
from nianbao.portals.families.base import ListRequest, Step
from nianbao.portals.families.json_text import json_of
from nianbao.portals.families.list_family import ListFamily
from nianbao.portals.families.page import Page
from nianbao.portals.families.proposal import Proposal
from nianbao.portals.families.rows import rows_of
from nianbao.portals.families.shape import Shape
from nianbao.portals.families.visit import Batch, Visit, advance

_FIRST = re.compile(r"/(list1|index)\.html$|/$")


class PagePc(ListFamily):
    """See the module for what a record says."""

    shape: ClassVar = Shape(
        re.compile(r"/article[0-9a-f]{32}\.html"), re.compile(r"/(list\d+|index)\.html$|/$")
    )

    def read_page(self, portal: Portal, page: Page, visit: Visit, request: ListRequest) -> Step:
        """Read a list's first page, the number of its pages, or a later page."""
        if page.url.endswith("script.json"):
            return self._counted(page, visit)
        rows = rows_of(page.tree, page.url)
        if not rows:
            raise ReadError("no_list", "the page has no links")
        pages = visit.cursor if isinstance(visit.cursor, int) else None
        following = advance(visit, Batch(rows, pages=pages))
        more: tuple[ListRequest, ...] = ()
        if visit.page == 1 and _FIRST.search(page.url) and following:
            more = (
                ListRequest(urljoin(page.url, "script.json"), referer=page.url, state=following),
            )
        elif following:
            more = (_numbered(page.url, following),)
        return self.step(portal, page.url, visit, rows, more)

    def _counted(self, page: Page, visit: Visit) -> Step:
        pages = json_of(page.text).get("endPage")
        if not str(pages).isdecimal():
            raise ReadError("no_list", "script.json tells no endPage")
        if int(str(pages)) < visit.page:
            return Step()
        return Step(requests=(_numbered(page.url, replace(visit, cursor=int(str(pages)))),))

    def sniff(self, page: Page) -> Proposal | None:
        """Know the path."""
        if "/page_pc/" not in page.url and "/page_pc/" not in page.text:
            return None
        return Proposal("page_pc", (page.url,), evidence=("the path /page_pc/",))


def _numbered(url: str, visit: Visit) -> ListRequest:
    return ListRequest(urljoin(url, f"list{visit.page}.html"), referer=url, state=visit)
