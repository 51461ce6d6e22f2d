"""The workbook of a place or agency, read back by other programs than the one that wrote it."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from nianbao.export.run import Order, export
from nianbao.export.source import Published
from support.export_world import HOSTILE_TITLE, IDENTITY, MOBILE, OFFICE, PLACE

SHEETS = [
    "说明 Notes",
    "年报 Reports",
    "表二 Proactive",
    "表三 Applications",
    "表四 Reviews",
    "2014格式 Statistics",
    "序列 Series",
    "核验 Checks failed",
    "来源 Sources",
]


@pytest.fixture(scope="module")
def path(source: Published, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workbook") / "out"
    export(source, Order.of(("xlsx",), agency=OFFICE), folder)
    [found] = folder.glob("*.xlsx")
    return found


@pytest.fixture(scope="module")
def book(path: Path) -> Iterator[Any]:
    book = openpyxl.load_workbook(path)
    yield book
    book.close()


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(values_only=True))


def line(sheet: Any, label: str) -> tuple[Any, ...]:
    return next(row for row in rows(sheet) if str(row[0]).strip("　") == label)


def test_it_has_its_sheets(book: Any) -> None:
    assert book.sheetnames == SHEETS


def test_years_stand_side_by_side_as_the_form_prints_them(book: Any) -> None:
    sheet = book["表三 Applications"]
    heads = rows(sheet)[1:4]
    assert [value for value in heads[0] if value] == ["2021", "2022"]
    assert heads[1][2:9] == heads[1][9:16]
    assert heads[1][2] == "自然人"
    assert heads[2][2] == "Natural persons"


def test_a_number_a_blank_a_dash_and_an_absent_row_are_told_apart(book: Any) -> None:
    sheet = book["表三 Applications"]
    assert line(sheet, "一、本年新收政府信息公开申请数量")[8] == 11
    assert line(sheet, "二、上年结转政府信息公开申请数量")[8] is None
    assert line(sheet, "（一）予以公开")[8] == "—"
    assert line(sheet, "（七）总计")[8] == "无此行"


def test_a_formula_is_a_text(book: Any) -> None:
    sheet = book["年报 Reports"]
    cell = sheet.cell(row=3, column=5)
    assert (cell.value, cell.data_type) == (HOSTILE_TITLE, "s")
    assert cell.quotePrefix
    everything = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in everything)


def test_sources_are_links(book: Any) -> None:
    links = [row[3].hyperlink.target for row in book["来源 Sources"].iter_rows(min_row=3)]
    assert links == ["http://x/older", "http://x/hostile"]


def test_the_series_has_the_years(book: Any) -> None:
    assert [row[1:4] for row in rows(book["序列 Series"])[2:]] == [
        (2021, "agency", 11),
        (2022, "agency", 11),
    ]


def test_personal_data_is_not_in_it(book: Any) -> None:
    text = " ".join(str(value) for sheet in book for row in rows(sheet) for value in row)
    assert MOBILE not in text
    assert IDENTITY not in text


def test_failed_checks_name_rule_and_place(source: Published, tmp_path: Path) -> None:
    import duckdb

    with duckdb.connect(str(source.path), read_only=True) as con:
        org_id, expected = con.execute(
            "SELECT org_id, count(*) FROM check_results JOIN reports USING (report_id) "
            "GROUP BY ALL ORDER BY 2 DESC, 1 LIMIT 1"
        ).fetchone()
    export(source, Order.of(("xlsx",), agency=org_id), tmp_path / "out")
    [path] = (tmp_path / "out").glob("*.xlsx")
    found = rows(openpyxl.load_workbook(path)["核验 Checks failed"])[2:]
    assert len(found) == expected
    assert all(row[4] and row[12] for row in found)


def test_the_notes_say_what_it_is(book: Any, source: Published) -> None:
    text = " ".join(str(value) for row in rows(book["说明 Notes"]) for value in row)
    assert all(part in text for part in (source.version, "空白不是零", "CC BY 4.0", OFFICE))


def test_a_place_has_all_its_organisations(source: Published, tmp_path: Path) -> None:
    export(source, Order.of(("xlsx",), place="620000"), tmp_path / "out")
    [path] = (tmp_path / "out").glob("*.xlsx")
    found = rows(openpyxl.load_workbook(path)["年报 Reports"])[2:]
    assert {row[0] for row in found} == {PLACE.name}


def _calc() -> str | None:
    """The office program, where it has its spreadsheets installed."""
    program = shutil.which("soffice")
    folder = Path(program).resolve().parent if program else Path()
    return program if program and (folder / "libsclo.so").exists() else None


@pytest.mark.skipif(_calc() is None, reason="LibreOffice Calc is not installed")
def test_it_opens_in_libreoffice(path: Path, tmp_path: Path) -> None:
    subprocess.run(
        [
            str(_calc()),
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(tmp_path / "out"),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    book = openpyxl.load_workbook(tmp_path / "out" / path.name)
    assert book.sheetnames == SHEETS
    assert line(book["表三 Applications"], "一、本年新收政府信息公开申请数量")[8] == 11
    assert book["年报 Reports"].cell(row=3, column=5).value == HOSTILE_TITLE
