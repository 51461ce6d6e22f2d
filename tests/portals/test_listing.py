"""What all list families share: when a list ends, which links lead on, which rows are leads."""

import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from nianbao.errors import ConfigurationError, ReadError
from nianbao.model import Portal
from nianbao.portals.families import FAMILIES, ListRequest, Step, family_named
from nianbao.portals.families.json_text import json_of, object_after
from nianbao.portals.families.rows import Row, rows_of
from nianbao.portals.families.shape import Shape, folder_of
from nianbao.portals.families.titles import is_agency, is_column, is_group, is_index, is_year
from nianbao.portals.families.visit import Batch, Visit, advance

GOLDEN = Path(__file__).parent / "golden"
HOST = "http://www.x.gov.cn"
START = f"{HOST}/zwgk/nb/"


def portal(family: str = "static", **values: object) -> Portal:
    record = {"id": "a/b", "name": "x", "family": family, "hosts": ["www.x.gov.cn"]}
    return Portal.model_validate({**record, "start_urls": [START], **values})


def rows(*days: str, name: str = "r") -> list[Row]:
    return [Row(f"{HOST}/{name}{day}.html", "某局年报", day) for day in days]


def read(html: str, family: str = "static", visit: Visit | None = None, url: str = START) -> Step:
    request = ListRequest(url, state=visit or Visit())
    return family_named(family).read(portal(family), request, html.encode(), "text/html")


def urls(step: Step) -> list[str]:
    return [request.url.removeprefix(HOST) for request in step.requests]


def link(href: str, title: str, day: str = "") -> str:
    return f'<li><a href="{href}">{title}</a><span>{day}</span></li>'


# When a list ends


def test_a_list_goes_on_while_something_new_comes():
    following = advance(Visit(), Batch(rows("2024-01-02", "2024-01-01")))
    assert following is not None
    assert (following.page, following.given) == (2, 2)
    assert advance(following, Batch(rows("2024-01-01"))) is None


def test_a_list_ends_at_its_total_and_at_its_last_page():
    assert advance(Visit(), Batch(rows("2024-01-02"), total=1)) is None
    assert advance(Visit(), Batch(rows("2024-01-02"), pages=1)) is None


@pytest.mark.parametrize("told", [{"total": 9}, {"pages": 3}])
@pytest.mark.parametrize("again", [rows("2024-01-02"), []])
def test_a_list_that_stops_before_what_it_tells_is_no_quiet_end(told, again):
    following = advance(Visit(), Batch(rows("2024-01-02"), **told))
    assert following
    with pytest.raises(ReadError) as caught:
        advance(following, Batch(again, **told))
    assert caught.value.code == "list_cut"
    assert "1 rows" in str(caught.value)


def test_an_empty_list_that_says_so_is_empty():
    assert advance(Visit(), Batch([], total=0)) is None


def test_wanted_years_end_a_list_by_falling_date_where_older_years_begin():
    older = rows("2021-03-01", "2021-01-01")
    assert advance(Visit(years=(2022,)), Batch(older)) is None
    assert advance(Visit(years=(2020,)), Batch(older))
    assert advance(Visit(years=None), Batch(older))


@pytest.mark.parametrize("days", [("2021-01-01", "2021-03-01"), ("2021-01-01", "2021-01-01")])
def test_a_list_in_another_order_is_read_whole(days: tuple[str, ...]):
    assert advance(Visit(years=(2022,)), Batch(rows(*days, name="a") + rows(*days, name="b")))


def test_december_counts_as_the_year_that_it_ends():
    assert advance(Visit(years=(2022,)), Batch(rows("2022-12-28", "2022-11-01")))


# Which links lead on


@pytest.mark.parametrize(
    ("href", "title", "followed"),
    [
        ("2024/", "2024年", True),
        ("2024/", "2024年信息公开年报", True),
        ("bm/", "区直部门", True),
        ("zf/", "区政府", True),
        ("jyj/", "区教育局", True),
        ("/other/nb/", "部门政府信息公开年报", True),
        ("t20240401_1.html", "2023年各单位政府信息公开年报汇总", True),
        ("zn/", "政府信息公开指南", False),
        ("/zwgk/", "政务公开", False),
        ("/bm/", "政府部门", False),
        ("/jyj/", "区教育局", False),
        ("http://www.y.gov.cn/zwgk/nb/2024/", "2024年", False),
        ("javascript:void(0)", "2024年", False),
        ("/fz/", "2023年法治政府建设年度报告", False),
        ("#", "2024年", False),
        ("./", "政府信息公开年报", False),
    ],
)
def test_links_that_lead_on(href: str, title: str, followed: bool):
    step = read(link(href, title))
    assert bool(step.requests) is followed
    assert step.leads == ()


def test_a_folder_of_an_unwanted_year_is_not_asked_for():
    html = "".join(link(f"{year}/", f"{year}年") for year in range(2019, 2026))
    # The year may be that of the reports or that of their publication.
    assert urls(read(html, visit=Visit(years=(2022,)))) == ["/zwgk/nb/2022/", "/zwgk/nb/2023/"]


def test_folders_in_folders_come_to_an_end():
    visit = Visit(depth=4)
    assert read(link("2024/", "2024年"), visit=visit).requests == ()


def test_what_led_to_a_list_is_handed_on():
    (request,) = read(link("2024/", "2024年年报")).requests
    assert request.state == Visit(depth=1, about="2024年年报")
    assert request.referer == START


# Which rows are leads


def test_an_agency_or_a_year_is_title_enough_below_the_column():
    html = link("t20240119_1.html", "区教育局") + link("t20240119_2.html", "2023年度")
    assert read(html).leads == ()
    assert [lead.report_year for lead in read(html, visit=Visit(depth=1)).leads] == [None, 2023]


def test_rows_of_a_collection_have_its_year():
    visit = Visit(depth=1, about="某区2023年政府信息公开年报汇总")
    (lead,) = read(link("P0202401190001.pdf", "区教育局"), visit=visit).leads
    assert (lead.report_year, lead.url) == (2023, f"{START}P0202401190001.pdf")


def test_a_collection_as_start_page_is_read_by_its_own_title():
    html = "<title>某区2023年政府信息公开年报汇总</title>" + link("t20240119_1.html", "区教育局")
    assert [lead.report_year for lead in read(html).leads] == [2023]


def test_a_report_on_another_host_stays_a_lead_for_the_allow_list_to_judge():
    html = link("http://www.y.gov.cn/t20240119_1.html", "某局2023年政府信息公开年报")
    assert read(html).leads[0].url == "http://www.y.gov.cn/t20240119_1.html"


def test_one_address_is_one_lead():
    html = link("t20240119_1.html", "某局2023年政府信息公开年报") * 2
    assert len(read(html).leads) == 1


@pytest.mark.parametrize(
    ("title", "kinds"),
    [
        ("2023年", {is_year}),
        ("（2023年度）", {is_year}),
        ("区教育局", {is_agency}),
        ("柳渡街道", {is_agency, is_group}),
        ("市政府", {is_agency, is_group}),
        ("政府信息公开年报", {is_column}),
        ("年报", {is_column}),
        ("2023年部门政府信息公开年报汇总", {is_column, is_index}),
        ("政府信息公开指南", set()),
        ("企业年报", set()),
        ("法治政府建设年度报告", set()),
    ],
)
def test_kinds_of_titles(title: str, kinds: set[object]):
    found = {kind for kind in (is_year, is_agency, is_group, is_column, is_index) if kind(title)}
    assert found == kinds


# Addresses, rows and JSON


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("/a/t20240119_1.html", "article"), ("/a/P0202401.pdf", "article"),
        ("/attachment/年报.docx", "article"), ("/public/content/381", "article"),
        ("/web/nb/2024011810203040/index.shtml", "article"), ("/a/", "folder"),
        ("/a/index_3.html", "folder"), ("/zfxxgk/zfxxgknb", "folder"),
        ("/public/column/66?type=4", "folder"), ("/a/about.html", ""),
    ],
)  # fmt: skip
def test_what_an_address_tells(url: str, kind: str):
    shape = Shape()
    assert shape.is_article(HOST + url) is (kind == "article")
    assert shape.is_folder(HOST + url) is (kind == "folder")


@pytest.mark.parametrize(
    ("column", "folder"),
    [
        ("/nb/", "/nb/"), ("/nb/index.html", "/nb/"), ("/nb/list2.html", "/nb/"),
        ("/c1/zfxxgk_list.shtml", "/c1/"), ("/zfxxgk/nb.htm", "/zfxxgk/nb/"), ("/?a=b", "/"),
    ],
)  # fmt: skip
def test_the_folder_of_a_column(column: str, folder: str):
    assert folder_of(HOST + column) == HOST + folder


def test_links_that_turn_pages_are_no_rows():
    html = "".join(link("x.html", text) for text in ("1", "23", "下一页", "尾页 >>", "2024"))
    assert [row.title for row in rows_of(html, START)] == ["2024"]


def test_a_date_is_taken_from_the_row_and_not_from_its_neighbours():
    html = f"<ul>{link('a.html', '一')}{link('b.html', '二', '2024-01-02')}</ul>2020-01-01"
    assert [row.published_on for row in rows_of(html, START)] == [None, "2024-01-02"]


@pytest.mark.parametrize("text", ['{"a": 1}', 'cb({"a": 1});', '/**/ jQuery.x({"a": 1})'])
def test_json_bare_or_in_a_call(text: str):
    assert json_of(text) == {"a": 1}


@pytest.mark.parametrize("text", ["<html></html>", "[1]", "cb(", ""])
def test_what_is_no_json_object_is_no_list(text: str):
    with pytest.raises(ReadError, match="JSON"):
        json_of(text)


def test_an_object_in_a_script():
    text = "var o = {a: 'it\\'s {1}', \"b\": [{c: 2,},], d: 'x:y'}; var p = {};"
    assert object_after(text, "o") == {"a": "it's {1}", "b": [{"c": 2}], "d": "x:y"}
    assert object_after(text, "none") == object_after("o = {broken", "o") == {}


# Families, one by one


@pytest.mark.parametrize("name", sorted(FAMILIES.keys() - {"inbox"}))
def test_pages_of_other_families_are_read_or_refused_and_nothing_else(name: str):
    pages = (path for path in GOLDEN.glob("*/*/*") if path.name != "expected.json")
    for path in pages:
        body = path.read_bytes()
        for part in (body, body[: len(body) // 2]):
            queue = [ListRequest(START, state=Visit(years=(2022,)))]
            for request in queue[:3]:
                with suppress(ReadError):
                    queue += family_named(name).read(portal(name), request, part, "").requests


def test_a_page_without_any_link_is_an_error_in_every_family_of_pages():
    for name in ("static", "trs", "vsb", "webplus", "nfcms", "page_pc", "annual_report_module"):
        with pytest.raises(ReadError):
            read("<p>系统维护中</p>", name)


@pytest.mark.parametrize("name", sorted(FAMILIES.keys() - {"inbox", "hanweb"}))
def test_records_are_checked(name: str):
    family = family_named(name)
    with pytest.raises(ConfigurationError, match="start_urls"):
        family.check(portal(name, start_urls=[]))
    with pytest.raises(ConfigurationError, match="unknown: colour"):
        family.check(portal(name, params={"colour": "red"}))


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("trs", {"second_number": 7}),
        ("ucap", {"search_method": "put"}),
        ("truecms", {"per_page": 0}),
        ("static", {"next_page": "/same.html"}),
    ],
)
def test_parameters_that_make_no_sense(name: str, params: dict[str, object]):
    with pytest.raises(ConfigurationError, match=next(iter(params))):
        family_named(name).check(portal(name, params=params))


def test_a_trs_site_that_numbers_from_two():
    html = link("t20240119_1.html", "某局2023年政府信息公开年报")
    html += "<script>createPageHTML(4, 0, 'index', 'html')</script>"
    two = portal("trs", params={"second_number": 2})
    step = family_named("trs").read(two, ListRequest(START, state=Visit()), html.encode(), "")
    assert urls(step) == ["/zwgk/nb/index_2.html"]


@pytest.mark.parametrize(
    "call", ["('page_div',10,1,'xlist','shtml',189)", '(10,1,"xlist","shtml")']
)
def test_a_script_that_counts_from_one(call: str):
    html = link("t20240119_1.html", "某局2023年政府信息公开年报")
    step = read(f"{html}<script>createPageHTML{call};</script>", "trs", url=f"{START}xlist.shtml")
    assert urls(step) == ["/zwgk/nb/xlist_2.shtml"]


def test_page_one_again_and_for_ever_is_told():
    """What JPaaS answers to whom it doesn't understand."""
    page = json.dumps({"data": {"html": link("/art/2024/art_0a1b2c3d4e.html", "年报", "2024-01-01")
                       + '<div count="31" rows="15"></div>'}})  # fmt: skip
    jpaas, cursor = family_named("hanweb_jpaas"), ("http://x/unit", "tagId=list")
    request = ListRequest("http://x/unit", referer=START, state=Visit(cursor=cursor))
    (second,) = jpaas.read(portal("hanweb_jpaas"), request, page.encode(), "").requests
    with pytest.raises(ReadError, match="tells of 31 rows"):
        jpaas.read(portal("hanweb_jpaas"), second, page.encode(), "")


def test_a_stub_in_place_of_an_announced_page_is_told():
    request = ListRequest(f"{START}index_3.html", state=replace(Visit(), page=4))
    with pytest.raises(ReadError):
        family_named("trs").read(portal("trs"), request, b"<p>...</p>", "text/html")
