"""Hanweb jpage: the encrypted cursor, the legacy script, many columns in one, an empty proxy."""

import base64
import hashlib
from collections.abc import Sequence
from typing import ClassVar
from urllib.parse import quote

from nianbao.sample.exchange import XML, Answer, Asked
from nianbao.sample.sites.markup import Markup, list_items
from nianbao.sample.sites.places import Entry
from nianbao.sample.sites.site import Site, number

_RECORD = (
    '<record><![CDATA[<li><a href="{href}" title="{title}">{title}</a>'
    "<span>{day}</span></li>]]></record>"
)
EMPTY_XML = b'<?xml version="1.0" encoding="UTF-8"?><datastore/>    '
"""What a proxy without anything to say sends: 54 bytes."""


class Hanweb(Site):
    """What the builds have in common: the column page, the store, the addresses."""

    family: ClassVar = "hanweb"
    proxy: ClassVar[str]
    column: ClassVar[str] = "45857"
    starts: ClassVar = ("/col/col45857/index.html",)
    markup: ClassVar = Markup(head='<script src="/module/jslib/jquery/jquery.js"></script>')

    def article_path(self, entry: Entry) -> str:
        """Return an address with the day, without leading zeros."""
        day = entry.published_on
        return f"/art/{day.year}/{day.month}/{day.day}/art_45857_{entry.id}.html"

    def file_path(self, entry: Entry) -> str:
        """Return a download by hash, with the real name in `showname`."""
        name = hashlib.md5(str(entry.id).encode(), usedforsecurity=False).hexdigest()
        shown = quote(f"{entry.title}.doc")
        return f"/module/download/downfile.jsp?classid=0&showname={shown}&filename={name}.doc"

    def answer_list(self, asked: Asked) -> Answer | None:
        """Answer as the column page or its proxy."""
        if asked.path == self.starts[0]:
            return self.page(self.markup.column(self.place, self.list_html()))
        return self.answer_proxy(asked) if asked.path == self.proxy else None

    def list_html(self) -> str:
        """Return an empty list, and the script with the first records."""
        store = self.store(self.slice(1, self.page_size * 3), 2)
        return f"""<div id="46"><ul></ul></div><script type="text/xml">{store}</script>
<script>$('#46').jpage({{proxyUrl:'{self.proxy}', perPage:{self.page_size}}});</script>"""

    def answer_proxy(self, asked: Asked) -> Answer:
        """Answer as this build does."""
        raise NotImplementedError

    def link(self, page: int) -> str:
        """Return the link to the next group."""
        return f"{self.proxy}?page={page}&appid=1&webid=3&path=/&columnid={self.column}&unitid=46"

    def store(self, entries: Sequence[Entry], next_page: int) -> str:
        """Return records as page and proxy give them."""
        total = len(self.listed)
        return (
            f'<datastore><nextgroup><![CDATA[<a href="{self.link(next_page)}"></a>]]></nextgroup>'
            f"<totalrecord>{total}</totalrecord><totalpage>{self.page_count()}</totalpage>"
            f"<recordset>{list_items(self.rows(entries), _RECORD)}</recordset></datastore>"
        )


class HanwebCursor(Hanweb):
    """Encrypted fields in the link to the next group, new ones in every answer; GET only."""

    proxy: ClassVar = "/module/web/jpage/dataproxy.jsp"

    def link(self, page: int) -> str:
        """Return a link whose fields the server alone can read."""
        blobs = "&".join(
            f"{name}={base64.b64encode(f'{name}:{value}:{page}'.encode()).decode()}"
            for name, value in (("columnid", self.column), ("unitid", "46"))
        )
        return f"{self.proxy}?page={page}&appid=1&webid=3&path=/&{blobs}&permissiontype=0"

    def answer_proxy(self, asked: Asked) -> Answer:
        """Answer a link that this server made, for any page; else 54 bytes."""
        _, _, fields = asked.target.partition("&")
        page = number(asked.query.get("page"))
        made = {self.link(one).partition("&")[2] for one in range(1, self.page_count() + 3)}
        if asked.method != "GET" or fields not in made or not self.slice(page):
            return Answer(body=EMPTY_XML, media_type=XML)
        return Answer(body=self.store(self.slice(page), page + 1).encode(), media_type=XML)


class HanwebScript(Hanweb):
    """The legacy build of Gansu: a script that assigns an array, in GB18030."""

    proxy: ClassVar = "/module/jslib/jquery/jpage/dataproxy.jsp"
    markup: ClassVar = Markup(charset="gb2312")

    def answer_proxy(self, asked: Asked) -> Answer:
        """Answer by `startrecord` and `endrecord` alone."""
        form = asked.form
        first, last = number(form.get("startrecord")), number(form.get("endrecord"), 0)
        items = [
            list_items(self.rows([entry])).replace('"', '\\"')
            for entry in self.listed[first - 1 : last]
        ]
        script = "dataStore = [" + ",".join(f'"{item}"' for item in items) + "];"
        return Answer(body=script.encode("gb18030"), media_type="text/html;charset=GBK")


class HanwebMoreColumn(Hanweb):
    """One list out of several columns, by `page` alone."""

    proxy: ClassVar = "/module/jpage/morecolumndataproxy.jsp"
    column: ClassVar = "45857,45858,45859"

    def link(self, page: int) -> str:
        """Return a link with all the columns, and the number of key words."""
        return f"{super().link(page)}&keyWordCount=0"

    def answer_proxy(self, asked: Asked) -> Answer:
        """Answer by `page`, if every column is named."""
        form = asked.form
        if form.get("columnid") != self.column or "keyWordCount" not in form:
            return Answer(body=EMPTY_XML, media_type=XML)
        page = number(form.get("page"))
        return Answer(body=self.store(self.slice(page), page + 1).encode(), media_type=XML)


class HanwebLinks(Hanweb):
    """A proxy that is always empty; the column page lists the articles itself."""

    proxy: ClassVar = "/module/web/jpage/dataproxy.jsp"

    def list_html(self) -> str:
        """Return the list as links beside an empty data store."""
        empty = "<datastore><totalrecord>0</totalrecord><recordset></recordset></datastore>"
        return (
            f'<ul>{list_items(self.rows(self.listed))}</ul><script type="text/xml">{empty}</script>'
        )

    def answer_proxy(self, asked: Asked) -> Answer:
        """Give nothing."""
        return Answer(body=EMPTY_XML, media_type=XML)
