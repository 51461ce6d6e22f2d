"""The lists of the day after a deadline, and the alarm that they are."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from nianbao.errors import NotYetError
from nianbao.pipeline.watching.deadlines import (
    Standing,
    deadline_before,
    standing_at,
    write_lists,
)
from nianbao.settings import Settings


def row(organisation: str, status: str, **changes: object) -> dict:
    facts = dict.fromkeys(
        ["province", "prefecture", "county", "published_on", "days_late", "reason", "checked_on"]
    )
    return {
        **facts,
        "org_id": organisation,
        "organisation": organisation,
        "status": status,
        "state": {"absent": "未公布", "late": "迟公布", "not_seen": "暂不能判断"}[status],
        "report_year": 2025,
        "scope": "单个机关",
        "deadline": date(2026, 1, 31),
        "portal_id": "henan/site",
        "obliged_by": "record",
        "basis": "Article 49",
        "report_id": None,
        "as_of": date(2026, 2, 1),
        **changes,
    }


@pytest.fixture
def standing() -> Standing:
    rows = (
        row("=某市教育局", "absent", province="河南省"),
        row("某市民政局", "late", published_on=date(2026, 2, 1), days_late=1),
        row("某市财政局", "not_seen", reason="blocked"),
    )
    return Standing(date(2026, 1, 31), date(2026, 2, 1), "v", rows)


@pytest.mark.parametrize(
    ("day", "deadline"),
    [
        (date(2026, 1, 31), date(2025, 3, 31)),
        (date(2026, 2, 1), date(2026, 1, 31)),
        (date(2026, 3, 31), date(2026, 1, 31)),
        (date(2026, 4, 1), date(2026, 3, 31)),
        (date(2026, 12, 31), date(2026, 3, 31)),
    ],
)
def test_the_deadline_is_the_last_that_is_over(day: date, deadline: date) -> None:
    assert deadline_before(day) == deadline


def test_the_alarm_names_the_absent_and_only_counts_those_that_nobody_could_see(
    standing: Standing,
) -> None:
    told = standing.summary()
    assert told["absent"] == ["=某市教育局（河南省，单个机关）"]
    assert told["late"] == ["某市民政局（—，单个机关），迟 1 天"]
    assert told["unreadable"] == 1
    assert "财政局" not in str(told)


def test_the_lists_are_the_same_twice_and_run_no_formula(
    standing: Standing, tmp_path: Path
) -> None:
    first = [path.read_bytes() for path in write_lists(standing, tmp_path)]
    table, book = write_lists(standing, tmp_path)
    assert [table.read_bytes(), book.read_bytes()] == first
    assert "\n'=某市教育局,未公布,absent,河南省" in table.read_text("utf-8-sig")
    sheets = openpyxl.load_workbook(book)
    names = {sheet.title: [cell.value for cell in sheet["A"]][2:] for sheet in sheets}
    assert names == {
        "未公布 Absent": ["=某市教育局"],
        "迟公布 Late": ["某市民政局"],
        "暂不能判断 Not seen": ["某市财政局"],
    }
    assert sheets["未公布 Absent"]["A3"].data_type == "s"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_list_that_waits_for_a_harvest_says_so_in_its_name_and_in_each_row(
    standing: Standing, tmp_path: Path
) -> None:
    assert standing.waiting == 0  # a block will not go away by waiting
    awaited = row("某市司法局", "not_seen", reason="not_harvested_since_deadline")
    early = Standing(standing.deadline, standing.as_of, "v", (*standing.rows, awaited))
    assert early.summary()["preliminary"] == 1
    table, book = write_lists(early, tmp_path)
    assert table.stem == book.stem == "2025-0131-as-of-2026-02-01-preliminary"
    lines = table.read_text("utf-8-sig").splitlines()[1:]
    assert len(lines) == 4
    assert all("初步 preliminary" in line for line in lines)
    [whole, _] = write_lists(standing, tmp_path)
    assert "初步" not in whole.read_text("utf-8-sig")


def test_before_anything_is_published_the_question_comes_too_early(tmp_path: Path) -> None:
    with pytest.raises(NotYetError, match="nothing is published"):
        standing_at(Settings(home=tmp_path), date(2026, 2, 1))
