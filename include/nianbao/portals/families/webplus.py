"""Sites of 苏迪 WebPlus: pages of links, `/34/list.htm` and then `/34/list2.htm`."""

import re
from typing import ClassVar
from urllib.parse import urljoin

from nianbao.portals.families.list_family import ListFamily
from nianbao.portals.families.page import Page
from nianbao.portals.families.pager import next_link
from nianbao.portals.families.proposal import Proposal
from nianbao.portals.families.shape import Shape
from nianbao.portals.families.visit import Visit

_MARKS = re.compile(r"wp_news_w\d+|wp_articlecontent|wp_paging")
_COUNT = re.compile(r"class=[\"']all_pages[\"'][^>]*>\s*(\d+)")


class WebPlus(ListFamily):
    """A record gives the columns in `start_urls`."""

    shape: ClassVar = Shape(
        re.compile(r"/c\d+a\d+/page\.|/_upload/article/"), re.compile(r"/list\d*\.(htm|psp)$|/$")
    )

    def next_url(self, portal: object, page: Page, number: int) -> str | None:
        """Follow the link, or count to the number of pages that the page tells."""
        count = _COUNT.search(page.text)
        if count:
            return urljoin(page.url, f"list{number + 1}.htm") if number < int(count[1]) else None
        return next_link(page, number)

    def page_count(self, page: Page, visit: Visit) -> int | None:
        """Return the number of pages that the page tells."""
        count = _COUNT.search(page.text)
        return int(count[1]) if count else None

    def sniff(self, page: Page) -> Proposal | None:
        """Know the names of its windows."""
        if not _MARKS.search(page.text):
            return None
        return Proposal("webplus", (page.url,), evidence=("windows named wp_news_w…",))
