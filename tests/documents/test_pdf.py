import random
from collections import Counter
from collections.abc import Iterator

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nianbao.documents.confined.limits import Limits
from nianbao.documents.confined.read import read_confined
from nianbao.documents.pdf import read_pdf
from nianbao.documents.pdf.read import read_pages
from nianbao.errors import ReadError
from nianbao.model import Document, Paragraph
from nianbao.reports import recognise
from nianbao.sample.errors import printed_reports
from support.browser import BROWSER_MARKS
from support.pdf_by_hand import line, pdf_of, ruled, text
from support.pdf_checks import squeeze, text_in_box, turned_pages, with_false_digits
from support.pdf_writer import Printer, PrintStyle, printer, styles
from support.report_score import score

REPORTS = printed_reports()


@pytest.fixture(scope="module")
def press() -> Iterator[Printer]:
    with printer() as press:
        yield press


@pytest.fixture(scope="module")
def printed(press: Printer) -> bytes:
    """One report, printed once."""
    return press.report(REPORTS[0])


def paragraphs(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def rows(document: Document, table: int = 0) -> list[list[str]]:
    grid = document.tables[table].grid
    return [[cell.text if cell else "" for cell in row] for row in grid]


class TestPrintedByABrowser:
    pytestmark = BROWSER_MARKS

    @pytest.mark.parametrize(
        "report", REPORTS[::13], ids=lambda r: f"{r.organisation}{r.report_year}"
    )
    def test_every_cell_of_a_report_arrives_as_printed(self, press: Printer, report) -> None:  # type: ignore[no-untyped-def]
        [read] = recognise(read_pdf(press.report(report)))
        assert score(report, read) == Counter(right=len(report.cells), wrong=0)
        assert (read.organisation, read.report_year) == report.key
        assert len(read.sections) == 6

    @settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
    @given(report=st.sampled_from(REPORTS), style=styles())
    def test_whatever_the_layout_no_number_is_wrong(
        self,
        press: Printer,
        report,
        style: PrintStyle,  # type: ignore[no-untyped-def]
    ) -> None:
        [read] = recognise(read_pdf(press.report(report, style)))
        counts = score(report, read)
        assert counts["wrong"] == 0
        assert counts["right"] > 0.98 * len(report.cells)

    def test_a_table_over_pages_is_one_table(self, press: Printer) -> None:
        style = PrintStyle(format="A5", font=16, padding=8, repeated_head=True)
        document = read_pdf(press.report(REPORTS[3], style))
        applications = [t for t in document.tables if any("勾稽" in c.text for c in t.cells)]
        assert len(applications) == 1
        assert sum("勾稽" in cell.text for cell in applications[0].cells) == 1
        assert len({cell.where.split(",")[0] for cell in applications[0].cells}) > 1

    def test_a_cell_cut_by_the_end_of_the_page_is_one_cell(self, press: Printer) -> None:
        long = "很长的说明" * 60
        html = (
            "<p>前</p>" * 20
            + f"<table><tr><td>一</td><td>{long}</td></tr><tr><td>二</td><td>2</td></tr></table>"
        )
        document = read_pdf(press.pdf(html, PrintStyle(format="A5", landscape=True, font=20)))
        [table] = document.tables
        assert [cell.text.replace("\n", "") for cell in table.cells] == ["一", long, "二", "2"]

    def test_paragraphs_run_on_over_lines_and_pages(self, press: Printer) -> None:
        long = "全年按目录逐项核对应当公开的事项，缺项当月补齐，过期内容随时更换" * 40
        html = f"<h3>一、总体情况</h3><p>{long}。</p><p>短。</p>"
        document = read_pdf(press.pdf(html, PrintStyle(format="A5", header=True)))
        assert paragraphs(document) == ["一、总体情况", f"{long}。", "短。"]

    def test_headers_footers_and_page_numbers_are_dropped(self, press: Printer) -> None:
        document = read_pdf(press.report(REPORTS[0], PrintStyle(format="A5", header=True)))
        assert not [p for p in paragraphs(document) if "样例" in p or p.startswith("—")]

    def test_radicals_are_ordinary_characters(self, press: Printer) -> None:
        document = read_pdf(press.pdf("<p>⾃然⼈、⻓⻔⻅⾏政，豈5²①</p>"))
        assert paragraphs(document) == ["自然人、长门见行政，豈5²①"]

    @pytest.mark.parametrize(
        ("html", "expected"),
        [
            ("5<sup>1</sup>", "5[1]"),
            ("<s>3</s>5", "[3]5"),
            ("5<span style='color:#fff'>7</span>", "5"),
            ("5<span style='opacity:0'>7</span>", "5"),
            ("1<span style='padding-left:6px'>2</span>", "1 2"),
            ("12", "12"),
        ],
    )
    def test_what_is_no_part_of_a_number_does_not_join_it(
        self, press: Printer, html: str, expected: str
    ) -> None:
        page = f"<table><tr><td>甲</td><td>{html}</td></tr><tr><td>乙</td><td>1</td></tr></table>"
        assert rows(read_pdf(press.pdf(page)))[0][1] == expected

    def test_a_table_with_its_page_turned_reads_the_same(self, printed: bytes) -> None:
        assert read_pdf(turned_pages(printed, 90)).blocks == read_pdf(printed).blocks

    def test_columns_without_lines_are_a_table_only_where_clear(self, press: Printer) -> None:
        css = "<style>td{border:none!important;width:33%}</style>"
        clear = "".join(f"<tr><td>项目{i}</td><td>{i}</td><td>{i}5</td></tr>" for i in range(4))
        document = read_pdf(press.pdf(f"{css}<table>{clear}</table>"))
        assert rows(document)[3] == ["项目3", "3", "35"]
        lacking = clear.replace("<td>2</td>", "<td></td>").replace("<td>1</td>", "<td></td>")
        assert not read_pdf(press.pdf(f"{css}<table>{lacking}</table>")).tables

    @pytest.mark.parametrize("lines", [2, 4, 5])
    def test_a_header_cut_by_the_end_of_the_page_names_all_columns(
        self, press: Printer, lines: int
    ) -> None:
        head = "<tr><td rowspan=2>项目</td><td rowspan=2>甲</td><td colspan=2>两种</td></tr>"
        head += "<tr><td>乙</td><td>丙</td></tr>"
        data = "".join(f"<tr><td>第{n}</td><td></td><td>{n}</td><td>5</td></tr>" for n in range(3))
        html = "<p>前</p>" * lines + f"<table>{head}{data}</table>"
        read = read_pdf(
            press.pdf(html, PrintStyle(format="A6", landscape=True, font=20, padding=8))
        )
        [table] = read.tables
        found = [[cell.text if cell else None for cell in row] for row in table.grid]
        assert found[:2] == [["项目", "甲", "两种", "两种"], ["项目", "甲", "乙", "丙"]]
        assert found[2:] == [[f"第{n}", "", f"{n}", "5"] for n in range(3)]

    def test_a_font_that_draws_other_digits_than_it_says_is_not_believed(
        self, press: Printer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("nianbao.documents.pdf.read.ocr_available", lambda: False)
        table = "".join(f"<tr><td>甲</td><td>{n}</td></tr>" for n in (30, 86, 519, 47, 62))
        data = with_false_digits(press.pdf(f"<table>{table}</table>"))
        assert [row[1] for row in rows(read_pages(data))] == ["�" * n for n in (2, 2, 3, 2, 2)]

    @pytest.mark.parametrize("turned", [0, 90, 180, 270])
    def test_the_box_of_a_cell_holds_its_text(self, printed: bytes, turned: int) -> None:
        data = turned_pages(printed, turned)
        [*tables] = read_pdf(data).tables
        cells = [c for t in tables for c in t.cells if c.text and "; " not in c.where]
        assert len(cells) > 200
        upright = pypdfium2.PdfDocument(turned_pages(data, -turned))
        assert not [c for c in cells[::11] if squeeze(c.text) != text_in_box(upright, c.where)]

    def test_the_day_of_publication_is_the_one_that_is_printed(self, press: Printer) -> None:
        data = press.pdf("<p>某局2022年政府信息公开工作年度报告</p><p>发布日期：2023年1月9日</p>")
        assert read_pdf(data).metadata.get("published_on") == "2023-01-09"

    def test_damaged_files_give_a_read_error_and_nothing_else(self, press: Printer) -> None:
        _fuzz(press.pdf("<table><tr><td>1</td><td>2</td></tr></table><p>abc</p>"), 100)


def test_spans_are_true_spans() -> None:
    lines = [*(line(50, y, 350, y) for y in (700, 640)), line(150, 670, 350, 670)]
    lines += [line(x, 700, x, 640) for x in (50, 150, 350)] + [line(250, 670, 250, 640)]
    words = [text(60, 665, "A"), text(160, 680, "B"), text(160, 650, "1"), text(260, 650, "2")]
    [table] = read_pdf(pdf_of("\n".join([*lines, *words]))).tables
    found = [(c.text, c.row, c.column, c.row_span, c.column_span) for c in table.cells]
    assert found == [("A", 0, 0, 2, 1), ("B", 0, 1, 1, 2), ("1", 1, 1, 1, 1), ("2", 1, 2, 1, 1)]
    assert table.cells[0].where == "page 1, box 50 100 150 160"


def test_a_number_right_behind_the_line_of_its_own_row_keeps_its_digits() -> None:
    """Two tables that touch have nearly the same columns; each row has the lines of its own table."""
    across = [line(50, y, 350, y) for y in (700, 670, 640)]
    upper = [line(x, 700, x, 670) for x in (50, 147, 350)]
    lower = [line(x, 670, x, 640) for x in (50, 150, 350)]
    words = [text(60, 680, "A"), text(147.1, 680, "1965", 4), text(60, 650, "B")]
    page = "\n".join([*across, *upper, *lower, *words, text(152, 650, "31", 4)])
    assert rows(read_pdf(pdf_of(page))) == [["A", "1965"], ["B", "31"]]


def test_tables_that_touch_are_two_each_in_its_own_columns() -> None:
    across = [line(50, y, 350, y) for y in (730, 700, 670, 640)]
    sides = [line(x, 730, x, 640) for x in (50, 350)]
    upper = [line(x, 730, x, 670) for x in (150, 250)]
    lower = [line(x, 670, x, 640) for x in (110, 230)]
    words = [text(x, 710, "A") for x in (60, 160, 260)] + [text(x, 650, "7") for x in (60, 120)]
    [one, other] = read_pdf(pdf_of("\n".join([*across, *sides, *upper, *lower, *words]))).tables
    assert [cell.text for cell in one.cells] == ["A", "A", "A", "", "", ""]
    assert [cell.text for cell in other.cells] == ["7", "7", ""]


def test_rows_that_divide_each_other_are_one_table() -> None:
    """Headings over one or more columns, and labels of one or two, share sides with their neighbours."""
    across = [line(50, y, 350, y) for y in (730, 700, 670, 640)]
    sides = [line(x, 730, x, 640) for x in (50, 200, 350)]
    inner = [line(275, 700, 275, 640), line(120, 670, 120, 640)]
    page = "\n".join([*across, *sides, *inner, text(60, 710, "A")])
    assert len(read_pdf(pdf_of(page)).tables) == 1


def test_an_unknown_glyph_is_no_digit_and_leaves_no_gap() -> None:
    page = ruled([50, 150, 250], [700, 670, 640]) + text(60, 680, r"1\0012") + text(160, 680, "x")
    assert rows(read_pdf(pdf_of(page)))[0][0] == "1\ufffd2"


def test_a_scanners_invisible_text_is_not_trusted() -> None:
    with pytest.raises(ReadError) as raised:
        read_pdf(pdf_of(text(60, 680, "12", mode=3)))
    assert raised.value.code == "no_text_layer"


def test_text_drawn_twice_for_boldness_stands_once() -> None:
    words = text(60, 680, "12") + "\n" + text(60.3, 680, "12")
    assert paragraphs(read_pdf(pdf_of(words))) == ["12"]


def test_different_digits_in_one_place_are_not_read() -> None:
    words = text(60, 680, "1") + "\n" + text(60, 680, "7")
    assert "\ufffd" in paragraphs(read_pdf(pdf_of(words)))[0]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.4 nothing", "damaged"),
        (b"", "damaged"),
        (pdf_of(text(60, 680, "12"), locked=True), "encrypted"),
        (pdf_of(""), "no_text_layer"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as raised:
        read_pdf(data)
    assert raised.value.code == code


def test_mutated_files_give_a_read_error_and_nothing_else() -> None:
    page = ruled([50, 150, 250], [700, 670, 640]) + "\n" + text(60, 680, "12")
    _fuzz(pdf_of(page, page), 400)


def test_a_drawing_of_endless_lines_is_refused() -> None:
    lines = "\n".join(line(0, i * 0.01, 600, i * 0.01) for i in range(1, 10))
    many = "\n".join(line(i % 600, 0, i % 600, 800) for i in range(100_000))
    with pytest.raises(ReadError) as raised:
        read_pdf(pdf_of(lines + "\n" + many))
    assert raised.value.code == "over_limit"


@pytest.mark.parametrize(
    ("content", "limits"),
    [
        ("q " * 15_000_000, Limits(memory_bytes=100_000_000)),
        ((line(0, 0, 9, 9) + "\n") * 90_000, Limits(seconds_per_page=0.1)),
    ],
)
def test_a_file_that_takes_too_much_is_given_up(content: str, limits: Limits) -> None:
    with pytest.raises(ReadError) as raised:
        read_confined("pdf", pdf_of(content), limits)
    assert raised.value.code == "over_limit"
    assert read_pdf(pdf_of(text(60, 680, "12"))).blocks


def _fuzz(good: bytes, times: int) -> None:
    chance = random.Random(3)
    for _ in range(times):
        data = bytearray(good)
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        try:
            document = read_pdf(bytes(data))
        except ReadError:
            continue
        assert all(block.text for block in document.blocks if isinstance(block, Paragraph))
