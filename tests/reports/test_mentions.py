"""Bodies named by their place in the running text."""

import pytest

from nianbao.reports.mentions import bodies_mentioned


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
