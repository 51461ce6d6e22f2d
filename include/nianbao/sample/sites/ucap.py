"""开普云 UCAP: a search per channel, as JSON, as HTML by way of the column's code, and by POST."""

import hashlib
import json
from typing import Any, ClassVar

from nianbao.sample.exchange import JSON, Answer, Asked
from nianbao.sample.sites.markup import Markup, list_items
from nianbao.sample.sites.places import Entry, load_places
from nianbao.sample.sites.site import Site, number

CHANNEL = "74ef62665780458e8e43027d6b5d98aa"
CODE = "c128570"


class Ucap(Site):
    """A column page with the channel's meta tag; the search wants its switches."""

    family: ClassVar = "ucap"
    starts: ClassVar = (f"/ctl/{CODE}/zfxxgk_list.shtml",)
    markup: ClassVar = Markup('<div id="UCAP-CONTENT">')
    search: ClassVar = "/searchList/"

    def article_path(self, entry: Entry) -> str:
        """Return a hash in a folder of the month."""
        name = hashlib.md5(str(entry.id).encode(), usedforsecurity=False).hexdigest()
        return f"/ctl/{CODE}/{entry.published_on:%Y%m}/{name}.shtml"

    def answer_list(self, asked: Asked) -> Answer | None:
        """Answer as the column page or its search."""
        if asked.path == self.starts[0]:
            meta = f'<meta name="channelId" content="{CHANNEL}">'
            script = f"<script>var u='{self.search}'+channelId+'?_isJson=true';</script>"
            return self.page(self.markup.column(self.place, f"{meta}<div></div>{script}"))
        return self.answer_search(asked) if asked.path == f"{self.search}{CHANNEL}" else None

    def answer_search(self, asked: Asked) -> Answer:
        """Answer a page of results."""
        if asked.query.get("_isJson") != "true":
            return self.missing()
        results = [
            {"title": e.title, "url": self.href(e), "publishedTimeStr": f"{e.day} 09:30:00"}
            for e in self.slice(number(asked.query.get("page")))
        ]
        return as_json({"data": {"total": len(self.listed), "results": results}})


class UcapHtml(Ucap):
    """The HTML flavour; the column page tells only the column's code."""

    search: ClassVar = "/es-search/search/"

    def answer_list(self, asked: Asked) -> Answer | None:
        """Answer as the column page, the codes, or the search."""
        if asked.path == self.starts[0]:
            script = (
                f"<script>var lmCode = '{CODE}'; load('{self.search}' + id + "
                "'?_template=ucap/list_ejs&_isAgg=1');</script>"
            )
            return self.page(self.markup.column(self.place, f"<div></div>{script}"))
        if asked.path == "/getChannelList" and asked.query.get("channelCode") == CODE:
            one = {
                "channelCode": CODE,
                "channelId": CHANNEL,
                "displayName": load_places().words.column,
            }
            return as_json({"results": {"children": [one]}})
        return super().answer_list(asked)

    def answer_search(self, asked: Asked) -> Answer:
        """Answer a page of results, as a piece of a page."""
        rows = list_items(self.rows(self.slice(number(asked.query.get("page")))))
        rows = rows or f'<li class="nothing">{load_places().words.nothing}</li>'
        return Answer(body=f"<ul>{rows}</ul>".encode(), media_type="text/html;charset=UTF-8")


class UcapPost(Ucap):
    """The search of a whole province on a host of its own: POST, with a Referer."""

    search: ClassVar = "/search/common/search/"
    other_hosts: ClassVar = 1

    def answer_search(self, asked: Asked) -> Answer:
        """Answer the posted filter on the other host."""
        here = asked.headers.get("host") == self.netlocs[-1]
        filtered = asked.form.get("datas[0][key]") == "status"
        if asked.method != "POST" or not filtered or not asked.headers.get("referer") or not here:
            return Answer(403, b"forbidden")
        results = [
            {"title": e.title, "url": self.url(self.href(e)), "publishedTimeStr": e.day}
            for e in self.slice(number(asked.query.get("page")))
        ]
        return as_json({"data": {"total": len(self.listed), "results": results}})

    def more_record(self) -> dict[str, Any]:
        """Return where the search is, and how it is asked."""
        url = f"http://{self.netlocs[-1]}{self.search}"
        return {"params": {"search_url": url, "search_method": "post"}}


def as_json(value: object) -> Answer:
    """Return an object as JSON."""
    body = json.dumps(value, ensure_ascii=False).encode()
    return Answer(body=body, media_type=f"{JSON};charset=UTF-8")
