"""Numbers of the running text, each with the words that state it."""

import json
from pathlib import Path

import pytest

from nianbao.documents import read_document
from nianbao.model import Document, Fact, Paragraph
from nianbao.reports import recognise
from nianbao.reports.narrative import read_narrative


def facts(text: str) -> tuple[Fact, ...]:
    return read_narrative(Document((Paragraph(text, "p1"),), "test"), 2020)


def brief(text: str) -> list[tuple[str, float | None, str | None]]:
    return [(f.measure, None if f.value is None else float(f.value), f.unit) for f in facts(text)]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("本年度未收到政府信息公开申请。", ("applications.received", 0, None)),
        ("全年共收到信息公开申请12件。", ("applications.received", 12, "件")),
        ("受理 1,204 件政府信息公开申请。", ("applications.received", 1204, "件")),
        ("新收政府信息公开申请七十五件。", ("applications.received", 75, "件")),
        ("上年结转3件。", ("applications.carried_in", 3, "件")),
        ("结转下年度继续办理两件。", ("applications.carried_out", 2, "件")),
        ("已办结11件。", ("applications.answered", 11, "件")),
        ("发生行政复议4件。", ("reviews.received", 4, "件")),
        ("未发生行政复议。", ("reviews.received", 0, None)),
        ("行政诉讼案件1件。", ("litigation.received", 1, "件")),
        ("制发行政规范性文件6件。", ("normative_documents.issued", 6, "件")),
        ("废止规范性文件2件。", ("normative_documents.repealed", 2, "件")),
        ("现行有效规范性文件40件。", ("normative_documents.in_force", 40, "件")),
        ("发出收费通知1件。", ("fee.notices", 1, "件")),
        ("网站共发布各类政府信息1.2万条。", ("disclosed.total", 12000, "条")),
        ("主动公开政府信息共计3 607条。", ("disclosed.total", 3607, "条")),
        ("本机关未收取信息处理费。", ("fee.collected", 0, "元")),
        ("收取信息公开处理费共计400元。", ("fee.collected", 400, "元")),
    ],
)
def test_what_a_sentence_states(text: str, fact: tuple[str, float, str | None]) -> None:
    assert brief(text) == [fact]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "全年未收到行政复议申请，收到政府信息公开申请8件。",
            {"reviews.received": 0, "applications.received": 8},
        ),
        ("没有收到不予公开的申请，共收到申请9件。", {"applications.received": 9}),
        ("收到申请20件，同比增长30件。", {"applications.received": 20}),
        (
            "上年结转3件，新收政府信息公开申请5件。",
            {"applications.carried_in": 3, "applications.received": 5},
        ),
        ("收到政府信息公开申请5件、信访申请2件。", {"applications.received": 5}),
        ("未收到申请，行政诉讼1件。", {"applications.received": 0, "litigation.received": 1}),
    ],
)
def test_each_clause_speaks_for_itself(text: str, expected: dict[str, float]) -> None:
    assert {measure: value for measure, value, _ in brief(text)} == expected


@pytest.mark.parametrize(
    "text",
    [
        "较上年新收申请减少12件。",
        "新收申请同比增长30件。",
        "上年收到政府信息公开申请20件。",
        "2019年，收到政府信息公开申请20件。",
        "去年同期受理申请十件。",
        "收到信访申请5件。",
        "收到5件行政许可申请。",
        "没有收到不予公开的申请。",
        "答复人大代表建议5件。",
        "较上年增加公开信息12条。",
    ],
)
def test_other_times_and_other_matters_are_no_counts_of_the_year(text: str) -> None:
    assert [f for f in facts(text) if f.measure != "year_mentioned"] == []


@pytest.mark.parametrize(
    "text",
    [
        "电话0000-1234567。",
        "每月5日前报送材料。",
        "办公楼3层302室。",
        "公开的方式有两种。",
        "做到“两不误”。",
    ],
)
def test_other_numbers_are_no_facts(text: str) -> None:
    assert facts(text) == ()


def test_a_number_that_can_be_no_count_is_no_fact() -> None:
    assert facts(f"收到信息公开申请{'9' * 20}件。") == ()


def test_a_breakdown_belongs_to_its_total() -> None:
    found = facts("全年累计公开信息19条，其中办事指南17条，资金安排1条，招考录用1条。")
    assert [(f.measure, f.label, int(f.value or 0), f.part_of) for f in found] == [
        ("disclosed.total", None, 19, None),
        ("disclosed.part", "办事指南", 17, 19),
        ("disclosed.part", "资金安排", 1, 19),
        ("disclosed.part", "招考录用", 1, 19),
    ]


def test_the_period_and_other_years() -> None:
    [period, year] = facts("统计期限自2020年1月1日起至2020年12月31日止，与2019年相比有所增加。")
    assert period.text == "2020-01-01/2020-12-31"
    assert (year.measure, year.value) == ("year_mentioned", 2019)


@pytest.mark.seeds
@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_the_facts_of_the_founding_reports(number: str, seeds: Path) -> None:
    [text] = seeds.glob(f"{number}_*.txt")
    [report] = recognise(read_document(text.read_bytes()))
    expected = json.loads((seeds / "expected-checks.json").read_text("utf-8"))[number]["narrative"]
    wanted = {
        (_measure(f["measure"]), f["value"], f.get("unit"), f.get("part_of")) for f in expected
    }
    found = {
        (
            f.measure,
            f.text or int(f.value or 0),
            f.unit,
            None if f.part_of is None else int(f.part_of),
        )
        for f in report.narrative
        if f.measure != "agency_mentioned"  # the list by hand has numbers and years only
    }
    assert found == wanted


def _measure(name: str) -> str:
    return "year_mentioned" if name.startswith("year") else name.split(" ")[0]
