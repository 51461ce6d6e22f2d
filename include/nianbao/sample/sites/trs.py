"""TRS WCM: a tree of folders with numbered pages, and the search database."""

import gzip
import json
from collections.abc import Sequence
from typing import ClassVar

from nianbao.sample.exchange import JSON, Answer, Asked
from nianbao.sample.sites.markup import Markup, list_items
from nianbao.sample.sites.places import Entry, load_places
from nianbao.sample.sites.site import Site, number

ROOT = "/zwgk/xxgknb/"
_SEARCH = "/was5/web/search"


class TrsSite(Site):
    """What both shapes have in common: the addresses, relative to folders."""

    family: ClassVar = "trs"
    markup: ClassVar = Markup(
        '<div class="TRS_Editor"><style>.TRS_Editor P{margin:0}</style>',
        head='<link href="/images/trs_style.css" rel="stylesheet">',
        content_first=True,
    )

    def article_path(self, entry: Entry) -> str:
        """Return `t{day}_{id}.html` in a folder of the month."""
        day = entry.published_on
        return f"{self.folder(entry)}{day:%Y%m}/t{day:%Y%m%d}_{entry.id}.html"

    def file_path(self, entry: Entry) -> str:
        """Return `P0{day}….doc` beside the article."""
        day = entry.published_on
        return f"{self.folder(entry)}{day:%Y%m}/P0{day:%Y%m%d}{entry.id:012}.doc"

    def folder(self, entry: Entry) -> str:
        """Return the folder that an entry lies in: by year, then by kind of agency."""
        if entry.report is None:
            return ROOT
        group = "qzf" if entry.report.scope == "area" else "bmzj"
        return f"{ROOT}{entry.year}nxxgknb/{group}/"


class Trs(TrsSite):
    """Years, below them groups, below them pages; addresses are relative to the folder."""

    starts: ClassVar = (ROOT,)
    page_size: ClassVar = 2

    def answer_list(self, asked: Asked) -> Answer | None:
        """Answer as the folder or one of its pages."""
        folder, _, name = asked.path.rpartition("/")
        page = self._page_of(name)
        folder = f"{folder}/"
        if page is None or folder not in self._folders():
            return None
        lower = self._lower(folder)
        entries = [e for e in self.listed if self.folder(e) == folder]
        if lower:
            rows = [(f"./{path}/", title, "") for path, title in lower] + self._relative(
                entries, folder
            )
            content = f"<ul>{list_items(rows)}</ul>"
        elif page >= self.page_count(entries) > 0:
            # Behind the static pages: a stub without a link, and yet 200.
            return Answer(body=b"<html><head><title></title></head><body></body></html>")
        else:
            shown = entries[page * self.page_size : (page + 1) * self.page_size]
            call = f'createPageHTML({self.page_count(entries)}, {page}, "index", "html");'
            content = (
                f"<ul>{list_items(self._relative(shown, folder))}</ul><script>//{call}</script>"
            )
        return self._unasked_gzip(self.markup.column(self.place, content))

    def _unasked_gzip(self, html: str) -> Answer:
        """Send a page packed, without being asked to and without saying so."""
        return Answer(body=gzip.compress(self.markup.encode(html), mtime=0))

    def _page_of(self, name: str) -> int | None:
        if name in {"", "index.html"}:
            return 0
        digits = name.removeprefix("index_").removesuffix(".html")
        return int(digits) if name == f"index_{digits}.html" and digits.isdecimal() else None

    def _folders(self) -> set[str]:
        leaves = {self.folder(entry) for entry in self.entries}
        years = {leaf.rsplit("/", 2)[0] + "/" for leaf in leaves if leaf != ROOT}
        return leaves | years

    def _lower(self, folder: str) -> list[tuple[str, str]]:
        words = load_places().words
        if folder == ROOT:
            years = sorted({entry.year for entry in self.entries if entry.report}, reverse=True)
            return [(f"{year}nxxgknb", words.year_folder.format(year=year)) for year in years]
        if folder.endswith("nxxgknb/"):
            return list(zip(("qzf", "bmzj"), words.groups, strict=True))
        return []

    def _relative(self, entries: Sequence[Entry], folder: str) -> list[tuple[str, str, str]]:
        return [(f"./{href.removeprefix(folder)}", *rest) for href, *rest in self.rows(entries)]  # type: ignore[misc]


class TrsSearch(TrsSite):
    """The search database, which answers JSON as `docs.jsp` makes it."""

    starts: ClassVar = (f"{_SEARCH}?channelid=217004&templet=docs.jsp&page=1",)

    def answer_list(self, asked: Asked) -> Answer | None:
        """Answer a page of the search."""
        if asked.path != _SEARCH or asked.query.get("channelid") != "217004":
            return None
        docs = [
            {"title": entry.title, "url": self.url(self.href(entry)), "docreltime": entry.day}
            for entry in self.slice(number(asked.query.get("page")))
        ]
        body = json.dumps({"count": str(len(self.listed)), "docs": docs}, ensure_ascii=False)
        return Answer(body=body.encode(), media_type=f"{JSON};charset=UTF-8")
