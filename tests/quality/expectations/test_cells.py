"""Values as cells: what becomes a link, and what stays text."""

import pytest
from great_expectations.render.components import RenderedStringTemplateContent
from great_expectations.render.view.view import DefaultJinjaPageView

from nianbao.quality.expectations.cells import (
    FAILED_CHECK_COLUMNS,
    failed_checks_table,
    link_cell,
    rows_table,
    text_cell,
)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "//evil.example/x",
        "http:evil",
        "http://[",
        "report.html",
        "",
    ],
)
def test_only_web_addresses_become_links(address: str) -> None:
    assert link_cell(address) == text_cell(address)


@pytest.mark.parametrize("folder", ["/srv/inbox", "s3://reports/inbox", "file:///etc"])
def test_a_file_that_was_handed_in_goes_by_its_name(folder: str) -> None:
    assert link_cell(f"{folder}/某局2022年报.docx") == "某局2022年报.docx"


def test_people_are_masked() -> None:
    row = {"note": "联系电话 13800138000，身份证号 11010519491231002X"}
    (cells,) = failed_checks_table([row]).table or []
    assert "13800138000" not in "".join(map(str, cells))
    assert "11010519491231002X" not in "".join(map(str, cells))


def test_an_absent_address_is_an_empty_cell() -> None:
    assert link_cell(None) == text_cell(None) == ""


@pytest.mark.parametrize(
    "address",
    [
        "https://example.gov.cn/a?b=1&c='2'",
        'https://example.gov.cn/" onclick="alert(1)',
        "https://example.gov.cn/><script>alert(1)</script>",
        "https://example.gov.cn/$text",
        "HTTPS://example.gov.cn/年报.html",
    ],
)
def test_an_address_cannot_leave_its_attribute_in_the_stock_view(address: str) -> None:
    cell = link_cell(address)
    assert isinstance(cell, RenderedStringTemplateContent)
    view = DefaultJinjaPageView()
    markup = view.render_string_template(cell.to_json_dict()["string_template"])
    assert markup.count("<") == 2
    assert markup.count('"') == 6
    assert "$" not in markup
    assert "原文 source" in markup


def test_markup_in_values_is_text() -> None:
    assert text_cell("<b onclick='x'>\"&") == "&lt;b onclick=&#x27;x&#x27;&gt;&quot;&amp;"


def test_a_failed_check_shows_the_printed_value_beside_the_expected_one() -> None:
    row = {
        "agency": "某市司法局",
        "report_year": 2023,
        "scope": "own_level",
        "subject": "applications.granted",
        "subject_zh": "予以公开",
        "observed": 11,
        "expected": 12,
        "note": None,
        "source_url": None,
    }
    table = failed_checks_table([row])
    assert len(table.header_row or []) == len(FAILED_CHECK_COLUMNS)
    assert (table.header_row or [])[4:6] == ["填报值 Printed", "应为 Expected"]
    assert table.table == [
        [
            "某市司法局",
            "2023",
            "本级",
            "予以公开<br><code>applications.granted</code>",
            "11",
            "12",
            "",
            "",
        ]
    ]


def test_other_rows_are_shown_by_column_name() -> None:
    table = rows_table([{"b": 1, "a<": None}, {"b": 2, "a<": "x"}])
    assert table.header_row == ["a&lt;", "b"]
    assert table.table == [["", "1"], ["x", "2"]]
