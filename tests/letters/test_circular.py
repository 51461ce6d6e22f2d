"""The 通报: what is counted, what is never added together, and what stays unknown."""

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from nianbao.export.neutral import neutralised
from nianbao.letters.circular import circular, groups, remark, write_table
from nianbao.letters.notice import Heading

HEADING = Heading("v1", datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2))  # noqa: DTZ001
STATES = ("on_time", "late", "absent", "date_unknown", "not_seen")


def body(name: str, status: str, **changes: Any) -> dict[str, Any]:
    has_report = status in {"on_time", "late", "date_unknown"}
    facts = {
        "org_id": name, "organisation": name, "scope": "agency", "level": "county", "listed": True,
        "due": int(status != "not_due"), **{state: int(state == status) for state in STATES},
        "with_errors": 0 if has_report else None, "with_warnings": 0 if has_report else None,
        "returned": 0, "corrected": 0, "has_report": has_report, "status": status, "reason": None,
        "published_on": None, "deadline": date(2026, 1, 31), "days_late": None,
        "as_of": date(2026, 2, 20),
    }  # fmt: skip
    return {**facts, **changes}


ROWS = [
    body("某县人民政府", "on_time", scope="area", with_errors=1),
    body("某县人民政府", "on_time", scope="own_level"),
    body("=某县教育局", "absent"),
    body("某县财政局", "not_seen", reason="blocked"),
    body(
        "某县民政局", "late", returned=2, with_errors=1, published_on=date(2026, 2, 3), days_late=3
    ),
    body("某市商务局", "on_time", level="prefecture"),
    body("某县协会", "on_time", listed=False, due=None, corrected=1),
]


def test_scopes_levels_and_the_unlisted_have_sums_of_their_own() -> None:
    found = [(group.name, group.sums["due"], group.sums["on_time"]) for group in groups(ROWS)]
    assert found == [
        ("全区域·县级（在册）", 1, 1),
        ("本级·县级（在册）", 1, 1),
        ("单个机关·县级（在册）", 3, 0),
        ("单个机关·市级（在册）", 1, 1),
        ("单个机关·县级（名册之外）", None, 1),
    ]


def test_absent_and_not_seen_are_two_things() -> None:
    [_, _, county, *_] = groups(ROWS)
    assert (county.sums["absent"], county.sums["not_seen"]) == (1, 1)
    assert remark(ROWS[3]) == "网站拒绝访问"
    assert "迟 3 天" in remark(ROWS[4])


def test_a_report_that_nobody_checked_makes_the_sum_unknown_and_no_report_does_not() -> None:
    [_, _, county, *_] = groups(ROWS)
    assert county.sums["with_errors"] == 1
    unchecked = [*ROWS[2:5], body("某县司法局", "on_time", with_errors=None)]
    [group] = groups(unchecked)
    assert (group.sums["with_errors"], group.sums["on_time"]) == (None, 1)


@pytest.mark.parametrize(("year", "basis"), [(2025, "《条例》第四十九条"), (2017, "第三十一条")])
def test_the_letter_has_every_body_and_its_basis(year: int, basis: str) -> None:
    pages = Document(BytesIO(circular("某县", year, ROWS, HEADING)))
    text = "\n".join(line.text for line in pages.paragraphs)
    assert f"关于某县{year}年度" in text
    assert basis in text
    assert "截至2026年2月20日" in text
    lines = [[cell.text for cell in row.cells] for row in pages.tables[0].rows]
    [absent] = [line for line in lines if line[1] == "=某县教育局"]
    assert absent[2:12] == ["1", "0", "0", "1", "0", "0", "—", "—", "0", "0"]


def test_the_workbook_has_numbers_gaps_and_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    for _ in range(2):
        before = path.read_bytes() if path.exists() else b""
        write_table(path, "通报", ROWS, HEADING, neutralised)
    assert path.read_bytes() == before
    sheet = openpyxl.load_workbook(path).worksheets[0]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    [absent] = [line for line in lines if line[2] == "'=某县教育局"]
    assert absent[3:13] == [1, 0, 0, 1, 0, 0, None, None, 0, 0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
