"""Sites of 新点 (Epoint WebBuilder): lists asked for with JSON.

A record gives the pages in `start_urls` (`govInfoPub….html?deptcode=&categorynum=003001003`). The
interface's address and the site's number stand in `/js/webBuilderCommon.js`, which is asked first;
`params.site_guid` gives the number where they stand elsewhere. `params.wrapped: 1` is for the older
interface, which wants its fields in `params`. Some interfaces count their pages from 0 and some
from 1, so that page 0 is asked for at the end, unless everything has come.
"""

import json
import re
from dataclasses import dataclass, replace
from typing import Any, ClassVar
from urllib.parse import parse_qs, urljoin, urlsplit

from nianbao.errors import ReadError
from nianbao.model import Portal
from nianbao.portals.families.base import ListRequest, Step
from nianbao.portals.families.json_text import json_of, object_after
from nianbao.portals.families.list_family import ApiFamily
from nianbao.portals.families.page import Page
from nianbao.portals.families.proposal import Proposal
from nianbao.portals.families.rows import Row, absolute
from nianbao.portals.families.text import iso_date, tidy
from nianbao.portals.families.visit import Batch, Visit, advance, all_older

_SCRIPT = "/js/webBuilderCommon.js"
_LIST = "/rest/lightfrontaction/getgovinfolist"
_MARKS = re.compile(r"EWB-FRONT|webBuilderCommon|\bewb-[a-z]+")
_CATEGORY = re.compile(r"categorynum[\"']?\s*[:=]\s*[\"']?(\d+)", re.IGNORECASE)
_AS_JSON = (
    ("Content-Type", "application/json;charset=UTF-8"),
    ("X-Requested-With", "XMLHttpRequest"),
)
_PROJECT = "/EWB-FRONT"
_PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Category:
    """What the interface is asked with; without a project, the site's script is asked first."""

    department: str
    number: str
    wrapped: bool
    project: str = ""
    site: str = ""
    zero: bool = False
    """Page 0 is asked for, which is the last one."""
    enough: bool = False
    """The list was left before its end, where all was older than what is wanted."""


class Epoint(ApiFamily):
    """See the module for what a record says."""

    params: ClassVar = frozenset({"wrapped", "site_guid"})

    def cursors_of(self, portal: Portal, page: Page) -> list[Category]:
        """Return the category that a page's address names."""
        asked = {
            name.lower(): values[0] for name, values in parse_qs(urlsplit(page.url).query).items()
        }
        named = _CATEGORY.search(page.text)
        number = asked.get("categorynum") or (named[1] if named else "")
        if not number:
            return []
        category = Category(asked.get("deptcode", ""), number, bool(portal.params.get("wrapped")))
        if guid := portal.params.get("site_guid"):
            return [replace(category, project=_PROJECT, site=str(guid))]
        return [_placed(category, page.text)]

    def ask(self, visit: Visit, column: str) -> ListRequest:
        """Ask for the site's script, or for a page of the list."""
        one = visit.cursor
        assert isinstance(one, Category)  # noqa: S101 - for the type checker
        if not one.project:
            return ListRequest(urljoin(column, _SCRIPT), referer=column, state=visit)
        fields: dict[str, Any] = {
            "deptcode": one.department, "categorynum": one.number, "siteGuid": one.site,
            "pageIndex": 0 if one.zero else visit.page, "pageSize": _PAGE_SIZE,
        }  # fmt: skip
        body = json.dumps({"params": fields} if one.wrapped else fields)
        url = urljoin(column, f"/{one.project.strip('/')}{_LIST}")
        return ListRequest(url, body, column, _AS_JSON, visit)

    def read_page(self, portal: Portal, page: Page, visit: Visit, request: ListRequest) -> Step:
        """Read the site's script; anything else as every interface, with page 0 behind the last."""
        one, column = visit.cursor, request.referer or page.url
        if not isinstance(one, Category):
            return super().read_page(portal, page, visit, request)
        if not one.project:
            return Step(requests=(self._first(page, visit, one, column),))
        batch = self.batch_of(page, visit, column)
        following = None if one.zero else advance(visit, replace(batch, total=None))
        came = visit.given + sum(row.url not in visit.seen for row in batch.rows)
        whole = batch.total is not None and came >= batch.total
        more: tuple[ListRequest, ...] = ()
        if following and not whole:
            more = (self.ask(following, column),)
        elif not (one.zero or whole):
            last = replace(one, zero=True, enough=all_older(batch.rows, visit.years))
            more = (self.ask(replace(visit, given=came, cursor=last), column),)
        elif one.zero and not one.enough and batch.total is not None and came < batch.total:
            raise ReadError("list_cut", f"the list tells of {batch.total} rows and gave {came}")
        return self.step(portal, column, visit, batch.rows, more)

    def _first(self, page: Page, visit: Visit, one: Category, column: str) -> ListRequest:
        category = _placed(one, page.text)
        if not category.project:
            raise ReadError("no_list", "the site's script names no siteInfo")
        return self.ask(replace(visit, cursor=category), column)

    def batch_of(self, page: Page, visit: Visit, column: str) -> Batch:
        """Return the entries of an answer."""
        custom = json_of(page.text).get("custom")
        if isinstance(custom, str):
            custom = json_of(custom)
        entries = custom.get("data") if isinstance(custom, dict) else None
        if not isinstance(custom, dict) or not isinstance(entries, list):
            raise ReadError("no_list", "the interface answers without data")
        total = str(custom.get("total") or "")
        return Batch(
            [_row(column, one) for one in entries], int(total) if total.isdecimal() else None
        )

    def sniff(self, page: Page) -> Proposal | None:
        """Know the builder's script and its classes."""
        if not _MARKS.search(page.text) and "govInfoPub" not in page.url:
            return None
        complete = "categorynum" in page.url.lower()
        words = "the scripts or classes of Epoint WebBuilder"
        return Proposal("epoint", (page.url,), {}, "high", (words,), complete)


def _placed(category: Category, text: str) -> Category:
    site = object_after(text, "siteInfo")
    return replace(
        category, project=str(site.get("projectName") or ""), site=str(site.get("siteGuid") or "")
    )


def _row(column: str, entry: dict[str, Any]) -> Row:
    title = tidy(re.sub(r"<[^>]*>", "", str(entry.get("realtitle") or entry.get("title") or "")))
    day = iso_date(str(entry.get("infodate") or entry.get("pubdate") or ""))
    return Row(absolute(column, str(entry.get("infourl") or "")), title, day)
