"""Small sites for surveys: a home page, a way to a column, and what stands there or in its place."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime

from nianbao.model.credit_code import check_character
from nianbao.sample.exchange import PLAIN, Answer, Answering, Asked
from nianbao.sample.loopback import Served, serving

LAST_YEAR = datetime.now(UTC).year - 1
_REPORTS = "".join(
    f'<li><a href="{{0}}" title="某县{agency}{year}年政府信息公开工作年度报告">报告</a>'
    f"<span>{year + 1}-01-2{number}</span></li>"
    for number, agency in enumerate(("教育局", "民政局"))
    for year in (2024, 2023)
)
_NEWS = '<li><a href="./202601/t20260105_1.html" title="新年贺词">贺词</a></li>'


def page(body: str, *, title: str = "某县人民政府", site: str = "某县人民政府") -> bytes:
    """Return a page with the meta tag that tells the site's name."""
    head = f'<meta charset="utf-8"><meta name="SiteName" content="{site}"><title>{title}</title>'
    text = "本站内容均为虚构，只供试验使用。" * 30
    return f"<html><head>{head}</head><body>{body}<p>{text}</p></body></html>".encode()


def _link(path: str, text: str) -> str:
    return f'<a href="{path}">{text}</a>'


def _reports(article: str) -> str:
    """Return rows whose links are made from a pattern with `{n}`."""
    rows, number = _REPORTS, 0
    while "{0}" in rows:
        number += 1
        rows = rows.replace("{0}", article.format(n=number), 1)
    return f"<ul>{rows}</ul>"


def site(column: str, listing: str, *, marks: str = "") -> dict[str, bytes]:
    """Return the pages of a site: home, disclosure, column."""
    return {
        "/": page(_link("/zfxxgk/", "政府信息公开") + _link("/news/", "新闻")),
        "/zfxxgk/": page(_link(column, "政府信息公开年报") + marks, title="政府信息公开"),
        column: page(listing + marks, title="政府信息公开年报"),
    }


TRS = site(
    "/zfxxgk/zfxxgknb/",
    _reports("./202501/t20250120_{n}.html"),
    marks='<script>createPageHTML(1, 0, "index", "html")</script>',
)
VSB = site(
    "/zfxxgk/nb.htm",
    _reports("../info/1050/{n}.htm"),
    marks='<script src="/system/resource/js/counter.js"></script>',
)
HANWEB = site(
    "/col/col7/index.html",
    '<script type="text/xml"><datastore><totalrecord>2</totalrecord><recordset>'
    "<record><![CDATA[<li><a href='/art/2025/1/20/art_7_1.html' "
    "title='某县教育局2024年政府信息公开工作年度报告'>报告</a><span>2025-01-20</span></li>]]></record>"
    "</recordset></datastore></script><script src='/module/web/jpage/dataproxy.jsp'></script>",
)
EMPTY = site(
    "/zfxxgk/zfxxgknb/",
    f"<ul>{_NEWS}</ul>",
    marks='<script>createPageHTML(1, 0, "index", "html")</script>',
)
AGENCIES = {
    body + check_character(body): name
    for body, name in (("11990401000000010", "县教育局"), ("11990401000000020", "县民政局"))
}
_AGENCY_PAGE = "/module/xxgk/xxgkAnnualReport.jsp"
HANWEB_AGENCIES = {
    "/": page(_link("/zfxxgk/", "政府信息公开")),
    "/zfxxgk/": page(
        "".join(_link(f"{_AGENCY_PAGE}?area={code}", name) for code, name in AGENCIES.items()),
        title="政府信息公开",
    ),
    _AGENCY_PAGE: page(f"<h1>某县教育局{LAST_YEAR}年政府信息公开工作年度报告</h1>"),
}
NOTHING = {"/": page("<p>建设中</p>")}
BLOCKED: dict[str, bytes] = {}


def answering(pages: Mapping[str, bytes], *, robots: str = "", status: int = 404) -> Answering:
    """Return what serves some pages; everything else gets a status (412 is a script challenge)."""

    def answer(asked: Asked) -> Answer:
        if asked.path == "/robots.txt" and robots:
            return Answer(body=robots.encode(), media_type=PLAIN)
        if asked.path in pages:
            return Answer(body=pages[asked.path])
        return Answer(status, page("<p>没有</p>"))

    return answer


@contextmanager
def several(*sites: Answering) -> Iterator[list[Served]]:
    """Serve some sites, each on a loopback address of its own."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(serving(one, f"127.0.0.{number}"))
            for number, one in enumerate(sites, 11)
        ]
