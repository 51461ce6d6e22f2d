"""Each cell knows where it was and which label put it there, so that a reviewer can look."""

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from nianbao.documents import read_document
from nianbao.model import Cell, Report, Table, TableCell
from nianbao.reports import recognise
from nianbao.reports.parsed import Reading, to_table
from nianbao.sample.chrome import Place
from nianbao.sample.errors import printed_reports
from nianbao.sample.render import page_bytes
from nianbao.sample.report import SampleReport
from support.browser import BROWSER_MARKS, Opened

PLACE = Place("样例网", "www.example.gov.cn", "9900000001")
UNTIDY = """<script>a</script><!-- c --><div style="display:none"><p>x<table><tr><td>1<td>2</table>
</div><noscript><b>n</b></noscript><o:p>o</o:p><template><p>t</p></template>"""


def style_of(report: SampleReport) -> tuple[bool, bool, str, str]:
    style = report.style
    return style.word, style.unclosed, style.encoding, report.form


def one_of_each_style() -> list[bytes]:
    reports = {style_of(report): report for report in printed_reports()}
    return [page_bytes(report, PLACE) for report in reports.values()]


def untidy_page() -> bytes:
    """A page with scripts and hidden elements around its tables, which count in a path all the same."""
    [report, *_] = printed_reports()
    page = page_bytes(report, PLACE).decode(report.style.encoding)
    return re.sub("(?=<table)", UNTIDY, page).encode()


def read(data: bytes) -> Report:
    [report] = recognise(read_document(data))
    return report


def printed(data: bytes) -> list[Cell]:
    return [cell for cell in read(data).cells if cell.kind not in ("missing", "text")]


def text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("gb18030")


@pytest.mark.parametrize("page", [*one_of_each_style(), untidy_page()])
def test_the_path_finds_the_cell_in_the_page_as_archived(page: bytes) -> None:
    tree = LexborHTMLParser(text(page))
    found = {cell.code: tree.css(cell.where or "") for cell in printed(page)}
    assert len(found) > 100
    assert {code: [n.text().strip() for n in nodes] for code, nodes in found.items()} == {
        cell.code: [cell.raw] for cell in printed(page)
    }


class TestInABrowser:
    """The same, by another parser."""

    pytestmark = BROWSER_MARKS

    def test_the_path_finds_the_cell(self, opened: Opened, tmp_path: Path) -> None:
        for number, page in enumerate([*one_of_each_style(), untidy_page()]):
            file = tmp_path / f"{number}.html"
            file.write_bytes(page)
            opened.open(file)
            script = (
                "paths => paths.map(p => [...document.querySelectorAll(p)].map(e => e.innerText))"
            )
            found = opened.page.evaluate(script, [cell.where for cell in printed(page)])
            assert [[t.strip() for t in texts] for texts in found] == [
                [cell.raw] for cell in printed(page)
            ]


def test_a_cell_has_the_label_and_the_heading_that_put_it_there() -> None:
    for page in one_of_each_style():
        for cell in printed(page):
            assert cell.label, cell.code
            assert cell.heading, cell.code


def test_labels_are_as_printed_on_one_line() -> None:
    row = "<tr><td><td>一、本年新收 <br>政府信息公开申请数量" + "<td>1" * 7
    names = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总 计"]
    header = "<tr><td><td>" + "".join(f"<td>{name}" for name in names)
    page = f"<h1>某局2021年政府信息公开年度报告</h1><table>{header}{row}</table>"
    found = {cell.code: cell for cell in printed(page.encode())}
    total = found["applications.received.total"]
    assert (total.label, total.heading) == ("一、本年新收 政府信息公开申请数量", "总 计")


def test_a_row_that_stays_unread_can_be_looked_at() -> None:
    header = "<tr><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数"
    page = f"<h1>某局2021年政府信息公开年度报告</h1><table>{header}<tr><td>规章<td>1<td>2</table>"
    tree = LexborHTMLParser(page)
    [unread] = {cell.where for cell in read(page.encode()).cells if cell.kind == "text"}
    assert tree.css_first(unread or "").text() == "规章12"


def test_a_cell_on_paper_has_its_page_and_box() -> None:
    table = Table((TableCell("1", 0, 0, where="page 2, box 1 2 3 4"),), "t1")
    assert table.where(table.cells[0]) == "page 2, box 1 2 3 4"


@pytest.mark.parametrize(
    "document",
    [
        b"# x\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        b'<script>_CONFIG={DETAIL:{content:"<table><tr><td>1<td>2</table>"}}</script>',
    ],
    ids=["markdown", "an article in a script"],
)
def test_a_table_that_is_no_element_of_the_file_has_no_path(document: bytes) -> None:
    [table] = read_document(document).tables
    assert {table.where(cell) for cell in table.cells} == {None}


def test_the_evidence_is_kept_with_the_parsed_data() -> None:
    report = read(untidy_page())
    [row] = to_table([Reading("s", "html", (report,))]).to_pylist()
    kept = [(cell["label"], cell["heading"], cell["source_place"]) for cell in row["cells"]]
    assert kept == [(cell.label, cell.heading, cell.where) for cell in report.cells]
