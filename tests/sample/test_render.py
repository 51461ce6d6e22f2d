"""Pages and Word texts have every cell of the report in its place."""

import re

import pytest
from bs4 import BeautifulSoup

from nianbao.forms import load_form
from nianbao.sample.agencies import clean_reports
from nianbao.sample.chrome import Place
from nianbao.sample.content import title_of
from nianbao.sample.errors import printed_reports
from nianbao.sample.layout import tables_of
from nianbao.sample.render import body_html, page_bytes
from nianbao.sample.report import Style
from nianbao.sample.word_text import word_text

PLACE = Place("样例门户", "127.0.0.1", "9901000001")
REPORTS = {report.key: report for report in printed_reports()}
STYLES = {
    "plain": Style(),
    "word": Style(word=True),
    "unclosed": Style(unclosed=True, header_cells=True),
    "split": Style(split_tables=True, padding="\u3000"),
    "narrow": Style(wrapped_labels=1, padding="\u00a0", two_line_title=True),
}


def restyled(report, style):
    return report.__class__(**{**report.__dict__, "style": style})


@pytest.mark.parametrize(
    "key", [("云汀市公安局", 2019), ("云汀市公安局", 2022)], ids=["2019", "2021"]
)
def test_squares_cover_each_table_without_gap_or_overlap(key):
    report = REPORTS[key]
    for section in load_form(report.form).sections:
        for grid in tables_of(report, section.code):
            covered = [
                (row, column)
                for square in grid
                for row in range(square.row, square.row + square.row_span)
                for column in range(square.column, square.column + square.column_span)
            ]
            height, width = (1 + max(place[i] for place in covered) for i in (0, 1))
            assert len(covered) == len(set(covered)) == height * width


@pytest.mark.parametrize(
    "report", printed_reports(), ids=lambda report: "-".join(map(str, report.key))
)
def test_every_printed_cell_is_drawn_once(report):
    drawn = [
        (square.code, square.text.strip("\u00a0\u3000"))
        for section in load_form(report.form).sections
        for grid in tables_of(report, section.code)
        for square in grid
        if square.code
    ]
    assert sorted(drawn) == sorted(report.cells.items())


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_html_in_any_style_has_the_cells_of_the_layout(style):
    report = restyled(REPORTS["云汀市市场监督管理局", 2021], style)
    soup = BeautifulSoup(body_html(report), "lxml")
    squares = [
        len(grid) for s in load_form(report.form).sections for grid in tables_of(report, s.code)
    ]
    assert [len(table.find_all(["td", "th"])) for table in soup.find_all("table")] == squares
    assert len(squares) == (6 if style.split_tables else 3)


def test_a_page_says_who_and_when_in_its_metadata():
    report = REPORTS["云汀市公安局", 2019]
    soup = BeautifulSoup(page_bytes(report, PLACE), "lxml")
    meta = {tag["name"]: tag["content"] for tag in soup.find_all("meta", attrs={"name": True})}
    assert meta["ArticleTitle"] == title_of(report)
    assert meta["PubDate"].startswith(report.published_on.isoformat())
    assert meta["SiteName"] == "样例门户"
    assert soup.select_one("div#zoom table")


def test_a_page_may_be_gbk_declared_as_gb2312():
    data = page_bytes(REPORTS["云汀市统计局", 2019], PLACE)
    assert b"charset=gb2312" in data
    assert "政府信息公开" in data.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")


def test_a_truncated_page_breaks_off_in_the_table_of_applications():
    report = REPORTS["云汀市教育局", 2021]
    text = page_bytes(report, PLACE, truncated=True).decode()
    assert "5.属于三类内部事务信息" in text
    assert "6.属于四类过程性信息" not in text
    assert "</html>" not in text


def test_word_text_has_one_cell_per_line_and_blank_lines_between_rows():
    report = restyled(REPORTS["云汀市公安局", 2022], Style())
    rows = [row.split("\n\t") for row in re.split(r"\n\n(?=\t)", word_text(report))]
    numbers = [
        report.cells[f"applications.refused.law_forbids.{c}"]
        for c in ("natural_person", "business")
    ]
    (row,) = [row for row in rows if "2.其他法律行政法规禁止公开" in row]
    # Two cells continue 三 and （三） from above: empty lines, then the label, then the numbers.
    assert row[:5] == ["\t", "", "2.其他法律行政法规禁止公开", *numbers]
    assert len(row) == 10


def test_the_text_agrees_with_the_table_unless_it_is_meant_not_to():
    clean = next(r for r in clean_reports() if r.key == ("云汀市人民政府", 2022))
    received = clean.cells["applications.received.total"]
    assert f"新收政府信息公开申请{received}件" in word_text(clean)
    assert "新收政府信息公开申请316件" in word_text(REPORTS[clean.key])
