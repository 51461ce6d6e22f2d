"""What an office writes: letters on what was published, and drafts against what became of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from nianbao.errors import ConfigurationError, VerdictError
from nianbao.model import Finding
from nianbao.pipeline import expectation_reports
from nianbao.pipeline.drafts import compare_drafts
from nianbao.pipeline.letters import Wanted, parse_day, write_letters
from nianbao.pipeline.verdicts import set_state, spoken
from nianbao.settings import Settings
from support.installation import Installation, installed
from support.loop import WRONG, few_rules, report, the_key

PLAIN = ("1", "0", "0", "0", "0", "0", "1")
CHANGED = ("1", "0", "0", "0", "0", "0", "9")
BLANK = ("1", "0", "", "0", "0", "0", "1")
SECRET = "草稿密"
AGENCY = "肥城市教育局"
PLACE = "370983"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A wrong report of one body, and drafts of six: four published since, one never, one before."""
    installation = installed(tmp_path_factory.mktemp("office") / "home")

    def drafted(name: str, number: int, *numbers: str) -> None:
        draft = report(*numbers, organisation=name, title=SECRET)
        draft = replace(draft, findings=(Finding("unknown_label", "info", SECRET),))
        installation.harvest([draft], portal="p/drafts", url=f"file:///inbox/{name}{number}.docx")

    drafted("第一局", 1, *PLAIN)
    drafted("第二局", 1, *CHANGED)
    drafted("第三局", 1, *CHANGED)
    drafted("第三局", 2, *PLAIN)
    drafted("第四局", 1, *BLANK)
    drafted("第五局", 1, *PLAIN)
    installation.harvest([report(*PLAIN, organisation="第六局")])
    drafted("第六局", 1, *PLAIN)
    installation.harvest([report(*WRONG, organisation=AGENCY)])
    public = [
        report(*PLAIN, organisation=name) for name in ("第一局", "第二局", "第三局", "第四局")
    ]
    installation.harvest(public)
    with few_rules():
        installation.publish()
        yield installation


@pytest.fixture(scope="module")
def found(published: Installation) -> dict[str, dict[str, Any]]:
    rows = compare_drafts(published.settings, out=published.settings.home / "out" / "drafts.xlsx")
    return {row["organisation"]: row for row in rows}


def cells(row: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    keys = ("code", "draft", "published", "change")
    return [tuple(cell[key] for key in keys) for cell in row["differences"]]


def test_a_draft_that_was_published_as_it_was_is_equal(found: dict[str, dict[str, Any]]) -> None:
    row = found["第一局"]
    assert (row["state"], row["differs"], row["differences"]) == ("equal", False, [])


def test_a_changed_cell_is_told_with_both_numbers(found: dict[str, dict[str, Any]]) -> None:
    assert (found["第二局"]["state"], found["第二局"]["differs"]) == ("differs", True)
    assert cells(found["第二局"]) == [("applications.received.total", "9", "1", "number")]
    assert found["第二局"]["differences"][0]["row"].startswith("一、")


def test_of_several_drafts_the_last_counts(found: dict[str, dict[str, Any]]) -> None:
    row = found["第三局"]
    assert (row["state"], row["drafts"]) == ("equal", 2)
    assert row["draft_url"].endswith("第三局2.docx")


def test_a_blank_and_a_zero_are_not_the_same(found: dict[str, dict[str, Any]]) -> None:
    code = "applications.received.research"
    assert cells(found["第四局"]) == [(code, "（空白）", "0", "blank_to_zero")]


def test_a_draft_without_a_published_report_is_told_and_no_difference(
    found: dict[str, dict[str, Any]],
) -> None:
    row = found["第五局"]
    assert (row["state"], row["differs"], row["published_url"]) == ("not_published", False, None)


def test_a_report_that_was_there_before_the_draft_is_told(
    found: dict[str, dict[str, Any]],
) -> None:
    assert "之前已经采集到" in found["第六局"]["told"]
    assert found["第一局"]["told"] is None


def test_one_agency_and_year_are_chosen_whether_published_or_not(published: Installation) -> None:
    [row] = compare_drafts(published.settings, "第五局", 2021)
    assert row["organisation"] == "第五局"
    with pytest.raises(ConfigurationError, match="no draft of this agency"):
        compare_drafts(published.settings, "第二局", 2020)


def test_the_workbook_is_the_officers_alone_and_the_published_file_knows_nothing(
    published: Installation, found: dict[str, dict[str, Any]]
) -> None:
    book = published.settings.home / "out" / "drafts.xlsx"
    assert len(found) == 6
    assert book.stat().st_mode & 0o077 == 0
    sheet = openpyxl.load_workbook(book).worksheets[1]
    values = [[cell.value for cell in row][6:8] for row in sheet.iter_rows(min_row=2)]
    assert values == [["9", "1"], ["（空白）", "0"]]
    kept = [path for path in published.root.rglob("*") if path.is_file()]
    assert not [path for path in kept if SECRET.encode() in path.read_bytes()]
    assert published.query(
        "SELECT count(*) FROM check_results WHERE rule_id = 'draft_changed'"
    ) == [(0,)]


@pytest.fixture
def settings(published: Installation, tmp_path: Path) -> Settings:
    url = f"sqlite:///{tmp_path}/v.sqlite"
    return published.settings.model_copy(update={"verdicts_url": url})


def returned(settings: Settings, published: Installation) -> None:
    said = spoken("returned", "李四", "2026-03-05", responsible="一科")
    set_state(settings, the_key(published), said)


def test_what_was_sent_back_is_in_the_letter_of_its_agency(
    settings: Settings, published: Installation, tmp_path: Path
) -> None:
    [nothing] = write_letters(settings, Wanted(agency=AGENCY), tmp_path)
    assert (nothing["path"], nothing["findings"]) == (None, 0)
    returned(settings, published)
    wanted = Wanted(agency=AGENCY, year=2021, issued_on=date(2026, 2, 1))
    [made] = write_letters(settings, wanted, tmp_path)
    path = tmp_path / f"整改通知单_{AGENCY}.docx"
    assert (made["path"], made["findings"]) == (str(path), 1)
    row = [cell.text for cell in Document(BytesIO(path.read_bytes())).tables[0].rows[2].cells]
    assert row[0] == "1"
    assert "填报 3，应为 1" in row[3]
    assert row[6:] == ["一科", "2026年3月5日"]
    [again] = write_letters(settings, wanted, tmp_path)  # the same bytes: nothing is lost
    path.write_bytes(b"filled in")
    with pytest.raises(VerdictError, match="differs"):
        list(write_letters(settings, wanted, tmp_path))
    assert (again, path.read_bytes()) == (made, b"filled in")


def test_a_place_gets_its_letters_and_the_table_twice(
    settings: Settings, published: Installation, tmp_path: Path
) -> None:
    returned(settings, published)
    letter, circular, table = write_letters(settings, Wanted(place=PLACE, year=2021), tmp_path)
    assert [Path(one["path"]).name for one in (letter, circular, table)] == [
        f"整改通知单_{AGENCY}.docx",
        "通报_肥城市_2021年度.docx",
        "通报_肥城市_2021年度.xlsx",
    ]
    sheet = openpyxl.load_workbook(table["path"]).worksheets[0]
    heads, first = ([cell.value for cell in row] for row in list(sheet.iter_rows())[:2])
    row = dict(zip(heads, first, strict=True))
    # On no roster: nobody can say that it was due; seen long after the day, with no date on it.
    assert (row["单位"], row["应公布"], row["日期不明"], row["缺失"]) == (AGENCY, None, 1, 0)
    assert (row["有错误"], row["已退回（项）"], row["已更正（项）"]) == (1, 1, 0)


def test_an_error_that_was_a_false_alarm_is_none_in_the_table(
    settings: Settings, published: Installation, tmp_path: Path
) -> None:
    set_state(settings, the_key(published), spoken("false_alarm", "李四", reason="误读"))
    *_, table = write_letters(settings, Wanted(place=PLACE, year=2021), tmp_path)
    [heads, first, *_] = openpyxl.load_workbook(table["path"]).worksheets[0].iter_rows()
    row = dict(zip([c.value for c in heads], [c.value for c in first], strict=True))
    assert (row["有错误"], row["已退回（项）"]) == (0, 0)


def test_what_cannot_be_meant_is_refused(settings: Settings) -> None:
    with pytest.raises(ConfigurationError, match="one --agency"):
        Wanted()
    with pytest.raises(ConfigurationError, match="no such state"):
        Wanted(agency="a", states=("perhaps",))
    with pytest.raises(ConfigurationError, match="not a date"):
        parse_day("soon")


def test_the_checks_of_one_place_are_not_compared_and_say_so(
    published: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expectation_reports, "drift_against", None)  # a call would fail
    limited = published.settings.model_copy(update={"report_copies": 0})
    made = expectation_reports.check_report(limited, tmp_path / "site", place=PLACE)
    start = (tmp_path / "site" / "zh" / "index.html").read_text("utf-8")
    assert "一个地区的报告不作比较" in start
    assert "第一个版本" not in start
    assert made["copies"] is False


@pytest.mark.parametrize(
    ("limit", "place", "asked", "copies"),
    [
        (0, "", None, False),
        (1, "", None, True),
        (0, "620123", None, True),
        (0, PLACE, None, False),
        (0, "", True, True),
        (1, "", False, False),
    ],
)
def test_copies_by_hand_keep_to_the_limit_unless_they_are_asked_for(
    published: Installation, monkeypatch: pytest.MonkeyPatch,
    limit: int, place: str, asked: bool | None, copies: bool,
) -> None:  # fmt: skip
    """One document fails; it is of the place."""
    told: dict[str, Any] = {}

    def write(*_: Any, **wanted: Any) -> int:
        told.update(wanted)
        return 0

    monkeypatch.setattr(expectation_reports, "_write", write)
    limited = published.settings.model_copy(update={"report_copies": limit})
    expectation_reports.check_report(limited, Path("site"), place=place, copies=asked)
    assert told["copies"] is copies
