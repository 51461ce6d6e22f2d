"""The five founding reports, cell for cell as a person read them."""

import json
from pathlib import Path
from typing import Any

import pytest

from nianbao.documents import read_document
from nianbao.model import Report
from nianbao.pipeline.files import report_json
from nianbao.reports import recognise

NUMBERS = ["000", "001", "002", "003", "004"]
pytestmark = pytest.mark.seeds


@pytest.fixture(params=NUMBERS)
def seed(request: pytest.FixtureRequest, seeds: Path) -> tuple[Report, dict[str, Any]]:
    [text] = seeds.glob(f"{request.param}_*.txt")
    expected = json.loads(text.with_suffix(".expected.json").read_text("utf-8"))
    [report] = recognise(read_document(text.read_bytes()))
    return report, expected


def test_every_cell_is_as_printed(seed: tuple[Report, dict[str, Any]]) -> None:
    report, expected = seed
    cells = report_json(report)["cells"]
    keys = ("raw", "kind", "value", "unit")
    read = {
        code: {key: cell[key] for key in keys if key in cell}
        for code, cell in cells.items()
        if cell["kind"] != "missing"
    }
    assert read == expected["cells"]


def test_absent_rows_are_missing_and_not_zero(seed: tuple[Report, dict[str, Any]]) -> None:
    report, expected = seed
    absent = {cell.code: cell.value for cell in report.cells if cell.code not in expected["cells"]}
    assert set(absent.values()) <= {None}


def test_organisation_year_and_form(seed: tuple[Report, dict[str, Any]]) -> None:
    report, expected = seed
    assert (report.organisation, report.report_year, report.form) == (
        expected["organisation"],
        expected["report_year"],
        expected["form"],
    )


def test_every_number_has_its_place(seed: tuple[Report, dict[str, Any]]) -> None:
    report, _ = seed
    assert all(cell.location for cell in report.cells if cell.kind != "missing")


@pytest.mark.parametrize(
    ("number", "codes"),
    [
        ("000", ["section_missing"]),
        ("001", ["label_variant", "ordinal_variant"]),
        ("002", ["ordinal_variant"]),
        ("003", ["missing_row"]),
        ("004", ["label_variant", "ordinal_variant", "ordinal_variant"]),
    ],
)
def test_what_was_noticed(number: str, codes: list[str], seeds: Path) -> None:
    [text] = seeds.glob(f"{number}_*.txt")
    [report] = recognise(read_document(text.read_bytes()))
    assert [finding.code for finding in report.findings] == codes


def test_a_heading_under_another_title_is_kept_as_a_section(seeds: Path) -> None:
    [text] = seeds.glob("000_*.txt")
    [report] = recognise(read_document(text.read_bytes()))
    last = report.sections[-1]
    assert (last.number, last.code, last.title) == (6, None, "六、下一步工作计划")
