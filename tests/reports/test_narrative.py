"""Numbers of the running text, each with the sentence that states it."""

import pytest

from nianbao.model import Document, Paragraph
from nianbao.reports.narrative import read_narrative


def facts(text: str) -> list[tuple[str, int, str | None]]:
    found = read_narrative(Document((Paragraph(text, "p1"),), "test"))
    return [(fact.measure, int(fact.value), fact.unit) for fact in found]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("本年度未收到政府信息公开申请。", ("applications.received", 0, None)),
        ("全年共收到信息公开申请12件。", ("applications.received", 12, "件")),
        ("受理 1,204 件政府信息公开申请。", ("applications.received", 1204, "件")),
        ("网站共发布各类政府信息75条，其中工作动态31条。", ("disclosed.total", 75, "条")),
        ("我单位无收取信息处理费情况。", ("fee.collected", 0, "元")),
        ("收取信息公开处理费共计400元。", ("fee.collected", 400, "元")),
    ],
)
def test_what_a_sentence_states(text: str, fact: tuple[str, int, str | None]) -> None:
    assert facts(text) == [fact]


@pytest.mark.parametrize("text", ["电话0538-3213031。", "在季后10日内编辑完成。", "文广大厦22楼。"])
def test_other_numbers_are_no_facts(text: str) -> None:
    assert facts(text) == []


def test_the_quote_is_the_sentence() -> None:
    paragraph = Paragraph("加强领导。全年共收到信息公开申请2件。另有其他。", "p7")
    [fact] = read_narrative(Document((paragraph,), "test"))
    assert (fact.quote, fact.location) == ("全年共收到信息公开申请2件。", "p7")
