"""Anhui: a module of its own for annual reports, and 龙讯's publicsite."""

from typing import ClassVar
from urllib.parse import urlencode

from nianbao.sample.exchange import Answer, Asked
from nianbao.sample.sites.markup import Markup, list_items
from nianbao.sample.sites.places import Entry, load_places
from nianbao.sample.sites.site import Site, number


class Openness(Site):
    """A list per branch, with links to the next page; files by `download`."""

    family: ClassVar = "annual_report_module"
    starts: ClassVar = ("/OpennessAnnualReport/?branch_id=5212",)

    def article_path(self, entry: Entry) -> str:
        """Return `/OpennessAnnualReport/show/{id}.html`."""
        return f"/OpennessAnnualReport/show/{entry.id}.html"

    def file_path(self, entry: Entry) -> str:
        """Return `/OpennessAnnualReport/download/{id}.html`: a file, whatever its name says."""
        return f"/OpennessAnnualReport/download/{entry.id}.html"

    def answer_list(self, asked: Asked) -> Answer | None:
        """Answer as a page of the branch's list."""
        if asked.path != "/OpennessAnnualReport/" or asked.query.get("branch_id") != "5212":
            return None
        page = number(asked.query.get("page"))
        more = ""
        if page < self.page_count():
            query = urlencode({"branch_id": "5212", "page": page + 1}).replace("&", "&amp;")
            more = f'<a href="?{query}">{load_places().words.next}</a>'
        rows = f"<ul>{list_items(self.rows(self.slice(page)))}</ul>"
        return self.page(self.markup.column(self.place, f'{rows}<div class="pages">{more}</div>'))


class PublicSite(Site):
    """Pages by `pageIndex`; the pager is drawn by a script."""

    family: ClassVar = "annual_report_module"
    starts: ClassVar = ("/public/column/6616411?type=4&action=list&catId=6721221&nav=3",)
    markup: ClassVar = Markup('<div class="wzcon j-fontContent">')

    def article_path(self, entry: Entry) -> str:
        """Return `/public/content/{id}`."""
        return f"/public/content/{entry.id}"

    def answer_list(self, asked: Asked) -> Answer | None:
        """Answer as a page of the category."""
        fields = asked.query
        if asked.path != "/public/column/6616411" or fields.get("catId") != "6721221":
            return None
        page = number(fields.get("pageIndex"))
        script = f"<script>initPage({{pageIndex:{page}, pageCount:{self.page_count()}}});</script>"
        rows = f"<ul>{list_items(self.rows(self.slice(page)))}</ul>"
        return self.page(self.markup.column(self.place, rows + script))
