"""Sites of Anhui and its neighbours with a module for annual reports, or 龙讯's publicsite.

A record gives the lists in `start_urls`: `/OpennessAnnualReport/?branch_id=…`, `/Xxgknb/`,
`/public/column/{organisation}?type=4&action=list&catId=…`. Pages of publicsite go by `pageIndex`.
"""

import re
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from nianbao.model import Portal
from nianbao.portals.families.list_family import ListFamily
from nianbao.portals.families.page import Page
from nianbao.portals.families.pager import next_link
from nianbao.portals.families.proposal import Proposal
from nianbao.portals.families.shape import Shape
from nianbao.portals.families.visit import Visit

# In lower case, `xxgknb` is the usual folder name of the column on sites of any family.
_MODULE = re.compile(r"/(OpennessAnnualReport|XxgkAnnualReport|Xxgknb)/")
_PUBLICSITE = re.compile(r"/public/(column/\d+|content/\d+|\d+/\d+\.html)")
_ARTICLE = re.compile(
    r"/(OpennessAnnualReport|XxgkAnnualReport|Xxgknb)/(show|download)/\d+"
    r"|/public/content/\d+|/public/\d+/\d+\.html",
    re.IGNORECASE,
)
_PAGES = re.compile(
    r"(?:pageCount|totalPage|pageTotal)\w*[\"']?\s*[:=]\s*[\"']?(\d+)|共\s*(\d+)\s*页"
)


class AnnualReportModule(ListFamily):
    """See the module for what a record says."""

    shape: ClassVar = Shape(
        _ARTICLE,
        re.compile(r"/(OpennessAnnualReport|XxgkAnnualReport|Xxgknb)/?(\?|$)|/public/column/\d+"),
    )

    def next_url(self, portal: Portal, page: Page, number: int) -> str | None:
        """Follow the link to the next page, or count with `pageIndex`."""
        if url := next_link(page, number):
            return url
        pages = self.page_count(page, Visit())
        if pages is None or number >= pages or "/public/column/" not in page.url:
            return None
        parts = urlsplit(page.url)
        fields = {**dict(parse_qsl(parts.query)), "pageIndex": str(number + 1)}
        return urlunsplit(parts._replace(query=urlencode(fields)))

    def page_count(self, page: Page, visit: Visit) -> int | None:
        """Return the pages that the pager or its script tells."""
        found = _PAGES.search(page.text)
        return int(found[1] or found[2]) if found else None

    def sniff(self, page: Page) -> Proposal | None:
        """Know the modules' paths."""
        for pattern, words in (
            (_MODULE, "a module for annual reports"),
            (_PUBLICSITE, "addresses such as /public/content/123"),
        ):
            own, linked = pattern.search(page.url), pattern.search(page.text)
            if own or linked:
                evidence = (f"{words}: {(own or linked)[0]}",)  # type: ignore[index]
                return Proposal("annual_report_module", (page.url,), evidence=evidence)
        return None
