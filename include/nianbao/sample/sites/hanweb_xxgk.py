"""Hanweb xxgk: a catalogue with a tree, and a search that draws pieces of pages."""

from typing import ClassVar

from nianbao.sample.exchange import Answer, Asked
from nianbao.sample.sites.hanweb import Hanweb
from nianbao.sample.sites.markup import Markup, list_items
from nianbao.sample.sites.places import load_places
from nianbao.sample.sites.site import number

AREA = "11990405MB300001X"
_NODES = 24
_COLUMN_NODE = 7
_ROW = (
    '<tr class="tr_main_value_odd"><td><a class="bt_link" href="{href}" title="{title}">{title}</a>'
    "</td><td>990405-2023</td><td>{day}</td></tr>"
)


class HanwebXxgk(Hanweb):
    """The search answers in GB18030, and asks for its fields twice."""

    family: ClassVar = "hanweb_xxgk"
    proxy: ClassVar = "/module/xxgk/search.jsp"
    starts: ClassVar = (f"/col/col91105/index.html?vc_xxgkarea={AREA}",)
    markup: ClassVar = Markup(container='<div class="article-content">')

    def answer_list(self, asked: Asked) -> Answer | None:
        """Answer as the catalogue's page, its tree, or its search."""
        if asked.path == "/col/col91105/index.html":
            return self.page(self.markup.column(self.place, self.list_html()))
        if asked.path == "/module/xxgk/tree.jsp":
            return self._tree(asked)
        return self._search(asked) if asked.path == self.proxy else None

    def list_html(self) -> str:
        """Return the frame of the tree, and the call that draws the list."""
        tree = (
            f"/module/xxgk/tree.jsp?divid=div91105&amp;area={AREA}&amp;rootName=&amp;standardXxgk=1"
        )
        return f"""<iframe src="{tree}"></iframe><div id="div91105"></div>
<script>var i=''; loadDynamic('/module/xxgk/search.jsp?standardXxgk=1&infotypeId='+i+'&area={AREA}',
'div91105','','','','7');</script>"""

    def _tree(self, asked: Asked) -> Answer:
        if asked.query.get("area") != AREA:
            return Answer(body=b"d = new dTree('d');", media_type="text/html;charset=UTF-8")
        column = load_places().words.column
        topics = load_places().words.topics
        labels = [topics[place % len(topics)] for place in range(_NODES)]
        labels[_COLUMN_NODE] = column
        nodes = "".join(
            f"d.add({place},0,'<a href=\"#\" onclick=\"funclick(\\'A02{place:02}\\',\\'{place}\\');\">"
            f"{label}</a>');\n"
            for place, label in enumerate(labels)
        )
        html = f"<html><body><script>d = new dTree('d');\n{nodes}</script></body></html>"
        return Answer(body=html.encode(), media_type="text/html;charset=UTF-8")

    def _search(self, asked: Asked) -> Answer:
        fields, form = asked.query, asked.form
        known = fields.get("infotypeId") == f"A02{_COLUMN_NODE:02}" and form.get("area") == AREA
        scripted = asked.headers.get("x-requested-with") == "XMLHttpRequest"
        if not (known and scripted and asked.method == "POST" and asked.body):
            return Answer(body=b"<table></table>", media_type="text/html;charset=GBK")
        page = number(form.get("currpage"))
        rows = list_items(self.rows(self.slice(page)), _ROW)
        words = load_places().words
        html = (
            f"<table>{rows}</table><div>共{self.page_count()}页 <a href='#'>{words.next}</a></div>"
        )
        return Answer(body=html.encode("gb18030"), media_type="text/html;charset=GBK")
