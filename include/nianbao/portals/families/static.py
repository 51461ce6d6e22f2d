"""Every other site: pages of links, whatever their addresses look like.

A record gives the columns in `start_urls`. The next page is found by its link, by the script that
counts pages, or by `params.next_page`, an address with `{page}` (from 1) or `{page0}` (from 0) for
the number. A list in a frame of the same host is read in the frame.
"""

import re
from typing import ClassVar

from nianbao.errors import ConfigurationError
from nianbao.model import Portal
from nianbao.portals.families.base import ListRequest, Step
from nianbao.portals.families.list_family import ListFamily
from nianbao.portals.families.page import Page
from nianbao.portals.families.pager import by_script, next_link, numbered_link, written
from nianbao.portals.families.proposal import Proposal
from nianbao.portals.families.rows import absolute, rows_of
from nianbao.portals.families.shape import host_of
from nianbao.portals.families.titles import is_report
from nianbao.portals.families.visit import Visit

_NO_LIST = re.compile(
    r"visitcount|login|tree\.jsp|share|footer|header|head\.|foot\.|player|about:", re.IGNORECASE
)


class Static(ListFamily):
    """See the module for what a record says."""

    params: ClassVar = frozenset({"next_page"})
    pagers: ClassVar = (next_link, by_script, numbered_link)

    def check(self, portal: Portal) -> None:
        """Refuse an address of the next page that is always the same."""
        super().check(portal)
        template = portal.params.get("next_page", "{page}")
        if not re.search(r"\{page0?\}", str(template)):
            raise ConfigurationError("params.next_page: an address with {page} or {page0} in it")

    def read_page(self, portal: Portal, page: Page, visit: Visit, request: ListRequest) -> Step:
        """Read a page of links, or go on to the frame that holds them."""
        frames, rows = frames_of(page), rows_of(page.tree, page.url)
        if frames and not any(is_report(row.title) for row in rows):
            more = tuple(ListRequest(url, referer=page.url, state=visit) for url in frames)
            return self.step(portal, page.url, visit, rows, more)
        return super().read_page(portal, page, visit, request)

    def next_url(self, portal: Portal, page: Page, number: int) -> str | None:
        """Return the page that the record's address makes, else what the page tells."""
        template = portal.params.get("next_page")
        return (
            written(str(template))(page, number)
            if template
            else super().next_url(portal, page, number)
        )

    def sniff(self, page: Page) -> Proposal | None:
        """Take a page that has links to annual reports, or a frame that may have them."""
        found = [row for row in rows_of(page.tree, page.url) if is_report(row.title)]
        if found:
            words = f"no family's marks, but {len(found)} links to annual reports"
            return Proposal("static", (page.url,), {}, "low", (words,), lists_reports=True)
        if frames := frames_of(page):
            return Proposal(
                "static", (page.url,), {}, "low", (f"a frame of the same host: {frames[0]}",)
            )
        return None


def frames_of(page: Page) -> list[str]:
    """Return the frames of a page's own host that may hold a list."""
    urls = [
        absolute(page.url, str(frame["src"]))
        for frame in page.tree.find_all(["iframe", "frame"], src=True)
        if not _NO_LIST.search(str(frame["src"]))
    ]
    return [url for url in urls if host_of(url) == host_of(page.url) and url != page.url]
