"""Sites of 开普云 (UCAP): columns listed by a search, as JSON or as a piece of HTML.

A record gives the column pages in `start_urls`. A page tells its channel; where it tells only the
column's code (`/c101935/`), the channel is asked for first.

- `params.search_url`: the address before the channel, where the page's script doesn't name it
  (`https://api.hunan.gov.cn/search/common/search/` is on a host of its own);
- `params.search_method`: `get` (the default) or `post`.
"""

import re
from dataclasses import dataclass, replace
from typing import Any, ClassVar
from urllib.parse import urlencode, urljoin

from nianbao.errors import ConfigurationError, ReadError
from nianbao.model import Portal
from nianbao.portals.families.base import ListRequest, Step
from nianbao.portals.families.json_text import json_of
from nianbao.portals.families.list_family import ApiFamily
from nianbao.portals.families.page import Page
from nianbao.portals.families.pager import by_script, next_link
from nianbao.portals.families.proposal import Proposal
from nianbao.portals.families.rows import Row, absolute, rows_of
from nianbao.portals.families.shape import Shape
from nianbao.portals.families.text import iso_date, tidy
from nianbao.portals.families.titles import is_column
from nianbao.portals.families.visit import Batch, Visit

_SEARCHES = r"/[\w/-]*?(?:searchList|common/search|es-search/search|manuscriptList|search)/"
_SEARCH = re.compile(rf"[\"']((?:https?://[\w.:-]+)?{_SEARCHES})([0-9a-f]{{32}})?")
_CHANNEL = re.compile(
    r"name=[\"']channelId[\"']\s+content=[\"'](\w+)|content=[\"'](\w+)[\"']\s+name=[\"']channelId"
    r"|\bchannelId\s*[:=]\s*[\"'](\w+)",
    re.IGNORECASE,
)
_HASH = re.compile(r"[0-9a-f]{32}")
_CODE = re.compile(r"\b(?:lmCode|channelCode)\s*[:=]\s*[\"'](\w+)")
_CODE_IN_PATH = re.compile(r"/(c\d{4,})/")
_TEMPLATE = re.compile(r"_template=([\w/]+)")
_CODES = re.compile(r"[\"']((?:/\w+)*/getChannelList)\b")
_ARTICLE = re.compile(
    r"/c\d+/\d{6}/\w+\.s?html|/\d{6}/[0-9a-f]{32}\.s?html|/c\d+/c\d+/content\.s?html"
)
_FOLDER = re.compile(r"/c\d+/(\w+\.s?html)?$|/(\w+_)?list\.s?html$")


@dataclass(frozen=True, slots=True)
class Channel:
    """What the search is asked with; without an id, the code is asked about first."""

    search: str
    id: str
    code: str = ""
    template: str = "index"
    by_post: bool = False
    codes: str = "/getChannelList"
    """Where a code is asked about."""


class Ucap(ApiFamily):
    """See the module for what a record says."""

    params: ClassVar = frozenset({"search_url", "search_method"})
    pagers: ClassVar = (next_link, by_script)
    shape: ClassVar = Shape(_ARTICLE, _FOLDER)

    def check(self, portal: Portal) -> None:
        """Refuse a method that no search knows."""
        super().check(portal)
        if portal.params.get("search_method", "get") not in {"get", "post"}:
            raise ConfigurationError("params.search_method: get or post")

    def cursors_of(self, portal: Portal, page: Page) -> list[Channel]:
        """Return the channel of a column page."""
        search, channel = _SEARCH.search(page.text), _CHANNEL.search(page.text)
        code = _CODE.search(page.text) or _CODE_IN_PATH.search(page.url)
        named = (search[2] if search else None) or (
            next(filter(None, channel.groups())) if channel else ""
        )
        if not named and not code:
            return []
        url = str(portal.params.get("search_url") or (search[1] if search else "/common/search/"))
        template, codes = _TEMPLATE.search(page.text), _CODES.search(page.text)
        return [
            Channel(
                urljoin(page.url, url),
                named,
                code[1] if code else "",
                template[1] if template else "index",
                portal.params.get("search_method", "get") == "post",
                codes[1] if codes else "/getChannelList",
            )
        ]

    def ask(self, visit: Visit, column: str) -> ListRequest:
        """Ask for a page of the search, or for the channel of a code."""
        channel = visit.cursor
        assert isinstance(channel, Channel)  # noqa: S101 - for the type checker
        if not channel.id:
            url = urljoin(column, f"{channel.codes}?channelCode={channel.code}")
            return ListRequest(url, referer=column, state=visit)
        query = urlencode({
            "_isAgg": "true", "_isJson": "true", "_pageSize": 20, "_template": channel.template,
            "_rangeTimeGte": "", "_channelName": "", "page": visit.page,
        })  # fmt: skip
        form = (
            urlencode({"datas[0][key]": "status", "datas[0][value]": 1})
            if channel.by_post
            else None
        )
        return ListRequest(f"{channel.search}{channel.id}?{query}", form, column, state=visit)

    def read_page(self, portal: Portal, page: Page, visit: Visit, request: ListRequest) -> Step:
        """Read what a code stands for; anything else as every interface."""
        if isinstance(visit.cursor, Channel) and not visit.cursor.id:
            return self._channels(page, visit, visit.cursor, request.referer or page.url)
        return super().read_page(portal, page, visit, request)

    def batch_of(self, page: Page, visit: Visit, column: str) -> Batch:
        """Return the results of a search, whichever flavour it has."""
        if page.text.lstrip().startswith("<"):
            return Batch(rows_of(page.tree, column))
        data = json_of(page.text).get("data")
        if not isinstance(data, dict) or not isinstance(data.get("results"), list):
            raise ReadError("no_list", "the search answers without results")
        return Batch([_row(column, one) for one in data["results"]], data.get("total"))

    def _channels(self, page: Page, visit: Visit, channel: Channel, column: str) -> Step:
        found = [
            one
            for one in _nodes(json_of(page.text))
            if one.get("channelCode") == channel.code
            or is_column(str(one.get("displayName") or ""))
        ]
        ids = dict.fromkeys(str(one.get("channelId") or one.get("id") or "") for one in found)
        if not any(ids):
            raise ReadError("no_column", f"no channel is known for the code {channel.code}")
        cursors = (replace(channel, id=one) for one in ids if one)
        return Step(requests=tuple(self.ask(replace(visit, cursor=one), column) for one in cursors))

    def sniff(self, page: Page) -> Proposal | None:
        """Know the channel's meta tag, the switch of the search, or the body's name."""
        channel = _CHANNEL.search(page.text)
        # Other systems have a `channelId` too; it isn't a hash there.
        hashed = channel and _HASH.fullmatch(next(filter(None, channel.groups())))
        if hashed or "_isJson" in page.text or "UCAP-CONTENT" in page.text:
            words = "a channelId, or a search with _isJson"
            return Proposal(
                "ucap",
                (page.url,),
                evidence=(words,),
                lists_reports=bool(_CHANNEL.search(page.text)),
            )
        if re.search(r"/c\d{4,}/(\d{6}/\w+|\w*list\w*)\.shtml", f"{page.url} {page.text}"):
            words = "addresses such as /c128570/202601/….shtml"
            return Proposal("ucap", (page.url,), confidence="medium", evidence=(words,))
        return None


def _row(column: str, one: dict[str, Any]) -> Row:
    day = iso_date(str(one.get("publishedTimeStr") or one.get("publishedTime") or ""))
    return Row(absolute(column, str(one.get("url") or "")), tidy(str(one.get("title") or "")), day)


def _nodes(value: object) -> list[dict[str, Any]]:
    """Return every object of an answer that names a channel, however deep."""
    if isinstance(value, list):
        return [node for one in value for node in _nodes(one)]
    if not isinstance(value, dict):
        return []
    own = [value] if {"channelId", "channelCode"} & value.keys() else []
    return own + [node for one in value.values() for node in _nodes(one)]
