"""The list side of a sample portal: column page, paging proxy, and pages per agency and year."""

from collections.abc import Mapping, Sequence
from html import escape

from nianbao.sample.articles import Article, articles_of, place_of
from nianbao.sample.chrome import page
from nianbao.sample.roster import SamplePortal, load_roster
from nianbao.sample.wording import load_wording

PAGES_INLINE = 3
"""Display pages whose records stand in the column page itself."""

PROXY_PATHS = {
    "records": "/module/web/jpage/dataproxy.jsp",
    "pages": "/module/jpage/dataproxy.jsp",
    "agency_pages": "",
}
AGENCY_PAGE = "/module/xxgk/xxgkAnnualReport.jsp"


def column_path(portal: SamplePortal) -> str:
    """Return the path of the portal's column of annual reports."""
    return f"/col/col{portal.column}/index.html"


def column_page(portal: SamplePortal, domain: str) -> str:
    """Return the column page: an empty list, and a script that holds the first records."""
    words, articles = load_wording().site, articles_of(portal)
    shown = articles[: portal.page_size * PAGES_INLINE]
    content = f"""<div id="{portal.unit}" class="list"><ul></ul></div>
<script type="text/xml">{data_store(portal, shown, 2)}</script>
<script>
$('#{portal.unit}').jpage({{proxyUrl:'{PROXY_PATHS[portal.build]}', {_options(portal)},
perPage:{portal.page_size}, totalRecord:{len(articles)}, pageSize:{PAGES_INLINE}}});
</script>"""
    return page(
        title=words.column, charset="utf-8", meta="", content=content,
        place=place_of(portal, domain),
    )  # fmt: skip


def proxy_answer(portal: SamplePortal, query: Mapping[str, str]) -> str:
    """Return what `dataproxy.jsp` answers; an unknown list gives an empty store."""
    if query.get("unitid") != str(portal.unit) or query.get("columnid") != str(portal.column):
        return data_store(portal, (), 0)
    articles = articles_of(portal)
    if portal.build == "records":
        first, last = _number(query, "startrecord", 1), _number(query, "endrecord", 0)
        return data_store(portal, articles[first - 1 : last], last // portal.page_size + 1)
    # This build looks at `page` alone, and cuts a page at 300 records.
    size = min(_number(query, "perpage", portal.page_size), 300)
    number = max(_number(query, "page", 1), 1)
    return data_store(portal, articles[(number - 1) * size : number * size], number + 1)


def data_store(portal: SamplePortal, articles: Sequence[Article], next_page: int) -> str:
    """Return records as the XML that both the page and the proxy give."""
    total = len(articles_of(portal))
    link = f"{PROXY_PATHS[portal.build]}?page={next_page}&appid=1&{_query(portal)}"
    records = "".join(f"<record><![CDATA[{_record(article)}]]></record>" for article in articles)
    return (
        f'<datastore><nextgroup><![CDATA[<a href="{link}"></a>]]></nextgroup>'
        f"<totalrecord>{total}</totalrecord><totalpage>{-(-total // portal.page_size)}</totalpage>"
        f"<recordset>{records}</recordset></datastore>"
    )


def agency_article(portal: SamplePortal, query: Mapping[str, str]) -> Article | None:
    """Return the report of the agency (`area`) and year (`fbtime`) that are asked for."""
    area, year = query.get("area"), query.get("fbtime")
    for article in articles_of(portal):
        report = article.report
        if report and (report.org_id, str(report.report_year)) == (area, year):
            return article
    return None


def empty_agency_page(portal: SamplePortal, domain: str) -> str:
    """Return the page of a year without a report: the template with nothing in it."""
    return page(
        title=load_wording().site.column, charset="utf-8", meta="",
        content='<div class="main-txt"><h1 class="title"></h1><div id="zoom"></div></div>',
        place=place_of(portal, domain),
    )  # fmt: skip


def serves_agency(portal: SamplePortal, area: str | None) -> bool:
    """Tell whether the portal has the agency of that credit code."""
    return any(agency.id == area for agency in load_roster().agencies_of(portal.id))


def _record(article: Article) -> str:
    # As published: the visible text is cut off, the title attribute is whole.
    title = escape(article.title)
    short = title if len(title) <= 18 else title[:18] + "..."
    return (
        f'<li><a href="{article.path}" title="{title}" target="_blank">{short}</a>'
        f"<span>{article.published_on.isoformat()}</span></li>"
    )


def _query(portal: SamplePortal) -> str:
    return f"webid={portal.site}&path=/&columnid={portal.column}&unitid={portal.unit}"


def _options(portal: SamplePortal) -> str:
    return (
        f"col:1, appid:1, webid:{portal.site}, path:'/', columnid:{portal.column}, "
        f"sourceContentType:1, unitid:'{portal.unit}', permissiontype:0"
    )


def _number(query: Mapping[str, str], name: str, default: int) -> int:
    text = query.get(name, "")
    return int(text) if text.isdecimal() else default
