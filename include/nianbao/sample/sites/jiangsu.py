"""Jiangsu: Epoint's lists by JSON, and truecms by JSONP."""

import json
import uuid
from typing import Any, ClassVar

from nianbao.sample.exchange import Answer, Asked
from nianbao.sample.sites.hanweb import Hanweb
from nianbao.sample.sites.markup import Markup
from nianbao.sample.sites.places import Entry
from nianbao.sample.sites.site import Site, number
from nianbao.sample.sites.ucap import as_json

_PAGE = "/dynamic/zwgk/govInfoPubright.html"
_GUID = "7eb5f7f1-9041-43ad-8e13-8fcb82ea831a"
_LARGEST = 5
_TRUECMS_COLUMN = "1cfdefeb-e9aa-4eea-9737-d46421fc97ff"
_MOST_RECORDS = 10


class Epoint(Site):
    """The interface takes JSON alone; its name stands in a script. Page 0 is page 1 again."""

    family: ClassVar = "epoint"
    first: ClassVar[int] = 1
    """The number of the first page."""
    starts: ClassVar = (f"{_PAGE}?deptcode=&categorynum=003001003",)
    markup: ClassVar = Markup(
        '<div class="ewb-article-info">', head='<script src="/js/webBuilderCommon.js"></script>'
    )

    def article_path(self, entry: Entry) -> str:
        """Return a UUID in a folder of the day."""
        name = uuid.uuid5(uuid.NAMESPACE_URL, f"{self.key}/{entry.id}")
        return f"/zwgk/003001/003001003/{entry.published_on:%Y%m%d}/{name}.html"

    def answer_list(self, asked: Asked) -> Answer | None:
        """Answer as the page, the script or the interface."""
        if asked.path == _PAGE:
            return self.page(self.markup.column(self.place, '<ul class="ewb-list" id="list"></ul>'))
        if asked.path == "/js/webBuilderCommon.js":
            script = f'var siteInfo = {{"siteGuid": "{_GUID}", "projectName": "/EWB-FRONT"}};'
            return Answer(body=script.encode(), media_type="application/javascript")
        if asked.path != "/EWB-FRONT/rest/lightfrontaction/getgovinfolist":
            return None
        fields = asked.json
        if asked.method != "POST" or fields.get("siteGuid") != _GUID:
            return Answer(415, b"unsupported media type")
        page = int(fields["pageIndex"]) - self.first + 1
        shown = self.slice(page, min(int(fields["pageSize"]), _LARGEST)) if page >= 0 else ()
        data = [
            {
                "infourl": self.href(e),
                "title": e.title[:12],
                "realtitle": e.title,
                "infodate": e.day,
            }
            for e in shown
        ]
        custom = {"code": 1, "data": data, **self.told()}
        return as_json({"custom": custom, "status": {"code": "200"}})

    def told(self) -> dict[str, Any]:
        """Return what an answer says of the whole list."""
        return {}


class EpointZero(Epoint):
    """An interface that counts its pages from 0, and tells the number of rows in all."""

    first: ClassVar = 0

    def told(self) -> dict[str, Any]:
        """Return the total."""
        return {"total": len(self.listed)}


class TrueCms(Hanweb):
    """404 without a Referer or for too many records; the answer is XML in JSON in a call."""

    family: ClassVar = "truecms"
    proxy: ClassVar = "/truecms/messageController/getMessage.do"
    starts: ClassVar = ("/ntsrmzf/xxgknb/xxgknb.html",)
    markup: ClassVar = Markup('<div class="content_body">')

    def article_path(self, entry: Entry) -> str:
        """Return a UUID in the column."""
        name = uuid.uuid5(uuid.NAMESPACE_URL, f"{self.key}/{entry.id}")
        return f"/ntsrmzf/xxgknb/content/{name}.html"

    def list_html(self) -> str:
        """Return the first records, and the script that asks for more."""
        store = self.store(self.slice(1), 2)
        options = (
            f"dataStore:'{store}', proxyUrl:'{self.proxy}', perPage:{self.page_size}, "
            f"ajaxParam:{{columnId:'{_TRUECMS_COLUMN}'}}"
        )
        return f'<div id="list"></div><script>$("#list").jpage({{{options}}});</script>'

    def answer_proxy(self, asked: Asked) -> Answer:
        """Answer records by their numbers."""
        form = asked.form
        first, last = number(form.get("startrecord")), number(form.get("endrecord"), 0)
        known = form.get("columnId") == _TRUECMS_COLUMN and asked.headers.get("referer")
        if not known or last - first >= _MOST_RECORDS:
            return self.missing()
        result = json.dumps(
            {"result": self.store(self.listed[first - 1 : last], 0)}, ensure_ascii=False
        )
        call = f"{form.get('callback', 'callback')}({result});"
        return Answer(body=call.encode(), media_type="text/javascript;charset=UTF-8")
