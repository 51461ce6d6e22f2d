"""Hanweb JPaaS: lists built by an interface that looks at `paramJson` alone."""

import hashlib
import json
from typing import ClassVar

from nianbao.sample.exchange import JSON, Answer, Asked
from nianbao.sample.sites.markup import Markup, list_items
from nianbao.sample.sites.places import Entry
from nianbao.sample.sites.site import Site

_UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_FIELDS = {
    "parseType": "bulidstatic", "webId": "2945", "tplSetId": "quSyqDUrFfjv1nGRQhEEH",
    "pageType": "column", "tagId": "当前栏目list", "pageId": "1487002",
}  # fmt: skip
_LARGEST = 6
"""Rows of a page, whatever is asked for."""


class HanwebJpaas(Site):
    """Without a Referer 403; without `paramJson` the first page, for ever."""

    family: ClassVar = "hanweb_jpaas"
    starts: ClassVar = ("/col/col1487002/index.html",)
    markup: ClassVar = Markup(container='<div id="con_con" class="ccontent">')

    def article_path(self, entry: Entry) -> str:
        """Return the newer shape, with a hash."""
        name = hashlib.md5(str(entry.id).encode(), usedforsecurity=False).hexdigest()
        return f"/art/{entry.published_on.year}/art_{name}.html"

    def answer_list(self, asked: Asked) -> Answer | None:
        """Answer as the column page or the interface."""
        if asked.path == self.starts[0]:
            query = str(_FIELDS)
            content = (
                f'<div class="unit" unitUrl="{_UNIT}" queryData="{query}">{self._html(1)}</div>'
            )
            return self.page(self.markup.column(self.place, content))
        return self._unit(asked) if asked.path == _UNIT else None

    def _unit(self, asked: Asked) -> Answer:
        if not asked.headers.get("referer"):
            return Answer(403, b"forbidden")
        fields = asked.query
        if any(fields.get(name) != value for name, value in _FIELDS.items()):
            body = json.dumps({"success": False, "message": "unit not found"})
            return Answer(body=body.encode(), media_type=JSON)
        place = json.loads(fields.get("paramJson") or "{}")
        html = self._html(int(place.get("pageNo", 1)))
        body = json.dumps({"success": True, "data": {"html": html}}, ensure_ascii=False)
        return Answer(body=body.encode(), media_type=JSON)

    def _html(self, page: int) -> str:
        rows = list_items(self.rows(self.slice(page, _LARGEST)))
        pager = (
            f'<div class="page" count="{len(self.listed)}" rows="{_LARGEST}" pageNo="{page}"></div>'
        )
        return f"<ul>{rows}</ul>{pager}"
