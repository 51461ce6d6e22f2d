"""Titles in every known order say who reports for which year."""

import pytest

from nianbao.model import Document, Paragraph
from nianbao.reports.title import find_title, read_title, scope_of


def document(*lines: str, title: str = "") -> Document:
    blocks = tuple(Paragraph(line, f"p{i}") for i, line in enumerate(lines, start=1))
    return Document(blocks, "test", {"title": title} if title else {})


@pytest.mark.parametrize(
    ("text", "organisation", "year"),
    [
        ("某市商务局2020年政府信息公开工作年度报告", "某市商务局", 2020),
        ("2020年某市商务局政府信息公开工作年度报告", "某市商务局", 2020),
        ("某市商务局政府信息公开工作2020年度报告", "某市商务局", 2020),
        ("某市商务局2021年度政府信息公开年报", "某市商务局", 2021),
        ("附件1：某市商务局 2022 年政府信息公开工作年度报告", "某市商务局", 2022),
        ("20210125某市商务局2020年政府信息公开工作年度报告", "某市商务局", 2020),
        ("2021-01-25 某市商务局2020年政府信息公开工作年度报告", "某市商务局", 2020),
        ("附件1 2020年某市商务局政府信息公开工作年度报告", "某市商务局", 2020),
        ("附件2020年某市商务局政府信息公开工作年度报告", "某市商务局", 2020),
        ("某市商务局二〇二一年政府信息公开工作年度报告", "某市商务局", 2021),
        ("二○二一年度某市商务局政府信息公开工作年度报告", "某市商务局", 2021),
        ("首页>政务公开>某市商务局2021年政府信息公开工作年度报告", "某市商务局", 2021),
        ("首页 > 某市商务局 > 2021年政府信息公开工作年度报告", "", 2021),
        ("首页/政务公开/某市商务局2021年政府信息公开工作年度报告", "", 2021),
        ("某市商务局政府信息公开年报（2020年度）", "某市商务局", 2020),
        ("某市商务局关于２０２２年政府信息公开工作的年度报告", "某市商务局", 2022),
    ],
)
def test_known_orders(text: str, organisation: str, year: int) -> None:
    title = read_title(text)
    assert title is not None
    assert (title.organisation, title.report_year) == (organisation, year)


@pytest.mark.parametrize(
    "text",
    [
        "某市商务局政府信息公开工作年度报告",
        "某市商务局2020年工作总结",
        "2020年某市政府信息公开工作要点",
        "图解：某市商务局2020年政府信息公开工作年度报告",
        "【一图读懂】某市商务局2020年政府信息公开工作年度报告",
        "某市商务局2020年上半年政府信息公开工作报告",
        "某市商务局2020年第一季度政府信息公开工作报告",
        "按照规定，现公布2020年度本单位政府信息公开工作年度报告。",
    ],
)
def test_other_texts_are_no_titles(text: str) -> None:
    assert read_title(text) is None


def test_a_title_may_stand_on_two_lines() -> None:
    title, _ = find_title(
        document("导航", "某市商务局", "2021年政府信息公开工作年度报告", "一、总体情况")
    )
    assert title is not None
    assert title.organisation == "某市商务局"


def test_the_page_says_it_where_the_body_does_not() -> None:
    title, _ = find_title(document("正文", title="某市商务局2021年政府信息公开工作年度报告"))
    assert title is not None
    assert title.organisation == "某市商务局"


@pytest.mark.parametrize(
    ("name", "scope"),
    [
        ("某市商务局", "agency"),
        ("某市人民政府", "area"),
        ("某市政府", "area"),
        ("某省", "area"),
        ("某区", "area"),
        ("某浦新区", "area"),
        ("新乡市人民政府", "area"),
        ("某开发区", "agency"),
        ("某社区", "agency"),
        ("某市某街道", "agency"),
        ("某镇政府", "agency"),
        ("某市政府办", "agency"),
        ("某市人民政府办公室", "agency"),
        ("某镇人民政府", "agency"),
        ("某市本级", "own_level"),
    ],
)
def test_scopes(name: str, scope: str) -> None:
    assert scope_of(name) == scope


def test_of_several_titles_the_page_says_which() -> None:
    lines = ("甲局2021年政府信息公开工作年度报告", "乙局2021年政府信息公开工作年度报告")
    title, doubts = find_title(document(*lines, title=lines[1]))
    assert title is not None
    assert (title.organisation, doubts) == ("乙局", [])


def test_several_titles_and_nobody_to_ask_are_a_doubt() -> None:
    lines = ("甲局2021年政府信息公开工作年度报告", "乙局2021年政府信息公开工作年度报告")
    title, doubts = find_title(document(*lines))
    assert title is not None
    assert [doubt.code for doubt in doubts] == ["several_titles"]


def test_a_page_that_names_another_year_is_a_doubt() -> None:
    body = "甲局2020年政府信息公开工作年度报告"
    title, doubts = find_title(document(body, title=body.replace("2020", "2021")))
    assert title is not None
    assert (title.report_year, len(doubts)) == (2020, 1)


def test_a_report_of_the_own_level_names_its_body_above_the_title() -> None:
    title, _ = find_title(document("某区人民政府本级", "2016年政府信息公开工作年度报告"))
    assert title is not None
    assert title.organisation == "某区人民政府本级"


def test_links_do_not_outweigh_the_page_s_own_title() -> None:
    own = "某市商务局2016年政府信息公开工作年度报告"
    lines = ("2016年政府信息公开工作年度报告", "某县水务局2020年政府信息公开工作年度报告")
    title, _ = find_title(document(*lines, title=own))
    assert title is not None
    assert (title.organisation, title.report_year) == ("某市商务局", 2016)
