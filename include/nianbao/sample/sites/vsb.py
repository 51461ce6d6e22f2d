"""博达 VSB: pages whose numbers count down, so that `1.htm` is always the oldest."""

from typing import ClassVar

from nianbao.sample.exchange import Answer, Asked
from nianbao.sample.sites.markup import Markup, list_items
from nianbao.sample.sites.places import Entry, load_places
from nianbao.sample.sites.site import Site

_COLUMN = "/zfxxgk/zfxxgknb"


class Vsb(Site):
    """Page k of N is `{column}/{N-k+1}.htm`; attachments have no name in their address."""

    family: ClassVar = "vsb"
    starts: ClassVar = (f"{_COLUMN}.htm",)
    markup: ClassVar = Markup(
        '<div id="vsb_content_4"><div class="v_news_content">',
        head='<script src="/system/resource/js/dynclicks.js"></script>',
        foot="</div><script>_showDynClickBatch(['dynclicks_u5_1'],[1],'wbnews',1)</script>",
    )

    def article_path(self, entry: Entry) -> str:
        """Return `/info/{column}/{article}.htm`."""
        return f"/info/1050/{entry.id}.htm"

    def file_path(self, entry: Entry) -> str:
        """Return the download of a number."""
        return f"/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid={entry.id}"

    def answer_list(self, asked: Asked) -> Answer | None:
        """Answer as the column or one of its pages."""
        name = asked.path.removeprefix(_COLUMN).removesuffix(".htm").strip("/")
        pages = self.page_count()
        if not asked.path.startswith(_COLUMN) or (name and not name.isdecimal()):
            return None
        page = pages - int(name) + 1 if name else 1
        if not 1 <= page <= pages:
            return None
        rows = f"<ul>{list_items(self.rows(self.slice(page)))}</ul>"
        return self.page(self.markup.column(self.place, rows + self._pager(page, pages)))

    def _pager(self, page: int, pages: int) -> str:
        words = load_places().words
        told = words.pages.format(rows=len(self.listed), page=page, pages=pages)
        spans = [f'<span class="p_t">{told}</span>', f'<span class="p_no_d">{page}</span>']
        if page < pages:
            href = f"{_COLUMN}/{pages - page}.htm"
            spans.append(f'<span class="p_next p_fun"><a href="{href}">{words.next}</a></span>')
            spans.append(f'<span class="p_last"><a href="{_COLUMN}/1.htm">{words.last}</a></span>')
        return f'<div class="pb_sys_common">{"".join(spans)}</div>'
