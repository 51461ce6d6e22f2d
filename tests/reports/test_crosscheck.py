"""What was recognised in a picture is doubted where the form's sums fail, and never mended."""

from dataclasses import replace

from nianbao.documents import read_document
from nianbao.forms import load_form
from nianbao.model import Document, Report
from nianbao.reports import recognise

ROWS = [row.zh for row in load_form("2021").table("applications").rows if not row.optional]
HEADS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]


def document(misread: str = "") -> Document:
    """Return a report in which all adds up, but for one number where another is given."""
    ones = ["1", "0", "0", "0", "0", "0", "1"]
    none = ["0"] * 7
    rows = [[label, *none] for label in ROWS]
    for at in (0, 2, len(rows) - 2):
        rows[at][1:] = ones
    rows[2][1] = misread or rows[2][1]
    lines = ["".join(f"<td>{text}" for text in row) for row in [["", *HEADS], *rows]]
    page = "<h1>某市商务局2021年政府信息公开工作年度报告</h1><p>一、总体情况</p><table>"
    data = f"<meta charset=utf-8>{page}{''.join(f'<tr>{line}' for line in lines)}"
    return read_document(data.encode())


def read(misread: str = "", *, scanned: bool = True) -> Report:
    one = document(misread)
    [report] = recognise(replace(one, metadata={"recognised": "optically"}) if scanned else one)
    return report


def doubted(report: Report) -> set[str]:
    return {f.location for f in report.findings if f.code == "picture_sum_differs"}


def test_numbers_that_add_up_are_not_doubted() -> None:
    assert doubted(read()) == set()


def test_a_misread_number_is_doubted_and_kept() -> None:
    report = read("7")
    cell = next(one for one in report.cells if one.code == "applications.granted.natural_person")
    assert cell.value == 7
    assert {cell.location, cell.location.partition(".c")[0]} <= doubted(report)


def test_text_of_the_file_itself_is_left_to_the_rules() -> None:
    assert doubted(read("7", scanned=False)) == set()
