"""Markdown: as it would be shown, but no digit moved to another column or run into another."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.documents.text.markdown import looks_like_markdown, read_markdown
from nianbao.errors import ReadError
from nianbao.model import Table
from nianbao.sample.errors import printed_reports
from nianbao.sample.word_text import word_text
from support.markdown_writer import markdown_text
from support.office_checks import score


def only_table(text: str) -> list[list[str]]:
    [table] = read_markdown(text).tables
    return texts(table)


def texts(table: Table) -> list[list[str]]:
    return [[square.text if square else "" for square in row] for row in table.grid]


def lines(text: str) -> list[str]:
    return [p.text for p in read_markdown(text).paragraphs]


def test_headings_paragraphs_and_tables() -> None:
    document = read_markdown("# 标题\n\n正文\n第二行\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n\n尾")
    assert [p.text for p in document.paragraphs] == ["标题", "正文", "第二行", "尾"]
    assert texts(document.tables[0]) == [["a", "b"], ["1", "2"]]
    assert document.reader == "markdown"


def test_rows_keep_the_cells_that_they_have() -> None:
    [table] = read_markdown("| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |").tables
    assert [[s.text for s in row if s] for row in table.grid] == [
        ["a", "b"],
        ["1"],
        ["1", "2", "3"],
    ]


def test_pipes_and_line_breaks_inside_cells() -> None:
    assert only_table("a | b\n---|---\nx\\|y | 一<br>二\n") == [["a", "b"], ["x|y", "一\n二"]]


def test_html_inside_is_read_as_html() -> None:
    text = "# 标题\n\n<table>\n<tr><td colspan=2>a</td></tr>\n<tr><td>1<td>2</tr>\n</table>\n"
    assert only_table(text) == [["a", "a"], ["1", "2"]]


def test_the_numbers_of_lists_are_text() -> None:
    assert lines("3. 总体情况\n4. 情况\n\n1) 甲\n\n   乙\n\n- 丙") == [
        "3. 总体情况",
        "4. 情况",
        "1) 甲",
        "乙",
        "丙",
    ]


@pytest.mark.parametrize(
    ("cell", "printed"),
    [
        ("1*2*3", "1*2*3"),
        ("**20**", "20"),
        ("~~5~~6", "[5]6"),
        ("5[^1]", "5[^1]"),
        ("5<sup>1</sup>", "5[1]"),
        ("![12](a.png)", "\ufffc"),
        ("&nbsp;", ""),
        ("1\\.5", "1.5"),
    ],
)
def test_no_digit_runs_into_another(cell: str, printed: str) -> None:
    assert only_table(f"| a | b |\n|---|---|\n| {cell} | 0 |") == [["a", "b"], [printed, "0"]]


def test_struck_out_text_is_set_apart_in_paragraphs_too() -> None:
    assert lines("收到~~5~~6件") == ["收到[5]6件"]


def test_indented_text_is_no_listing() -> None:
    assert lines("甲\n\n    乙") == ["甲", "乙"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# 标题\n正文", True),
        ("**标题**\n\n正文", True),
        ("a | b\n--- | ---\n1 | 2", True),
        ("标题\n正文", False),
        ("#标题", False),
        ("标题\n\ta\n\tb\n\n\tc\n\td\n", False),
        ("# 1\n\ta\n\tb\n", False),
        ("<!DOCTYPE html>\n# x\n| a |\n|---|\n", False),
        ("正文\n---\n正文", False),
        ("", False),
    ],
)
def test_markdown_is_told_from_plain_text(text: str, expected: bool) -> None:
    assert looks_like_markdown(text) is expected


def test_plain_text_of_word_is_never_taken_for_markdown() -> None:
    assert not any(looks_like_markdown(word_text(report)) for report in printed_reports())


@pytest.mark.parametrize("merged", ["blank", "html"])
def test_every_cell_of_every_report_is_read_as_printed(merged) -> None:  # type: ignore[no-untyped-def]
    for report in printed_reports()[::2]:
        counts = score(report, read_markdown(markdown_text(report, merged)))
        assert counts["right"] == len(report.cells), report.key


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(printed_reports()),
    st.sampled_from(["blank", "repeated", "short", "html"]),
    st.booleans(),
)
def test_no_way_to_write_merged_cells_makes_a_number_wrong(report, merged, bold) -> None:  # type: ignore[no-untyped-def]
    text = markdown_text(report, merged, bold=bold)
    assert looks_like_markdown(text)
    assert score(report, read_markdown(text))["wrong"] == 0


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="|-*_~#>`[]()<>!&;:\\ \n\t123一、ab", max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    looks_like_markdown(text)
    read_markdown(text)


def test_a_text_without_end_is_refused() -> None:
    with pytest.raises(ReadError):
        read_markdown("a" * 1_000_001)
