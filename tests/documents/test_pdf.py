import random
from collections import Counter
from collections.abc import Iterator

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nianbao.documents.pdf import read_pdf
from nianbao.errors import ReadError
from nianbao.model import Document, Paragraph
from nianbao.reports import recognise
from nianbao.sample.errors import printed_reports
from support.browser import BROWSER_MARKS
from support.pdf_by_hand import line, pdf_of, ruled, text
from support.pdf_writer import BORDERS, Printer, PrintStyle, printer
from support.report_score import score

REPORTS = printed_reports()
styles = st.builds(
    PrintStyle,
    borders=st.sampled_from(sorted(BORDERS)),
    format=st.sampled_from(["A3", "A4", "A5", "Letter"]),
    landscape=st.booleans(),
    font=st.sampled_from([9.0, 12.0, 16.0]),
    padding=st.sampled_from([0.0, 2.0, 8.0]),
    margin=st.sampled_from([40.0, 70.0]),
    header=st.booleans(),
    indent=st.booleans(),
    repeated_head=st.booleans(),
    breakable=st.booleans(),
)


@pytest.fixture(scope="module")
def press() -> Iterator[Printer]:
    with printer() as press:
        yield press


def paragraphs(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def rows(document: Document, table: int = 0) -> list[list[str]]:
    grid = document.tables[table].grid
    return [[cell.text if cell else "" for cell in row] for row in grid]


class TestPrintedByABrowser:
    pytestmark = BROWSER_MARKS

    @pytest.mark.parametrize(
        "report", REPORTS[::9], ids=lambda r: f"{r.organisation}{r.report_year}"
    )
    def test_every_cell_of_a_report_arrives_as_printed(self, press: Printer, report) -> None:  # type: ignore[no-untyped-def]
        [read] = recognise(read_pdf(press.report(report)))
        assert score(report, read) == Counter(right=len(report.cells), wrong=0)
        assert (read.organisation, read.report_year) == report.key
        assert len(read.sections) == 6

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(report=st.sampled_from(REPORTS), style=styles)
    def test_whatever_the_layout_no_number_is_wrong(
        self,
        press: Printer,
        report,
        style: PrintStyle,  # type: ignore[no-untyped-def]
    ) -> None:
        [read] = recognise(read_pdf(press.report(report, style)))
        counts = score(report, read)
        assert counts["wrong"] == 0
        # A header row cut by the end of a page names no columns: its table stays unread, and says so.
        unread = any(finding.code == "row_unread" for finding in read.findings)
        assert counts["right"] > 0.9 * len(report.cells) or unread

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

    def test_a_table_with_its_page_turned_reads_the_same(self, press: Printer) -> None:
        data = press.report(REPORTS[0])
        document = pypdfium2.PdfDocument(data)
        for page in document:
            page.set_rotation(90)
        import io

        out = io.BytesIO()
        document.save(out)
        assert read_pdf(out.getvalue()).blocks == read_pdf(data).blocks

    def test_columns_without_lines_are_a_table_only_where_clear(self, press: Printer) -> None:
        css = "<style>td{border:none!important;width:33%}</style>"
        clear = "".join(f"<tr><td>项目{i}</td><td>{i}</td><td>{i}5</td></tr>" for i in range(4))
        document = read_pdf(press.pdf(f"{css}<table>{clear}</table>"))
        assert rows(document)[3] == ["项目3", "3", "35"]
        lacking = clear.replace("<td>2</td>", "<td></td>").replace("<td>1</td>", "<td></td>")
        assert not read_pdf(press.pdf(f"{css}<table>{lacking}</table>")).tables

    def test_damaged_files_give_a_read_error_and_nothing_else(
        self, press: Printer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("nianbao.documents.pdf.pictures.ocr_available", lambda: False)
        _fuzz(press.pdf("<table><tr><td>1</td><td>2</td></tr></table><p>abc</p>"), 100)


def test_spans_are_true_spans() -> None:
    lines = [*(line(50, y, 350, y) for y in (700, 640)), line(150, 670, 350, 670)]
    lines += [line(x, 700, x, 640) for x in (50, 150, 350)] + [line(250, 670, 250, 640)]
    words = [text(60, 665, "A"), text(160, 680, "B"), text(160, 650, "1"), text(260, 650, "2")]
    [table] = read_pdf(pdf_of("\n".join([*lines, *words]))).tables
    found = [(c.text, c.row, c.column, c.row_span, c.column_span) for c in table.cells]
    assert found == [("A", 0, 0, 2, 1), ("B", 0, 1, 1, 2), ("1", 1, 1, 1, 1), ("2", 1, 2, 1, 1)]
    assert table.cells[0].where == "page 1, box 50 100 150 160"


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
    many = "\n".join(line(i % 600, 0, i % 600, 800) for i in range(120_000))
    with pytest.raises(ReadError) as raised:
        read_pdf(pdf_of(lines + "\n" + many))
    assert raised.value.code == "over_limit"


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
