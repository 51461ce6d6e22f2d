"""Guangdong's gkmlpt, with its tree and interface, and the portal pages of NFCMS."""

import json
from datetime import UTC, datetime, time
from typing import ClassVar

from nianbao.sample.exchange import Answer, Asked
from nianbao.sample.sites.markup import Markup, list_items
from nianbao.sample.sites.places import Entry, load_places
from nianbao.sample.sites.site import Site, number
from nianbao.sample.sites.ucap import as_json

_SITE = "755031"
_CATEGORY = 2811


class Gkmlpt(Site):
    """Page 0 is page 1 again; the category counts more than it lists."""

    family: ClassVar = "gkmlpt"
    starts: ClassVar = ("/jyj/gkmlpt/index",)
    markup: ClassVar = Markup('<div class="article-content">')

    def article_path(self, entry: Entry) -> str:
        """Return `/gkmlpt/content/{a}/{b}/post_{id}.html`."""
        return f"/jyj/gkmlpt/content/6/{entry.id // 1000}/post_{entry.id}.html"

    def article_html(self, entry: Entry) -> str:
        """Return a page whose body stands in its configuration, and nowhere else."""
        detail = json.dumps({"DETAIL": {"content": self.article_body(entry)}})
        content = f"<h1>{entry.title}</h1><script>window._CONFIG = {detail};</script>"
        return self.markup.page(self.place, entry.title, content, [("ArticleTitle", entry.title)])

    def answer_list(self, asked: Asked) -> Answer | None:
        """Answer as the platform's page or its interface."""
        if asked.path == self.starts[0]:
            return self.page(
                self.markup.page(self.place, load_places().words.disclosure, self._config())
            )
        if asked.path != f"/jyj/gkmlpt/api/all/{_CATEGORY}" or asked.query.get("sid") != _SITE:
            return None
        articles = [self._article(e) for e in self.slice(max(number(asked.query.get("page")), 1))]
        counted = {"id": _CATEGORY, "post_count": len(self.entries) + 9}
        return as_json({"total": len(self.listed), "classify": counted, "articles": articles})

    def _config(self) -> str:
        words = load_places().words
        column = f"{{id:{_CATEGORY},name:'{words.column}',children:[],jump_url:''}}"
        tree = f"[{{id:1,name:'{words.disclosure}',children:[{column},]}}]"
        return (
            f"<div id='app'></div><script>window._CONFIG = {{SID:'{_SITE}', TREE:{tree}}};</script>"
        )

    def _article(self, entry: Entry) -> dict[str, object]:
        moment = datetime.combine(entry.published_on, time(4), UTC)
        return {
            "id": entry.id, "title": entry.title, "url": self.url(self.href(entry)),
            "publisher": self.place.name, "date": int(moment.timestamp()),
        }  # fmt: skip


class Nfcms(Site):
    """Page 2 is `index_2.html`."""

    family: ClassVar = "nfcms"
    starts: ClassVar = ("/zwgk/xxgknb/index.html",)
    markup: ClassVar = Markup(
        '<div class="news_cont_d_wrap">', head="<script>var NFCMS_SITE_ID='755001';</script>"
    )

    def article_path(self, entry: Entry) -> str:
        """Return `content/post_{id}.html`."""
        return f"/zwgk/xxgknb/content/post_{entry.id}.html"

    def answer_list(self, asked: Asked) -> Answer | None:
        """Answer as one of the pages."""
        pages = {self._name(page): page for page in range(1, self.page_count() + 1)}
        page = pages.get(asked.path)
        if page is None:
            return None
        links = "".join(f'<a href="{path}">{n}</a>' for path, n in pages.items() if n != page)
        rows = f"<ul>{list_items(self.rows(self.slice(page)))}</ul>"
        return self.page(self.markup.column(self.place, f'{rows}<div class="page">{links}</div>'))

    def _name(self, page: int) -> str:
        return f"/zwgk/xxgknb/index{'' if page == 1 else f'_{page}'}.html"
