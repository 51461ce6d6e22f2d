"""Zhengzhou's platforms of disclosure, and the static system of Henan's portals."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any, ClassVar

from nianbao.sample.exchange import JSON, Answer, Asked
from nianbao.sample.sites.markup import Markup, list_items
from nianbao.sample.sites.places import Entry, load_places
from nianbao.sample.sites.site import Site, number

_ROOT = "/sitesources/cyqzf/page_pc/zfxxgk/zfxxgknb/"


class PublicPlatform(Site):
    """Lists by department and path code, in GBK; the last number of the pager is the last page."""

    family: ClassVar = "public_platform"
    starts: ClassVar = ("/?a=path&d=21&p=D42Y",)
    markup: ClassVar = Markup('<div class="content-box">', charset="gb2312")

    def article_path(self, entry: Entry) -> str:
        """Return `/{path code}/{id}.jhtml`."""
        return f"/D42Y/{entry.id}.jhtml"

    def answer_list(self, asked: Asked) -> Answer | None:
        """Answer as a list."""
        fields = asked.query
        if asked.path != "/" or fields.get("a") != "path" or fields.get("p") != "D42Y":
            return None
        page, pages = number(fields.get("page")), self.page_count()
        row = '<li><a href="{href}"><span>{title}</span></a><em>{day}</em></li>'
        rows = list_items(self.rows(self.slice(page)), row)
        links = "".join(
            f'<a href="/?a=path&amp;d=21&amp;p=D42Y&amp;page={one}">{one}</a>'
            for one in range(1, pages + 1)
        )
        more = f'<a href="/?a=path&amp;d=21&amp;p=D42Y&amp;page={min(page + 1, pages)}">&gt;</a>'
        content = f'<ul class="page-list">{rows}</ul><div class="page-tile">{links}{more}</div>'
        return self.page(self.markup.column(self.place, content))


class PagePc(Site):
    """A folder per report year, below it one per kind of agency; `script.json` counts the pages."""

    family: ClassVar = "page_pc"
    starts: ClassVar = (f"{_ROOT}list1.html",)
    page_size: ClassVar = 2
    markup: ClassVar = Markup('<div class="hap_xq_content">')

    def article_path(self, entry: Entry) -> str:
        """Return a hash in the entry's folder."""
        name = hashlib.md5(str(entry.id).encode(), usedforsecurity=False).hexdigest()
        return f"{self._folder(entry)}article{name}.html"

    def answer_list(self, asked: Asked) -> Answer | None:
        """Answer as a list, or as its number of pages."""
        folder, _, name = asked.path.rpartition("/")
        folder = f"{folder}/"
        links = self._lower(folder)
        entries = [entry for entry in self.listed if self._folder(entry) == folder]
        if not links and not entries:
            return None
        pages = max(self.page_count(entries), 1)
        if name == "script.json":
            return self._script(asked, pages)
        digits = name.removeprefix("list").removesuffix(".html")
        if name != f"list{digits}.html" or not 1 <= number(digits, 0) <= pages:
            return None
        shown = entries[(int(digits) - 1) * self.page_size : int(digits) * self.page_size]
        rows = list_items([*links, *self.rows(shown)])
        return self.page(self.markup.column(self.place, f'<div class="hap_infoBox">{rows}</div>'))

    def _script(self, asked: Asked, pages: int) -> Answer:
        tag = f'"{pages}"'
        if asked.headers.get("if-none-match") == tag:
            return Answer(304, headers={"ETag": tag})
        body = json.dumps({"startPage": 1, "endPage": pages})
        return Answer(body=body.encode(), media_type=JSON, headers={"ETag": tag})

    def _folder(self, entry: Entry) -> str:
        if entry.report is None:
            return _ROOT
        group = "qzfxxgkgzndbg" if entry.report.scope == "area" else "qzbmzfxxgkgzndbg"
        return f"{_ROOT}{entry.year}n/{group}/"

    def _lower(self, folder: str) -> Sequence[Any]:
        years = sorted({entry.year for entry in self.entries if entry.report}, reverse=True)
        if folder == _ROOT:
            return [(f"{_ROOT}{year}n/list1.html", f"{year}年", "") for year in years]
        if folder in {f"{_ROOT}{year}n/" for year in years}:
            names = ("qzfxxgkgzndbg", "qzbmzfxxgkgzndbg")
            groups = zip(names, load_places().words.groups, strict=True)
            return [(f"{folder}{name}/list1.html", title, "") for name, title in groups]
        return []
