"""WebPlus, and sites of no known family: plain pages, and a list in a frame."""

import gzip
from typing import ClassVar

from nianbao.sample.exchange import Answer, Asked
from nianbao.sample.sites.markup import Markup, list_items
from nianbao.sample.sites.places import Entry, load_places
from nianbao.sample.sites.site import Site


class WebPlus(Site):
    """`/34/list.htm`, then `/34/list2.htm`; packed without being asked."""

    family: ClassVar = "webplus"
    starts: ClassVar = ("/34/list.htm",)
    markup: ClassVar = Markup('<div class="wp_articlecontent">')

    def article_path(self, entry: Entry) -> str:
        """Return `/{Y}/{MMDD}/c{column}a{id}/page.htm`."""
        return f"/{entry.published_on:%Y/%m%d}/c34a{entry.id}/page.htm"

    def answer_list(self, asked: Asked) -> Answer | None:
        """Answer as one of the pages."""
        names = {
            f"/34/list{'' if page == 1 else page}.htm": page
            for page in range(1, self.page_count() + 1)
        }
        page = names.get(asked.path)
        if page is None:
            return None
        rows = f'<div id="wp_news_w6"><ul>{list_items(self.rows(self.slice(page)))}</ul></div>'
        pager = f'<div class="wp_paging"><em class="all_pages">{self.page_count()}</em></div>'
        html = self.markup.column(self.place, rows + pager)
        packed = gzip.compress(html.encode(), mtime=0)
        return Answer(body=packed, headers={"Content-Encoding": "gzip"})


class Static(Site):
    """Pages that only their `next page` links join."""

    family: ClassVar = "static"
    starts: ClassVar = ("/gongkai/channel_c_69f0/",)
    markup: ClassVar = Markup('<div class="article-con">')

    def article_path(self, entry: Entry) -> str:
        """Return a page named by 24 digits of a hexadecimal number."""
        return f"/gongkai/site_gqx/channel_c_69f0/doc_{entry.id:024x}.html"

    def answer_list(self, asked: Asked) -> Answer | None:
        """Answer as one of the pages."""
        return self._list(asked.path, self.starts[0])

    def _list(self, path: str, base: str) -> Answer | None:
        names = {
            f"{base}{'' if page == 1 else f'p{page}.html'}": page
            for page in range(1, self.page_count() + 1)
        }
        page = names.get(path)
        if page is None:
            return None
        words = load_places().words
        more = (
            f'<a href="{base}p{page + 1}.html">{words.next}</a>'
            if page < self.page_count()
            else words.next
        )
        rows = f"<table>{list_items(self.rows(self.slice(page)), _TABLE_ROW)}</table>"
        return self.page(self.markup.column(self.place, f"{rows}<p>{more}</p>"))


class StaticFrame(Static):
    """The column page is a shell; the list is in a frame of the same host."""

    starts: ClassVar = ("/class/nianbao/",)

    def answer_list(self, asked: Asked) -> Answer | None:
        """Answer as the shell or as the frame."""
        if asked.path == self.starts[0]:
            frames = (
                '<iframe src="/visitcount?site=1"></iframe><iframe src="/frame/list/"></iframe>'
            )
            return self.page(self.markup.page(self.place, load_places().words.column, frames))
        return self._list(asked.path, "/frame/list/")


_TABLE_ROW = '<tr><td>{day}</td><td><a href="{href}" title="{title}">{title:.12}…</a></td></tr>'
