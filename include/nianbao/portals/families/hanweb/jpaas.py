"""Sites of 大汉 (Hanweb) on the cloud platform JPaaS: lists built by an interface, as HTML in JSON.

A record gives the column pages in `start_urls`. Their list has the interface's fields in
`queryData`; the page number goes in `paramJson`, and a server that finds it elsewhere gives page 1.
"""

import json
import re
from typing import ClassVar
from urllib.parse import urlencode, urljoin

from nianbao.errors import ReadError
from nianbao.model import Portal
from nianbao.portals.families.base import ListRequest
from nianbao.portals.families.json_text import json_of
from nianbao.portals.families.list_family import ApiFamily
from nianbao.portals.families.page import Page
from nianbao.portals.families.proposal import Proposal
from nianbao.portals.families.rows import rows_of
from nianbao.portals.families.shape import Shape
from nianbao.portals.families.visit import Batch, Visit

_UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_FIELDS = ("parseType", "webId", "tplSetId", "pageType", "tagId", "editType", "pageId")
_DEFAULTS = {"parseType": "bulidstatic", "pageType": "column", "editType": "null"}
_UNIT_URL = re.compile(r"\b(?:unitU|u)rl\s*=\s*[\"']([^\"']*page/build/unit[^\"']*)")
_QUERY_DATA = re.compile(r"queryData\s*=\s*\"?\s*(\{[^}]*\})")
_FIELD = re.compile(r"[\"']?(\w+)[\"']?\s*:\s*[\"']([^\"']*)[\"']")
_COUNT = re.compile(r"\bcount[\"']?\s*[=:]\s*[\"']?(\d+)")
_ROWS = re.compile(r"\brows[\"']?\s*[=:]\s*[\"']?(\d+)")
_PAGE_SIZE = 50
"""Works on every site that was seen; the sites' own is 10 to 25."""


class HanwebJpaas(ApiFamily):
    """See the module for what a record says."""

    shape: ClassVar = Shape(folder=re.compile(r"/col/col\d+/?(index\.html)?$|/$|/index\.html$"))

    def cursors_of(self, portal: Portal, page: Page) -> list[tuple[str, ...]]:
        """Return the interface's address and fields for every list of a page."""
        unit = _UNIT_URL.search(page.text)
        url = urljoin(page.url, unit[1] if unit else _UNIT)
        lists = [{**_DEFAULTS, **fields} for fields in _lists_of(page.text)]
        return [(url, *(f"{name}={fields[name]}" for name in _FIELDS)) for fields in lists]

    def ask(self, visit: Visit, column: str) -> ListRequest:
        """Ask for a page in the one way that works."""
        assert isinstance(visit.cursor, tuple)  # noqa: S101 - for the type checker
        url, *pairs = visit.cursor
        fields = dict(pair.split("=", 1) for pair in pairs)
        place = json.dumps(
            {"pageNo": visit.page, "pageSize": str(_PAGE_SIZE)}, separators=(",", ":")
        )
        return ListRequest(
            f"{url}?{urlencode({**fields, 'paramJson': place})}", referer=column, state=visit
        )

    def batch_of(self, page: Page, visit: Visit, column: str) -> Batch:
        """Return the links of the HTML in an answer."""
        answer = json_of(page.text)
        data = answer.get("data")
        html = data.get("html") if isinstance(data, dict) else data
        if not answer.get("success", True) or not isinstance(html, str):
            raise ReadError("no_list", f"the interface refuses: {answer.get('message')}")
        count, size = _COUNT.search(html), _ROWS.search(html)
        pages = -(-int(count[1]) // max(int(size[1]), 1)) if count and size else None
        # The size that the pager tells may be the site's and not ours, so both have to agree on the end.
        return Batch(rows_of(html, column), int(count[1]) if count else None, pages)

    def sniff(self, page: Page) -> Proposal | None:
        """Know the interface's path, or the attribute with its fields."""
        if "jpaas-publish-server" not in page.text and "queryData" not in page.text:
            return None
        complete = bool(_lists_of(page.text))
        words = "jpaas-publish-server, with the fields of the list in queryData"
        return Proposal("hanweb_jpaas", (page.url,), {}, "high", (words,), complete)


def _lists_of(text: str) -> list[dict[str, str]]:
    """Return the fields of every list on a page."""
    lists = [
        dict(_FIELD.findall(found)) for found in _QUERY_DATA.findall(text.replace("&quot;", "'"))
    ]
    return [fields for fields in lists if {"webId", "pageId", "tplSetId", "tagId"} <= fields.keys()]
