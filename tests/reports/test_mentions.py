"""Bodies named by their place in the running text."""

import pytest

from nianbao.model import Document, Paragraph
from nianbao.reports.mentions import bodies_mentioned, read_mentions


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("根据肥城市人民政府办公室要求，", ["肥城市人民政府办公室"]),
        ("杭州市下城区商务局全年公开", ["杭州市下城区商务局"]),
        ("与泰安市自然资源和规划局、宁阳县教育局联合", ["泰安市自然资源和规划局", "宁阳县教育局"]),
        ("肥城市教育局说明，肥城市教育局再说明", ["肥城市教育局"]),
        ("我局、区政府和各镇街", []),
        ("肥城市的各级教育局", []),
        ("全市公开信息3条", []),
        ("", []),
    ],
)
def test_a_body_is_a_place_and_what_follows_it(text: str, bodies: list[str]) -> None:
    assert list(bodies_mentioned(text)) == bodies


def test_a_mention_keeps_its_sentence_and_place() -> None:
    text = "我局公开3条。泰安市商务局另有通知。"
    [fact] = read_mentions(Document((Paragraph(text, "p4"),), "test"), "肥城市商务局")
    assert (fact.measure, fact.text, fact.value) == ("agency_mentioned", "泰安市商务局", None)
    assert (fact.quote, fact.location) == ("泰安市商务局另有通知。", "p4")


@pytest.mark.parametrize("text", ["二七区工信局公开3条。", "郑州市二七区工业和信息化局办公室"])
def test_the_reports_own_body_in_any_form_is_no_mention(text: str) -> None:
    document = Document((Paragraph(text, "p1"),), "test")
    assert list(read_mentions(document, "郑州市二七区工业和信息化局")) == []
