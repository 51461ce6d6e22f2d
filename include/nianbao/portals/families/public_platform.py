"""Zhengzhou's disclosure platforms (`public.….gov.cn`): lists by department and path code.

A record gives the lists in `start_urls` (`/?a=path&d=21&p=D42Y`), or the platform's front page
with `params.path_code`; `D42Y` has been the code of the annual reports wherever one was seen.
"""

import re
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from nianbao.model import Portal
from nianbao.portals.families.base import ListRequest, Step, Years
from nianbao.portals.families.list_family import ListFamily
from nianbao.portals.families.page import Page
from nianbao.portals.families.proposal import Proposal
from nianbao.portals.families.shape import Shape
from nianbao.portals.families.visit import Visit

PATH_CODE = "D42Y"
_ARTICLE = re.compile(r"/\w+/\d+\.jhtml")
_NUMBER = re.compile(r"\d+")


class PublicPlatform(ListFamily):
    """See the module for what a record says."""

    params: ClassVar = frozenset({"path_code"})
    shape: ClassVar = Shape(_ARTICLE, re.compile(r"^/\?(.*&)?(a=path|p=\w+|d=\d+)"))

    def start(self, portal: Portal, years: Years) -> Step:
        """Ask for every list; a front page stands for the list of its annual reports."""
        code = str(portal.params.get("path_code", PATH_CODE))
        urls = (
            url if urlsplit(url).query else _asked(url, a="path", p=code)
            for url in portal.start_urls
        )
        return Step(requests=tuple(ListRequest(url, state=Visit(years)) for url in urls))

    def next_url(self, portal: Portal, page: Page, number: int) -> str | None:
        """Count to the last page that the pager shows."""
        pages = self.page_count(page, Visit()) or 1
        return _asked(page.url, page=str(number + 1)) if number < pages else None

    def page_count(self, page: Page, visit: Visit) -> int | None:
        """Return the largest number in the pager."""
        texts = (link.get_text(strip=True) for link in page.tree.select(".page-tile a"))
        numbers = [int(text) for text in texts if _NUMBER.fullmatch(text)]
        return max([visit.page, *numbers]) if numbers else None

    def sniff(self, page: Page) -> Proposal | None:
        """Know the host's name together with the articles' addresses."""
        public = (urlsplit(page.url).hostname or "").startswith("public.")
        if not (public or "page-tile" in page.text) or not (".jhtml" in page.text or public):
            return None
        words = "a host public.… with addresses such as /D42Y/123.jhtml"
        url = urlsplit(page.url)
        start = page.url if url.query else f"{url.scheme}://{url.netloc}/"
        return Proposal("public_platform", (start,), {}, "high", (words,), lists_reports=True)


def _asked(url: str, **fields: str) -> str:
    parts = urlsplit(url)
    query = {**dict(parse_qsl(parts.query)), **fields}
    return urlunsplit(parts._replace(path=parts.path or "/", query=urlencode(query)))
