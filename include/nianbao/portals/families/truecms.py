"""Sites of truecms (Nantong and around): a data store as at Hanweb's, paged by JSONP.

A record gives the columns in `start_urls`. Without a Referer the interface answers 404. Some sites
refuse more than 10 records at a time; `params.per_page` is for those that are known to give more.
"""

import re
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlencode, urljoin

from nianbao.errors import ConfigurationError, ReadError
from nianbao.model import Portal
from nianbao.portals.families.base import ListRequest
from nianbao.portals.families.hanweb.column import total_of
from nianbao.portals.families.hanweb.records import read_records
from nianbao.portals.families.json_text import json_of
from nianbao.portals.families.list_family import ApiFamily
from nianbao.portals.families.page import Page
from nianbao.portals.families.proposal import Proposal
from nianbao.portals.families.visit import Batch, Visit

_PROXY = re.compile(r"[\"']([^\"']*messageController/getMessage\.do)")
_COLUMN = re.compile(r"columnId[\"']?\s*[:=]\s*[\"']([\w-]+)")
_SAFE = 10


@dataclass(frozen=True, slots=True)
class Column:
    """What the interface is asked with."""

    url: str
    id: str
    size: int


class TrueCms(ApiFamily):
    """See the module for what a record says."""

    params: ClassVar = frozenset({"per_page"})

    def check(self, portal: Portal) -> None:
        """Refuse a size that is no number."""
        super().check(portal)
        size = portal.params.get("per_page", _SAFE)
        if not isinstance(size, int) or size < 1:
            raise ConfigurationError("params.per_page: a number of records")

    def cursors_of(self, portal: Portal, page: Page) -> list[Column]:
        """Return every column that a page lists."""
        proxy = _PROXY.search(page.text)
        if proxy is None:
            return []
        size, url = int(str(portal.params.get("per_page", _SAFE))), urljoin(page.url, proxy[1])
        return [Column(url, one, size) for one in dict.fromkeys(_COLUMN.findall(page.text))]

    def ask(self, visit: Visit, column: str) -> ListRequest:
        """Ask for a page; the Referer is what makes the interface answer."""
        one = visit.cursor
        assert isinstance(one, Column)  # noqa: S101 - for the type checker
        fields = {
            "startrecord": (visit.page - 1) * one.size + 1, "endrecord": visit.page * one.size,
            "perpage": one.size, "columnId": one.id, "callback": "records",
        }  # fmt: skip
        return ListRequest(f"{one.url}?{urlencode(fields)}", referer=column, state=visit)

    def batch_of(self, page: Page, visit: Visit, column: str) -> Batch:
        """Return the records in an answer's result, which is XML in JSON in a call."""
        result = json_of(page.text).get("result")
        if not isinstance(result, str):
            raise ReadError("no_list", "the interface answers without a result")
        return Batch(read_records(result, column), total_of(result))

    def sniff(self, page: Page) -> Proposal | None:
        """Know the interface's path."""
        if not _PROXY.search(page.text):
            return None
        words = "a list paged through messageController/getMessage.do"
        return Proposal("truecms", (page.url,), {}, "high", (words,), lists_reports=True)
