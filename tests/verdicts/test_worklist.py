"""The work-list as people get it, and as it comes back from them and from their programs."""

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from nianbao.errors import VerdictError
from nianbao.export.neutral import neutralised
from nianbao.verdicts.intake import Intake, RowResult, row_results
from nianbao.verdicts.model import Event, Item
from nianbao.verdicts.states import choices
from nianbao.verdicts.worklist.dates import day_of
from nianbao.verdicts.worklist.read import FilledList, read_worklist
from nianbao.verdicts.worklist.rows import list_row
from nianbao.verdicts.worklist.write import Heading, write_worklist
from support.loop import fill_in
from support.verdicts import START, event, item

HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x","y")', "\uff1d1")
FOUND = {
    "organisation": "某局", "scope": "agency", "severity": "error", "title_zh": "逐行求和",
    "message_zh": "填报 3，应为 1", "quote": None, "blame": "publisher", "blame_zh": "没有疑问",
    "advice_zh": "请核对", "source_url": "http://x/1", "sha256": "ab" * 32, "report_year": 2021,
}  # fmt: skip
HEADING = Heading("某县 & 某市", "v1", START)


def items(count: int = 4) -> list[Item]:
    return [item(item_key=f"{number:016x}") for number in range(1, count + 1)]


def written(path: Path, found: Sequence[Mapping[str, Any]] = (), last: Event | None = None) -> Path:
    """Write a list of four items; `found` are words of the first ones."""
    texts = [*found, *[FOUND] * (4 - len(found))]
    rows = [
        list_row(number, {**FOUND, **words}, one, last, "list-1", neutralised)
        for number, (words, one) in enumerate(zip(texts, items(len(texts)), strict=True), start=1)
    ]
    write_worklist(path, rows, HEADING)
    return path


def results(
    filled: FilledList, *events: Event, known: Sequence[Item] = (), who: str = "李四"
) -> list[RowResult]:
    by_key = {one.item_key: one for one in known or items()}
    of_items: dict[str, list[Event]] = {}
    for one in events:
        of_items.setdefault(one.item_key, []).append(one)
    return list(row_results(filled.rows, Intake(by_key, of_items, who, START, "list.xlsx")))


def outcomes(filled: FilledList, *events: Event, **known: Any) -> list[str]:
    return [result.outcome for result in results(filled, *events, **known)]


def filled_in(tmp_path: Path, rows: Mapping[int, Mapping[str, Any]]) -> FilledList:
    fill_in(written(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", rows)
    return read_worklist(tmp_path / "b.xlsx")


def test_nothing_in_a_list_is_a_formula(tmp_path: Path) -> None:
    texts = [
        dict.fromkeys(("organisation", "message_zh", "quote", "advice_zh", "source_url"), text)
        for text in HOSTILE
    ]
    last = event("returned", responsible=HOSTILE[0], remark=HOSTILE[3])
    path = written(tmp_path / "a.xlsx", texts, last)
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert not [cell for cell in cells if cell.data_type == "f"]
    dangerous = ("=", "+", "-", "@", "\t", "\r", "\uff1d")
    assert not [
        c.value for c in cells if isinstance(c.value, str) and c.value.startswith(dangerous)
    ]


def test_personal_data_is_masked(tmp_path: Path) -> None:
    told = {"message_zh": "电话13812345678", "quote": "申请人王小明提出申请"}
    last = event("returned", remark="家住某村12号")
    path = written(tmp_path / "a.xlsx", [told], last)
    text = str([[cell.value for cell in row] for row in openpyxl.load_workbook(path).worksheets[0]])
    assert not [words for words in ("13812345678", "王小明", "某村12号") if words in text]
    assert "138" in text
    assert "申请人王**提出申请" in text


def test_a_list_tells_the_name_of_a_file_handed_in_and_not_its_folder() -> None:
    found = {**FOUND, "source_url": "s3://inbox/2021/年报.docx"}
    row = list_row(1, found, item(), None, "list-1", neutralised)
    assert row["source_url"] == "年报.docx"


def test_a_list_is_a_form(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(tmp_path / "a.xlsx")).worksheets[0]
    heads = {cell.value: cell for cell in sheet[1]}
    key = heads["编号（勿改）"].column_letter
    [offered] = [v for v in sheet.data_validations.dataValidation if v.type == "list"]
    assert offered.formula1 == f'"{",".join(choices())}"'
    assert offered.sqref.__contains__(f"{heads['处理意见'].column_letter}2")
    assert (sheet.freeze_panes, sheet.auto_filter.ref is not None) == ("D2", True)
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.protection.sheet
    assert sheet.column_dimensions[key].hidden
    locked = {head for head in heads if sheet.cell(2, heads[head].column).protection.locked}
    assert locked == {"编号（勿改）", "单元格校验（勿改）", "步次（勿改）", "清单号（勿改）"}


def test_a_list_that_somebody_may_have_filled_in_is_not_written_over(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx")
    with pytest.raises(VerdictError, match="there already"):
        written(path)
    with pytest.raises(VerdictError, match="xlsx"):
        written(tmp_path / "a.csv")
    assert [one.name for one in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_list_as_it_was_written_says_nothing(tmp_path: Path) -> None:
    assert outcomes(read_worklist(written(tmp_path / "a.xlsx"))) == ["empty"] * 4


def test_one_bad_row_does_not_stop_the_others(tmp_path: Path) -> None:
    found = results(
        filled_in(
            tmp_path,
            {
                2: {"处理意见": "已退回", "责任单位": "一科", "期限": "2026年3月5日"},
                3: {"处理意见": "同意"},
                4: {"处理意见": "误报"},
                5: {"处理意见": "情况属实", "备注": "有文件为证"},
            },
        )
    )
    assert [result.outcome for result in found] == ["recorded", "refused", "refused", "recorded"]
    assert "未知的处理意见“同意”" in found[1].told
    assert "写明原因" in found[2].told
    first = found[0].event
    assert first is not None
    assert (first.state, first.responsible, first.due_on) == ("returned", "一科", date(2026, 3, 5))


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"处理意见": "误报", "备注": "=1+1"}, "“备注”含有公式"),
        ({"处理意见": '=HYPERLINK("http://x")'}, "“处理意见”含有公式"),
        ({"处理意见": "已退回", "编号（勿改）": '=A1&""'}, "含有公式"),
        ({"处理意见": "已退回", "期限": "下周"}, "不是日期"),
        ({"处理意见": "已退回", "编号（勿改）": "x"}, "没有编号为 x 的问题"),
        ({"处理意见": "已退回", "编号（勿改）": None}, "缺少隐藏列中的编号"),
        ({"处理意见": "已退回", "单元格校验（勿改）": "0" * 16}, "单元格已变"),
        ({"处理意见": "已退回", "机关": "另一局"}, "只排序了部分列"),
        ({"处理意见": "已退回", "备注": "长" * 2001}, "超过 2000 字"),
        ({"期限": "2026-13-01"}, "不是日期"),
    ],
)
def test_what_is_refused_is_told_in_one_line(
    tmp_path: Path, cells: dict[str, Any], words: str
) -> None:
    [found, *others] = results(filled_in(tmp_path, {2: cells}))
    assert found.outcome == "refused"
    assert (words in found.told, len(found.told.splitlines())) == (True, 1)
    assert {other.outcome for other in others} == {"empty"}


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx")
    fill_in(path, path, {2: {"处理意见": "误报", "备注": "=1+1"}})
    book = openpyxl.load_workbook(path)
    column = next(cell.column for cell in book.worksheets[0][1] if cell.value == "备注")
    book.worksheets[0].cell(2, column).data_type = "s"  # as with an apostrophe before it
    book.save(path)
    [found, *_] = results(read_worklist(path))
    assert found.event is not None
    assert found.event.remark == "=1+1"


@pytest.mark.parametrize(
    "value",
    [
        date(2026, 3, 5),
        datetime(2026, 3, 5),  # noqa: DTZ001 - a spreadsheet's dates have no zone
        "2026-03-05",
        "2026/3/5",
        "2026.3.5",
        "2026年3月5日",
        " 2026 年 3 月 5 日 ",
        "２０２６年３月５号",
        "20260305",
        20260305,
        "2026-03-05 00:00:00",
    ],
)
def test_a_deadline_is_a_day_however_it_is_written(value: Any) -> None:
    assert day_of(value) == date(2026, 3, 5)


@pytest.mark.parametrize(
    "value", ["3月5日", "2026-02-30", "1026-03-05", "26-3-5", "", None, 3.5, True, 46086]
)
def test_what_is_no_day_is_none(value: Any) -> None:
    assert day_of(value) is None


def test_columns_may_move_rows_may_go_and_the_sheet_may_have_another_name(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(tmp_path / "a.xlsx"))
    sheet, other = book.worksheets[0], book.create_sheet("我的表", 0)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    order = sorted(range(len(rows[0])), key=lambda place: str(rows[0][place]))
    heads = rows[0]
    rows[3][heads.index("处理意见")], rows[4][heads.index("备注")] = "退回", "待查"
    other.append(["第一行是别的话"])
    for row in (rows[0], rows[4], [None] * len(heads), rows[3], rows[1]):  # one gone, others turned
        other.append([row[place] for place in order])
    book.remove(sheet)
    book.worksheets[-1].title = "别的说明"
    book.worksheets[-1]["B5"] = " 王五 "
    book.save(tmp_path / "b.xlsx")
    filled = read_worklist(tmp_path / "b.xlsx")
    found = results(filled)
    assert [(one.number, one.outcome) for one in found] == [
        (3, "recorded"),
        (5, "recorded"),
        (6, "empty"),
    ]
    assert [one.event.state for one in found if one.event] == ["open", "returned"]
    assert filled.reviewer == "王五"


def test_a_list_that_is_read_twice_says_nothing_new(tmp_path: Path) -> None:
    filled = filled_in(tmp_path, {2: {"处理意见": "已退回"}, 3: {"备注": "待查"}})
    said = [one.event for one in results(filled) if one.event]
    assert outcomes(filled, *said) == ["unchanged", "unchanged", "empty", "empty"]
    # Nor after a build has decided something since: the cells have changed.
    since = [replace(one, step=2, state="open", automatic=True, list_id=None) for one in said]
    changed = [replace(one, judged=replace(one.judged, observed="9")) for one in items()]
    assert outcomes(filled, *said, *since, known=changed)[:2] == ["unchanged", "unchanged"]


def test_the_same_list_filled_in_further_is_taken_in_again(tmp_path: Path) -> None:
    first = [
        one.event for one in results(filled_in(tmp_path, {2: {"处理意见": "已退回"}})) if one.event
    ]
    fill_in(tmp_path / "b.xlsx", tmp_path / "c.xlsx", {2: {"处理意见": "误报", "备注": "误读"}})
    [further, *_] = results(read_worklist(tmp_path / "c.xlsx"), *first)
    assert further.event is not None
    assert (further.event.state, further.event.step) == ("false_alarm", 2)


def test_a_list_does_not_undo_what_was_decided_since(tmp_path: Path) -> None:
    elsewhere = replace(event("confirmed"), item_key=items()[0].item_key)
    [found, *_] = results(filled_in(tmp_path, {2: {"处理意见": "已退回"}}), elsewhere)
    assert found.told.startswith("清单生成后已由 李四 处理为情况属实")


def test_one_list_filled_in_by_two_people_is_a_conflict(tmp_path: Path) -> None:
    said = {2: {"处理意见": "已退回"}}
    first = [one.event for one in results(filled_in(tmp_path, said), who="张三") if one.event]
    fill_in(tmp_path / "a.xlsx", tmp_path / "c.xlsx", {2: {"处理意见": "误报", "备注": "误读"}})
    [found, *_] = results(read_worklist(tmp_path / "c.xlsx"), *first, who="李四")
    assert (found.outcome, "张三 处理为已退回" in found.told) == ("refused", True)


def test_a_row_that_lost_its_list_is_not_the_list_of_a_command(tmp_path: Path) -> None:
    by_command = replace(event("confirmed"), item_key=items()[0].item_key)
    row = {"处理意见": "已退回", "清单号（勿改）": None}
    [found, *_] = results(filled_in(tmp_path, {2: row}), by_command, who=by_command.who)
    assert found.outcome == "refused"


def test_an_item_that_stands_twice_with_other_words_is_refused(tmp_path: Path) -> None:
    same = {"编号（勿改）": items()[0].item_key, "处理意见": "已退回"}
    rows = {2: {"处理意见": "已退回"}, 3: same, 4: {**same, "处理意见": "已更正"}}
    assert outcomes(filled_in(tmp_path, rows)) == ["recorded", "unchanged", "refused", "empty"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "xlsx"),
        (b"PK\x03\x04 no zip", "xlsx"),
        (b"\xd0\xcf\x11\xe0old", r"\.xls"),
        (None, "无法打开"),
    ],
)
def test_what_is_no_list_is_told(tmp_path: Path, content: bytes | None, words: str) -> None:
    path = tmp_path / "x.xlsx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(VerdictError, match=words) as raised:
        read_worklist(path)
    assert len(str(raised.value).splitlines()) == 1


def test_a_damaged_or_foreign_workbook_is_told(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "x.xlsx")
    with pytest.raises(VerdictError, match="不是整改清单"):
        read_worklist(tmp_path / "x.xlsx")
    whole = written(tmp_path / "a.xlsx").read_bytes()
    (tmp_path / "half.xlsx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(VerdictError, match="half"):
        read_worklist(tmp_path / "half.xlsx")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_a_list_that_libreoffice_has_saved_comes_back_whole(tmp_path: Path) -> None:
    """Written by us, filled in, opened and saved as .ods, opened and saved as .xlsx."""
    rows = {
        2: {"处理意见": "已退回", "期限": date(2026, 3, 5)},
        3: {"处理意见": "误报", "备注": "识读有误"},
        4: {"处理意见": "已退回", "备注": "=1+1"},
    }
    fill_in(written(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", rows)
    for kind, source in (("ods", "b.xlsx"), ("xlsx", "out/b.ods")):
        command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
        command += ["--convert-to", kind, "--outdir", str(tmp_path / "out"), str(tmp_path / source)]
        subprocess.run(command, check=True, capture_output=True, timeout=240)
    found = results(read_worklist(tmp_path / "out" / "b.xlsx"))
    assert [one.outcome for one in found] == ["recorded", "recorded", "refused", "empty"]
    due = [one.event.due_on for one in found if one.event]
    assert due == [date(2026, 3, 5), None]
