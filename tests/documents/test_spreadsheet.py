"""Workbooks: each cell as it is shown, tables parted by blank rows, lines of text as paragraphs."""

import contextlib
import io
import random
import re
import zipfile
from types import ModuleType

import openpyxl
import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from nianbao.documents.bundle import parts
from nianbao.documents.spreadsheet import biff, cells
from nianbao.documents.spreadsheet.format import display
from nianbao.documents.spreadsheet.read import read_xls, read_xlsx
from nianbao.errors import ReadError
from nianbao.model import Document, Table
from nianbao.sample.errors import printed_reports
from support.bundle_writer import with_damaged_part
from support.office_checks import score
from support.spreadsheet_writer import Noise, xls_bytes, xlsx_bytes


def saved(book: Workbook) -> Document:
    out = io.BytesIO()
    book.save(out)
    return read_xlsx(out.getvalue())


@pytest.fixture
def book() -> Workbook:
    return Workbook()


@pytest.fixture
def sheet(book: Workbook) -> Worksheet:
    return book.active


def texts(table: Table) -> list[list[str]]:
    return [[square.text if square else "" for square in row] for row in table.grid]


def only_table(book: Workbook) -> list[list[str]]:
    [table] = saved(book).tables
    return texts(table)


# --- numbers as they are shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (12.0, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (97628.58, "", "97628.58"),
        (123456789012.0, "General", "1.23456789e+11"),
        (5.0, "@", "5"),
        (3.14159, "0.00", "3.14"),
        (2.5, "0", "3"),
        (1234567.0, "#,##0", "1,234,567"),
        (-3.0, "0", "-3"),
        (-0.2, "0", "0"),
        (0.305, "0.0%", "30.5%"),
        (7.0, "000", "007"),
        (0.5, "0.0#", "0.5"),
        (7.0, '0"件"', "7件"),
        (7.0, "0件", "7件"),
        (7.0, "0_ ", "7 "),
        (0.0, '#,##0;-#,##0;"-"', "-"),
        (0.0, ";;;", ""),
        (-5.0, "0_);[Red](0)", "(5)"),
        (-5.0, "0;[红色]-0", "-5"),
        (5.0, "[$¥-804]#,##0.00", "¥5.00"),
        (44197.0, "yyyy/m/d", "2021/1/1"),
        (44197.0, 'yyyy"年"mm"月"dd"日"', "2021年01月01日"),
    ],
)
def test_a_number_is_read_as_its_cell_shows_it(value: float, code: str, shown: str) -> None:
    assert display(value, code) == shown


@pytest.mark.parametrize(
    "code", ["[DBNum1]0", "0,", '0!.0,"万"', "# ?/?", "0.00E+00", "[>9]0;0.0", '"无"', '"-"']
)
def test_a_format_that_is_not_understood_is_never_a_number(code: str) -> None:
    assert display(12345.0, code) == f"12345 [{code}]"


# --- cells


def test_merged_cells_are_spans(book: Workbook, sheet: Worksheet) -> None:
    sheet.append(["a", None, "b"])
    sheet.append(["c", "d", "e"])
    sheet.merge_cells("A1:B1")
    assert only_table(book) == [["a", "a", "b"], ["c", "d", "e"]]


def test_blank_squares_are_blank_cells(book: Workbook, sheet: Worksheet) -> None:
    sheet.append(["局", 1, None])
    sheet.append(["院", None, 2])
    assert only_table(book) == [["局", "1", ""], ["院", "", "2"]]


def test_a_merged_cell_without_text_is_one_cell(book: Workbook, sheet: Worksheet) -> None:
    for row in (["项目", "甲", "乙", "丙"], ["规章", 1, 2, 3], ["收费", 4, None, None]):
        sheet.append(row)
    sheet.merge_cells("C3:D3")
    [table] = saved(book).tables
    assert [(c.text, c.column_span) for c in table.cells][-2:] == [("4", 1), ("", 2)]


def test_numbers_typed_as_text(book: Workbook, sheet: Worksheet) -> None:
    sheet.append(["0", 0])
    sheet["A1"].data_type = "s"
    assert only_table(book) == [["0", "0"]]


def test_a_formula_without_its_result_is_no_number(book: Workbook, sheet: Worksheet) -> None:
    sheet.append([5, "=A1+1"])
    assert only_table(book) == [["5", "=A1+1"]]


def test_struck_out_and_raised_digits_are_set_apart(book: Workbook, sheet: Worksheet) -> None:
    raised = TextBlock(InlineFont(vertAlign="superscript"), "2")
    sheet.append([CellRichText("5", raised), "7"])
    sheet["B1"].font = Font(strike=True)
    assert only_table(book) == [["5[2]", "[7]"]]


def test_what_is_hidden_is_not_read(book: Workbook, sheet: Worksheet) -> None:
    for row in (["a", "x", "b"], ["9", "9", "9"], ["c", "x", "d"]):
        sheet.append(row)
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    book.create_sheet("hidden").append(["p", "q"])
    book["hidden"].sheet_state = "hidden"
    assert only_table(book) == [["a", "b"], ["c", "d"]]


def test_zeros_that_a_sheet_does_not_show_are_blank(book: Workbook, sheet: Worksheet) -> None:
    sheet.append(["a", 1])
    sheet.append(["b", 0])
    sheet.sheet_view.showZeros = False
    assert only_table(book) == [["a", "1"], ["b", ""]]


# --- the layout of a sheet


def test_blank_rows_part_tables_and_sheets_follow_each_other(
    book: Workbook, sheet: Worksheet
) -> None:
    for row in (["a", 1], [], ["b", 2]):
        sheet.append(row)
    book.create_sheet("next").append(["c", 3])
    assert [texts(t) for t in saved(book).tables] == [[["a", "1"]], [["b", "2"]], [["c", "3"]]]


def test_lines_around_a_table_are_paragraphs(book: Workbook, sheet: Worksheet) -> None:
    for row in (
        ["某局2021年报"],
        ["项目", "数量"],
        ["规章", 1],
        ["四、结转", None],
        ["五、问题"],
        ["没有。"],
    ):
        sheet.append(row)
    document = saved(book)
    assert [p.text for p in document.paragraphs] == ["某局2021年报", "五、问题", "没有。"]
    assert texts(document.tables[0])[-1] == ["四、结转", ""]


def test_a_heading_between_tables_parts_them(book: Workbook, sheet: Worksheet) -> None:
    for row in (["项目", "数量"], ["规章", 1], ["3、申请情况"], ["申请", "件数"], ["新收", 2]):
        sheet.append(row)
    document = saved(book)
    assert [type(block).__name__ for block in document.blocks] == ["Table", "Paragraph", "Table"]


def test_a_narrow_block_has_no_blank_columns(book: Workbook, sheet: Worksheet) -> None:
    for row in (
        ["项目", "甲", "乙"],
        ["规章", 1, None],
        ["项目", "丙"],
        ["收费", None],
        ["罚款", 2],
    ):
        sheet.append(row)
    [table] = saved(book).tables
    widths = [sum(square is not None for square in row) for row in table.grid]
    assert widths == [3, 3, 2, 2, 2]


# --- whole reports

REPORTS = st.sampled_from(printed_reports())
NOISE = st.builds(
    Noise,
    seed=st.integers(0, 10_000),
    blank_rows=st.booleans(),
    merged_text=st.booleans(),
    text_numbers=st.booleans(),
    formats=st.booleans(),
    own_sheets=st.booleans(),
    shifted=st.booleans(),
)
FORMATS = st.sampled_from([(xlsx_bytes, read_xlsx), (xls_bytes, read_xls)])


@pytest.mark.parametrize(("write", "read"), [(xlsx_bytes, read_xlsx), (xls_bytes, read_xls)])
def test_every_cell_of_every_report_is_read_as_printed(write, read) -> None:  # type: ignore[no-untyped-def]
    for report in printed_reports()[::2]:
        counts = score(report, read(write(report)))
        assert counts["right"] == len(report.cells), report.key


@settings(max_examples=30, deadline=None)
@given(REPORTS, NOISE, FORMATS)
def test_the_layout_of_the_sheet_makes_nothing_wrong(report, noise, both) -> None:  # type: ignore[no-untyped-def]
    write, read = both
    counts = score(report, read(write(report, noise)))
    assert counts["wrong"] == 0
    if noise.blank_rows or noise.own_sheets:
        assert counts["right"] == len(report.cells)


# --- files


def protected() -> bytes:
    book = xlwt.Workbook()
    book.add_sheet("1").write(0, 0, "x")
    out = io.BytesIO()
    book.save(out)
    start = out.getvalue().index(b"\x09\x08\x10\x00")  # BOF of the globals
    filepass = b"\x2f\x00\x02\x00\x00\x00"
    data = bytearray(out.getvalue())
    after = start + 20
    data[after : after + len(filepass)] = filepass
    return bytes(data)


@pytest.mark.parametrize(
    ("read", "data", "code"),
    [
        (read_xlsx, b"PK\x03\x04", "damaged"),
        (read_xls, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "damaged"),
        (read_xls, protected(), "encrypted"),
    ],
)
def test_what_cannot_be_read_says_why(read, data: bytes, code: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ReadError) as raised:
        read(data)
    assert raised.value.code == code


@pytest.mark.parametrize(("write", "read"), [(xlsx_bytes, read_xlsx), (xls_bytes, read_xls)])
def test_damaged_files_end_in_one_kind_of_error(write, read) -> None:  # type: ignore[no-untyped-def]
    rng = random.Random(1)
    whole = write(printed_reports()[3])
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 30)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        del data[rng.choice([len(data), rng.randrange(len(data))]) :]
        with contextlib.suppress(ReadError):
            read(bytes(data))


def test_a_merge_over_the_whole_sheet_costs_nothing(book: Workbook, sheet: Worksheet) -> None:
    sheet.append(["a", "b"])
    sheet.merge_cells("A1:B1")
    out = io.BytesIO()
    book.save(out)
    huge = changed(out.getvalue(), "xl/worksheets/sheet1.xml", b"A1:B1", b"A1:XFD1048576")
    assert [p.text for p in read_xlsx(huge).paragraphs] == ["a"]


@pytest.mark.parametrize(
    "harm", [b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]>", b"<!DOCTYPE x SYSTEM 'file:///etc/hostname'>"]
)
def test_document_types_and_entities_are_refused(harm: bytes) -> None:
    whole = xlsx_bytes(printed_reports()[0])
    data = changed(whole, "xl/workbook.xml", b"<workbook", harm + b"<workbook")
    with pytest.raises(ReadError):
        read_xlsx(data)


def test_a_part_that_unpacks_without_end_is_refused() -> None:
    whole = xlsx_bytes(printed_reports()[0])
    data = changed(whole, "xl/styles.xml", b"</styleSheet>", b" " * 30_000_000 + b"</styleSheet>")
    with pytest.raises(ReadError) as raised:
        read_xlsx(data)
    assert raised.value.code == "over_limit"


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", 8) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(old, new) if name == part else content)
    return out.getvalue()


def test_damage_inside_the_parts_ends_in_one_kind_of_error() -> None:
    rng = random.Random(2)
    whole = xlsx_bytes(printed_reports()[1], Noise(formats=True))
    for _ in range(60):
        with contextlib.suppress(ReadError):
            read_xlsx(with_damaged_part(whole, rng))


def sheets_from_one_part(count: int) -> bytes:
    """A workbook whose every sheet is the same part: two cells in opposite corners of 20 by 20."""
    book = Workbook()
    sheet = book.active
    for square in ("A1", "T1", "A20", "T20", *(f"A{row}" for row in range(2, 20))):
        sheet[square] = 7
    made = io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as source:
        named = re.search(rb"<sheet [^>]*/>", source.read("xl/workbook.xml"))
    assert named
    return changed(made.getvalue(), "xl/workbook.xml", named[0], named[0] * count)


@pytest.mark.parametrize(
    ("module", "limit", "most"),
    [(cells, "MOST_SQUARES", 1_000), (parts, "_MOST_XML_IN_ALL", 30_000)],
    ids=["squares", "bytes of xml"],
)
def test_many_sheets_have_no_more_room_than_one(
    module: ModuleType, limit: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, limit, most)
    assert len(read_xlsx(sheets_from_one_part(2)).tables) == 2
    with pytest.raises(ReadError) as raised:
        read_xlsx(sheets_from_one_part(30))
    assert raised.value.code == "over_limit"


def test_an_old_workbook_of_too_many_records_is_refused_before_it_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = xls_bytes(printed_reports()[0])
    assert read_xls(data).tables
    monkeypatch.setattr(biff, "MOST_RECORDS", 100)
    monkeypatch.setattr("xlrd.open_workbook", None)
    with pytest.raises(ReadError) as raised:
        read_xls(data)
    assert raised.value.code == "over_limit"


def test_a_cell_says_in_which_sheet_and_where_it_stands_hidden_rows_counted() -> None:
    book = openpyxl.Workbook()
    for name in ("Sheet1", "2021 年"):
        sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
        sheet.append(["x", "y"])
        sheet.append(["甲", 1])
        sheet.append(["乙", 2])
    book["Sheet1"].row_dimensions[2].hidden = True
    if "Sheet" in book.sheetnames:
        del book["Sheet"]
    out = io.BytesIO()
    book.save(out)
    first, second = read_xlsx(out.getvalue()).tables
    assert [cell.where for cell in first.cells][-2:] == ["Sheet1!A3", "Sheet1!B3"]
    assert second.cells[3].where == "'2021 年'!B2"


# --- rows that look like what they are not


def test_a_blank_at_the_end_of_a_row_of_words_is_a_cell(book: Workbook, sheet: Worksheet) -> None:
    sheet.append(["统计指标", "单位", "统计数"])
    sheet.append(["规章", "件", 3])
    sheet.append(["公报", "条"])
    sheet.append(["（一）网站", "条"])
    sheet.append(["微博", "条", 5])
    assert only_table(book)[2:4] == [["公报", "条", ""], ["（一）网站", "条", ""]]


def test_a_table_under_a_heading_and_a_merged_caption_is_not_the_one_above(
    book: Workbook, sheet: Worksheet
) -> None:
    for row in (["信息内容", "数量"], ["规章", 3], ["三、收到申请"], ["统计表"]):
        sheet.append(row)
    sheet.merge_cells("A4:C4")
    sheet.append(["内容", "自然人", "总计"])
    sheet.append(["一、新收", 1, 1])
    document = saved(book)
    assert [p.text for p in document.paragraphs] == ["三、收到申请"]
    assert [texts(table)[0][0] for table in document.tables] == ["信息内容", "统计表"]
