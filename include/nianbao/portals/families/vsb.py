"""Sites of 博达 (Visual SiteBuilder): pages of links whose numbers count down to the oldest.

With 11 pages, page 2 is `{column}/10.htm` and the last `{column}/1.htm`; the numbers shift as
articles come, so that only the link to the next page tells where it is. Addresses of pages are
never kept.
"""

import re
from typing import ClassVar

from nianbao.portals.families.list_family import ListFamily
from nianbao.portals.families.page import Page
from nianbao.portals.families.pager import next_link
from nianbao.portals.families.proposal import Proposal
from nianbao.portals.families.rows import absolute
from nianbao.portals.families.shape import Shape
from nianbao.portals.families.visit import Visit

_MARKS = re.compile(r"p_next p_fun|_showDynClickBatch|vsb_content|/system/resource/js/")
_ARTICLE = re.compile(r"/info/\d+/\d+\.htm|content\.jsp\?|download\.jsp")
_PAGES = re.compile(r"(?<!\d)\d+\s*/\s*(\d+)(?!\d)|共\s*(\d+)\s*页")


def _next(page: Page, number: int) -> str | None:
    link = page.tree.select_one("span.p_next a[href]")
    return absolute(page.url, str(link["href"])) if link else None


class Vsb(ListFamily):
    """A record gives the columns in `start_urls`."""

    pagers: ClassVar = (_next, next_link)
    shape: ClassVar = Shape(_ARTICLE, re.compile(r"^/(?!info/|system/).*(\.htm|\.jsp|/)(\?.*)?$"))

    def page_count(self, page: Page, visit: Visit) -> int | None:
        """Return the number after the stroke in `1/11`."""
        told = " ".join(tag.get_text(" ") for tag in page.tree.select(".pb_sys_common .p_t"))
        found = _PAGES.search(told)
        return int(found[1] or found[2]) if found else None

    def sniff(self, page: Page) -> Proposal | None:
        """Know the marks of its pages and its articles' addresses."""
        if _MARKS.search(page.text):
            return Proposal("vsb", (page.url,), evidence=("marks of VSB: p_next, vsb_content…",))
        if re.search(r"/info/\d{3,}/\d+\.htm", page.text):
            words = "addresses such as /info/1050/64208.htm"
            return Proposal("vsb", (page.url,), confidence="medium", evidence=(words,))
        return None
