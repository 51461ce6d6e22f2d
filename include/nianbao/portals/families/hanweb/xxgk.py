"""Sites of 大汉 (Hanweb) with the module xxgk: a catalogue per agency, drawn piece by piece.

A record gives the catalogue's pages in `start_urls`. The page tells the agency's code (`area`) and
the tree; the node of the tree that is named as the annual reports tells what to search for.
`params.infotype_id` names that node where the tree doesn't.
"""

import re
from dataclasses import dataclass, replace
from typing import ClassVar
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from nianbao.errors import ReadError
from nianbao.model import Portal
from nianbao.portals.families.base import ListRequest, Step
from nianbao.portals.families.list_family import ApiFamily
from nianbao.portals.families.page import Page
from nianbao.portals.families.proposal import Proposal
from nianbao.portals.families.rows import rows_of
from nianbao.portals.families.text import tidy
from nianbao.portals.families.titles import is_column
from nianbao.portals.families.visit import Batch, Visit

_TREE = re.compile(r"[\"']([^\"']*module/xxgk/tree\.jsp\?[^\"']*)[\"']", re.IGNORECASE)
_AREA = re.compile(r"(?:vc_xxgkarea|area)=([0-9A-Za-z]+)")
_DIVISION = re.compile(r"divid=(\w+)|[\"'](div\d+)[\"']")
_NODE = re.compile(r"funclick\(\s*\\?[\"'](\w+)\\?[\"'][^)]*\)[^>]*>\s*([^<]{1,40})")
_FIXED = re.compile(r"search\.jsp\?[^\"']*?infotypeId=(\w+)")
_SITE = re.compile(r"\bjdid[\"']?\s*[:=]\s*[\"']?(\w+)|\bwebid[\"']?\s*[:=]\s*[\"']?(\w+)")
_PAGES = re.compile(r"共\s*(?:<[^>]*>\s*)*(\d+)\s*(?:<[^>]*>\s*)*页")
_AS_SCRIPT = (("X-Requested-With", "XMLHttpRequest"),)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What `search.jsp` is asked with; without a node, the tree is asked for it first."""

    area: str
    division: str
    site: str
    tree: str
    node: str = ""


class HanwebXxgk(ApiFamily):
    """See the module for what a record says."""

    params: ClassVar = frozenset({"infotype_id"})

    def cursors_of(self, portal: Portal, page: Page) -> list[Catalogue]:
        """Return the catalogue that a page shows."""
        tree, text = _TREE.search(page.text), page.text.replace("&amp;", "&")
        area = _AREA.search(page.url) or _AREA.search(text)
        if area is None or "module/xxgk/" not in text:
            return []
        division, site, fixed = _DIVISION.search(text), _SITE.search(text), _FIXED.search(text)
        asked = parse_qs(urlsplit(page.url).query).get("number", [""])[0]
        name = next((group for group in division.groups() if group), "") if division else "div4"
        query = urlencode({"standardXxgk": 1, "area": area[1], "divid": name})
        tree_url = tree[1].replace("&amp;", "&") if tree else f"/module/xxgk/tree.jsp?{query}"
        node = str(portal.params.get("infotype_id") or asked or (fixed[1] if fixed else ""))
        site_id = (site[1] or site[2]) if site else "1"
        return [Catalogue(area[1], name, site_id, urljoin(page.url, tree_url), node)]

    def ask(self, visit: Visit, column: str) -> ListRequest:
        """Ask for the tree, or for a page of what hangs on a node, twice over as the site does."""
        catalogue = visit.cursor
        assert isinstance(catalogue, Catalogue)  # noqa: S101 - for the type checker
        if not catalogue.node:
            return ListRequest(catalogue.tree, referer=column, state=visit)
        fields = urlencode({
            "divid": catalogue.division, "infotypeId": catalogue.node, "jdid": catalogue.site,
            "area": catalogue.area, "vc_title": "", "vc_number": "", "vc_filenumber": "",
            "vc_all": "", "texttype": "", "fbtime": "", "sortfield": ",createdatetime:0,orderid:0",
            "currpage": visit.page, "standardXxgk": 1, "isAllList": 1,
        })  # fmt: skip
        url = f"{urljoin(column, '/module/xxgk/search.jsp')}?{fields}"
        return ListRequest(url, fields, column, _AS_SCRIPT, visit)

    def read_page(self, portal: Portal, page: Page, visit: Visit, request: ListRequest) -> Step:
        """Read a tree for its nodes; anything else as every interface."""
        if isinstance(visit.cursor, Catalogue) and not visit.cursor.node:
            return self._nodes(page, visit, visit.cursor, request.referer or page.url)
        return super().read_page(portal, page, visit, request)

    def batch_of(self, page: Page, visit: Visit, column: str) -> Batch:
        """Return the links of an answer, which is a piece of HTML."""
        if page.tree.title is not None:
            raise ReadError("no_list", f"a whole page in place of a list: {page.title}")
        pages = _PAGES.search(page.text)
        return Batch(rows_of(page.tree, column), pages=int(pages[1]) if pages else None)

    def _nodes(self, page: Page, visit: Visit, catalogue: Catalogue, column: str) -> Step:
        nodes = {name: tidy(label) for name, label in _NODE.findall(page.text)}
        wanted = [name for name, label in nodes.items() if is_column(label)]
        if not wanted:
            raise ReadError("no_column", "no node of the tree is named as the annual reports")
        cursors = (replace(catalogue, node=name) for name in wanted)
        return Step(requests=tuple(self.ask(replace(visit, cursor=one), column) for one in cursors))

    def sniff(self, page: Page) -> Proposal | None:
        """Know the module's path."""
        if "module/xxgk/" not in page.text or "dataproxy.jsp" in page.text:
            return None
        words = "scripts of /module/xxgk/ and no dataproxy.jsp"
        known = _AREA.search(page.url) or _AREA.search(page.text.replace("&amp;", "&"))
        return Proposal(
            "hanweb_xxgk", (page.url,), {}, "high" if known else "medium", (words,), bool(known)
        )
