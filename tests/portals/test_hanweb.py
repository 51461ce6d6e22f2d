from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from nianbao.errors import ReadError
from nianbao.model import Agency, Portal
from nianbao.portals import load_portal
from nianbao.portals.families import ListRequest, Step, family_named
from nianbao.portals.families.base import Family

COLUMN = "http://www.example.gov.cn/col/col45/index.html"
REPORT_PAGE = "http://www.example.gov.cn/module/xxgk/xxgkAnnualReport.jsp"
PORTAL = Portal(
    id="henan/example",
    name="某市",
    family="hanweb",
    hosts=("www.example.gov.cn",),
    start_urls=(COLUMN,),
)
NEXT_GROUP = (
    '<nextgroup><![CDATA[<a href="/module/jpage/dataproxy.jsp?page=1&amp;appid=1&webid=29'
    '&path=/&columnid=45&unitid=46&permissiontype=0"></a>]]></nextgroup>'
)


@pytest.fixture
def hanweb() -> Family:
    return family_named("hanweb")


def record(number: int, title: str = "某局20{:02}年政府信息公开工作年度报告") -> str:
    shown = title.format(number)
    return (
        f'<record><![CDATA[<li><a href="/art/2021/1/{number}/art_45_{number}.html" '
        f'title="{shown}">{shown[:6]}…</a><span>2021-01-{number:02}</span></li>]]></record>'
    )


def store(*records: str, head: str = "") -> str:
    return f"<datastore>{head}<recordset>{''.join(records)}</recordset></datastore>"


def page(*records: str, head: str = NEXT_GROUP, script: str = "") -> str:
    return (
        "<html><body><a href='/'>首页</a><ul></ul>"
        f'<div id="46"><script type="text/xml">{store(*records, head=head)}</script></div>'
        f"<script>{script}</script></body></html>"
    )


def read(hanweb: Family, html: str, encoding: str = "utf-8") -> Step:
    (request,) = hanweb.start(PORTAL, None).requests
    return hanweb.read(PORTAL, request, html.encode(encoding), "text/html")


def query(request: ListRequest) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}


def test_the_records_in_the_script_are_the_leads(hanweb: Family):
    leads = read(hanweb, page(record(18), record(19))).leads
    assert [(lead.url, lead.title, lead.published_on, lead.report_year) for lead in leads] == [
        (
            f"http://www.example.gov.cn/art/2021/1/{day}/art_45_{day}.html",
            f"某局20{day}年政府信息公开工作年度报告",
            f"2021-01-{day}",
            2000 + day,
        )
        for day in (18, 19)
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_whatever_the_encoding(hanweb: Family, encoding: str):
    assert read(hanweb, page(record(18)), encoding).leads[0].report_year == 2018


@pytest.mark.parametrize(
    ("row", "url", "day"),
    [
        ("<li><a href='//cdn.example.gov.cn/a.html'>{}</a><i>2021-2-8</i></li>",
         "http://cdn.example.gov.cn/a.html", "2021-02-08"),
        ("<tr><td><a href='a.pdf'>{}</a></td><td>2021 - 02 -\n 08</td></tr>",
         "http://www.example.gov.cn/col/col45/a.pdf", "2021-02-08"),
        ("<li><b>2021.02.08</b><a href='https://x.gov.cn/1' title=''>{}</a>",
         "https://x.gov.cn/1", "2021-02-08"),
        ("<li style=<br/><a href='/a.html' title='{}'>…<span class=time>2021年2月8日</span></a>",
         "http://www.example.gov.cn/a.html", "2021-02-08"),
        ("<li><a href='/col/col9/index.html'>[某局]</a><a href='/a.html'>{}</a>2021-13-41",
         "http://www.example.gov.cn/a.html", None),
    ],
)  # fmt: skip
def test_rows_of_many_templates(hanweb: Family, row: str, url: str, day: str | None):
    title = "某局2020年政府信息公开工作年度报告"
    html = page(f"<record><![CDATA[{row.format(title)}]]></record>")
    (lead,) = read(hanweb, html).leads
    assert (lead.url, lead.published_on) == (url, day)
    assert lead.title.startswith(title)


def test_what_is_no_report_is_left_out(hanweb: Family):
    titles = ["2020年年报汇总{}", "20{}年政府信息公开指南", "关于编制20{}年年度报告的通知"]
    assert read(hanweb, page(*(record(18, title) for title in titles))).leads == ()


def test_links_that_lead_nowhere_are_left_out_and_malformed_ones_are_kept(hanweb: Family):
    title = "某局2020年政府信息公开年报"
    hrefs = ["javascript:open(1)", "#top", "mailto:a@b", "/col/col9/index.html", "http://[x/a.html"]
    rows = (f"<record><![CDATA[<a href='{h}'>{title}</a>]]></record>" for h in hrefs)
    html = page("<record><![CDATA[a.html]]></record>", *rows)
    assert [lead.url for lead in read(hanweb, html).leads] == ["http://[x/a.html"]


def test_a_page_drawn_by_the_server_is_read_by_its_links(hanweb: Family):
    title = "某市人民政府2020年政府信息公开工作年度报告"
    html = f"<ul><li><a href='/art/1.html'>{title}</a><span>2021-02-08</span></li></ul>"
    step = read(hanweb, html)
    assert step.leads[0].published_on == "2021-02-08"
    assert step.requests == ()


def test_a_page_with_no_list_at_all_is_an_error(hanweb: Family):
    with pytest.raises(ReadError) as caught:
        read(hanweb, "<html><body>系统维护中</body></html>")
    assert caught.value.code == "no_list"


def test_a_list_that_is_all_there_is_not_paged(hanweb: Family):
    assert read(hanweb, page(record(18), script="totalRecord:1,perPage:15")).requests == ()


def test_paging_sends_what_both_builds_look_at(hanweb: Family):
    (request,) = read(hanweb, page(record(18), script="totalRecord:50, perPage:20")).requests
    assert request.url.startswith("http://www.example.gov.cn/module/jpage/dataproxy.jsp?")
    places = {"page": "1", "startrecord": "1", "endrecord": "60", "perpage": "20"}
    assert query(request) == places
    assert parse_qs(request.body or "") == {
        "appid": ["1"], "webid": ["29"], "path": ["/"], "columnid": ["45"], "unitid": ["46"],
        "permissiontype": ["0"],
    }  # fmt: skip
    assert request.referer == COLUMN


def test_paging_by_get_where_the_record_says_so():
    portal = PORTAL.model_copy(update={"params": {"paging_method": "get"}})
    hanweb = family_named("hanweb")
    body = page(record(18), script="totalRecord:50").encode()
    (request,) = hanweb.read(portal, ListRequest(COLUMN), body, "text/html").requests
    assert request.body is None
    assert query(request)["unitid"] == "46"
    assert query(request)["startrecord"] == "1"


def test_the_script_names_proxy_and_fields_where_no_link_does(hanweb: Family):
    script = "$('#46').jpage({proxyUrl:'/module/x/dataproxy.jsp',totalRecord:9,perPage:1,"
    script += "proxyParam:{col:1,appid:1,webid:29,path:'/',columnid:45,unitid:'46'}})"
    (request,) = read(hanweb, page(record(18), head="", script=script)).requests
    assert urlsplit(request.url).path == "/module/x/dataproxy.jsp"
    assert request.body == "col=1&appid=1&webid=29&path=/&columnid=45&unitid=46"


def test_the_usual_proxy_where_nothing_names_it(hanweb: Family):
    html = page(record(18), head="", script="var q='webid=29&unitid=46';")
    (request,) = read(hanweb, html).requests
    assert urlsplit(request.url).path == "/module/web/jpage/dataproxy.jsp"


def test_a_link_with_encrypted_fields_is_asked_for_as_it_came_but_for_the_page(hanweb: Family):
    head = NEXT_GROUP.replace("unitid=46", "unitid=aB%2Fc+d==").replace("page=1", "page=7")
    (request,) = read(hanweb, page(record(18), head=head, script="perPage:15,col:1")).requests
    assert request.body is None
    assert urlsplit(request.url).query == (
        "page=1&appid=1&webid=29&path=/&columnid=45&unitid=aB%2Fc+d==&permissiontype=0"
    )


def test_two_lists_on_a_page_are_paged_apart(hanweb: Family):
    html = page(record(18), script="totalRecord:99") + page(
        record(19), head=NEXT_GROUP.replace("46", "47"), script="totalRecord:98"
    )
    step = read(hanweb, html)
    assert [lead.report_year for lead in step.leads] == [2018, 2019]
    assert ["unitid=46" in (r.body or "") for r in step.requests] == [True, False]


def _walk(hanweb: Family, answers: Callable[[dict[str, str]], str]) -> tuple[set[str], int]:
    """Page through a list as the crawl does; return the URLs found and the requests made."""
    first = read(hanweb, page(*(record(n) for n in range(1, 4)), script="perPage:1"))
    urls, queue, count = {lead.url for lead in first.leads}, list(first.requests), 0
    while queue:
        request = queue.pop()
        count += 1
        assert count < 50
        step = hanweb.read(PORTAL, request, answers(query(request)).encode(), "text/xml")
        urls |= {lead.url for lead in step.leads}
        queue += step.requests
    return urls, count


class Answers:
    """A column of 25 reports on a server of one build or the other."""

    def __init__(self, build: str) -> None:
        self.build = build

    def __call__(self, asked: dict[str, str]) -> str:
        page_number, size = int(asked["page"]), 7
        first, last = {
            "by record": (int(asked["startrecord"]), int(asked["endrecord"])),
            "by page": ((page_number - 1) * size + 1, page_number * size),
            "first page for ever": (1, 25),
        }[self.build]
        return store(*(record(number) for number in range(first, min(last, 25) + 1)))


@pytest.mark.parametrize("build", ["by record", "by page", "first page for ever"])
def test_every_record_is_found_on_every_build(hanweb: Family, build: str):
    urls, count = _walk(hanweb, Answers(build))
    assert len(urls) == 25
    assert count <= 10


def test_an_older_build_answers_with_a_script(hanweb: Family):
    (request,) = read(hanweb, page(record(18), script="totalRecord:50")).requests
    script = (
        "dataStore = ['<li><a href=\\'/art/2.html\\' title=\\'某局2016年政府信息公开年报\\'>…</a>"
        "<span>2017-03-01</span></li>',\"<li><a href='/x.html'>其他</a></li>\"];"
    )
    (lead,) = hanweb.read(PORTAL, request, script.encode("gb18030"), "text/html").leads
    assert (lead.report_year, lead.published_on) == (2016, "2017-03-01")
    assert lead.url == "http://www.example.gov.cn/art/2.html"


def test_feicheng_has_both_ways(hanweb: Family):
    feicheng = load_portal(Path(__file__).parents[2] / "include/portals/shandong/feicheng.yaml")
    step = hanweb.start(feicheng, (2021,))
    assert [urlsplit(request.url).path for request in step.requests] == ["/col/col45857/index.html"]
    assert [(lead.agency, urlsplit(lead.url).query) for lead in step.leads] == [
        ("cn-11370983004351377Y", "area=11370983004351377Y&fbtime=2021")
    ]


def test_agency_pages_are_leads_without_any_list(hanweb: Family):
    portal = PORTAL.model_copy(
        update={
            "params": {"annual_report_url": REPORT_PAGE},
            "start_urls": (),
            "agencies": (
                Agency(id="a", name="某局", credit_code="11370983004351377Y"),
                Agency(id="b", name="代码未知"),
            ),
        }
    )
    step = hanweb.start(portal, (2020, 2021))
    assert step.requests == ()
    assert [(lead.url, lead.agency, lead.report_year) for lead in step.leads] == [
        (f"{REPORT_PAGE}?area=11370983004351377Y&fbtime={year}", "a", year) for year in (2020, 2021)
    ]


def test_the_first_page_for_ever_is_told_where_the_list_says_how_long_it_is(hanweb: Family):
    first = read(hanweb, page(record(18), script="totalRecord:50"))
    answer = store(record(18)).encode()
    (second,) = hanweb.read(PORTAL, first.requests[0], answer, "text/xml").requests
    with pytest.raises(ReadError) as caught:
        hanweb.read(PORTAL, second, answer, "text/xml")
    assert caught.value.code == "list_cut"


def test_a_folder_of_a_year_is_followed_beside_the_list(hanweb: Family):
    html = (
        page(record(18), script="totalRecord:1") + "<a href='/col/col9/index.html'>2021年年报</a>"
    )
    assert [urlsplit(request.url).path for request in read(hanweb, html).requests] == [
        "/col/col9/index.html"
    ]
