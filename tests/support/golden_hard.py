"""Golden documents in which a careless reader gives a wrong number without noticing."""

import io
from collections.abc import Iterator
from dataclasses import replace

from openpyxl import load_workbook

from nianbao.sample.content import Text
from nianbao.sample.layout import Grid, Square
from support.golden_case import Case, Printed
from support.golden_quirk_tables import page
from support.golden_render import bare_page, body, changed, docx, table_with, text, xlsx
from support.golden_reports import old_report, only, report, sample


def hard_cases() -> Iterator[Case]:
    """Yield the documents."""
    yield from _columns()
    yield from _lost()
    yield from _twice()
    yield from _hidden()
    yield from _old()
    yield from _workbook()


def _applications(organisation: str, year: int) -> tuple[Printed, int, Grid]:
    one = only(report(sample(organisation, year)), "applications")
    place = table_with(one.parts, "applications")
    grid = one.parts[place]
    assert isinstance(grid, tuple)
    return one, place, grid


def _columns() -> Iterator[Case]:
    one, place, grid = _applications("云汀市交通运输局", 2021)
    named = {s.text: s for s in grid if s.text in ("商业企业", "科研机构")}
    first, second = (named[name].column for name in ("商业企业", "科研机构"))
    turn = {first: second, second: first}
    turned = tuple(replace(s, column=turn[s.column]) if _is_in(s, turn) else s for s in grid)
    about = "two columns in each other's place, under their own headings"
    swapped = replace(one, parts=changed(one.parts, place, turned))
    # A reader may refuse such a header; it may not read the columns in the official order.
    yield page("turned", about, 10, swapped, floor=0.0)
    bare = tuple(replace(s, row=s.row - 3) for s in grid if s.row >= 3)
    codes = frozenset(s.code for s in grid if s.code)
    headless = replace(one, parts=changed(one.parts, place, bare), unread=codes)
    about = "the applications without a heading: which number is which, nobody can tell"
    yield page("headless", about, 10, headless, floor=0.0)
    renamed = {"自然人": "合计", "总计": "自然人"}
    wrong = tuple(replace(s, text=renamed.get(s.text, s.text)) for s in grid)
    misread = {s.code for s in grid if s.code and s.code.endswith((".natural_person", ".total"))}
    about = "the headings of the first and the last column in each other's place"
    ends = replace(one, parts=changed(one.parts, place, wrong), unread=frozenset(misread))
    yield page("ends", about, 10, ends, floor=0.0)


def _is_in(square: Square, columns: dict[int, int]) -> bool:
    return square.column in columns and square.row >= 2 and square.column_span == 1


def _lost() -> Iterator[Case]:
    one, place, grid = _applications("云汀市卫生健康委员会", 2022)
    kept = (".natural_person", ".total")
    short = tuple(
        replace(s, column=s.column - 5 * s.code.endswith(".total")) if s.code else s
        for s in grid
        if s.code is None or s.code.endswith(kept)
    )
    codes = frozenset(s.code for s in short if s.code)
    about = "blank cells lost in the export: two numbers for seven columns"
    lost = replace(one, parts=changed(one.parts, place, short), unread=codes)
    data = text(lost.parts).encode()
    yield Case("q07-lost.txt", "text", data, about, [lost], (7, 27), floor=0.0)
    whole = only(report(sample("云汀市卫生健康委员会", 2021)), "proactive", "reviews")
    place = table_with(whole.parts, "reviews")
    strip = whole.parts[place]
    assert isinstance(strip, tuple)
    gone = "reviews.litigation_direct.other"
    fewer = tuple(
        replace(s, column=s.column - 1) if s.code and s.column > _at(strip, gone) else s
        for s in strip
        if s.code != gone
    )
    codes = frozenset(s.code for s in strip if s.code)
    about = "one of fifteen numbers lost: fourteen for fifteen columns"
    lost = replace(whole, parts=changed(whole.parts, place, fewer), unread=codes)
    yield page("fourteen", about, 5, lost)
    data = text(lost.parts).encode()
    yield Case("q05-fourteen.txt", "text", data, about, [lost], (5, 27))


def _at(grid: Grid, code: str) -> int:
    return next(s.column for s in grid if s.code == code)


def _twice() -> Iterator[Case]:
    this = only(report(sample("青岫县审计局", 2022)), "proactive", "reviews")
    last = only(report(sample("青岫县审计局", 2021)), "reviews")
    table = last.parts[table_with(last.parts, "reviews")]
    assert isinstance(table, tuple)
    old = tuple(replace(s, code=None) for s in table)
    place = table_with(this.parts, "reviews")
    parts = changed(this.parts, place, this.parts[place], Text("附：上一年度的数字"), old)
    codes = frozenset(code for code in this.cells() if code.startswith("reviews."))
    about = (
        "the table of the year before beside this year's: a cell printed twice with other numbers"
    )
    yield page("twice", about, 22, replace(this, parts=parts, unread=codes))


def _hidden() -> Iterator[Case]:
    one, _, _ = _applications("青岫县教育局", 2022)
    inner = body(one.parts)
    row = (
        '<tr style="display:none"><td colspan="3">四、结转下年度继续办理</td>' + "<td>777</td>" * 7
    )
    hidden = inner.replace("</tbody>", f"{row}</tr></tbody>")
    about = "a row that the page hides"
    data = bare_page(hidden).encode()
    yield Case("html-hidden.html", "html", data, about, [one])
    spaced = sample("青岫县教育局", 2021, cells={"proactive.licensing.decisions": "3 607"})
    whole = only(report(spaced), "proactive")
    code = "proactive.licensing.decisions"
    about = "a number with a space inside: one number, or two"
    unsure = replace(whole, unread=frozenset({code}), findings=(*whole.findings, "unread_cell"))
    yield page("space", about, 9, unsure)
    late = only(report(sample("青岫县教育局", 2020)), "proactive", "reviews")
    title = replace(late.parts[0], lines=("青岫县教育局2021年政府信息公开工作年度报告",))  # type: ignore[call-arg, misc]
    parts = (title, *late.parts[1:])
    finding = (*late.findings, "form_not_of_its_year")
    facts = (*late.facts, {"measure": "year_mentioned", "value": 2020})
    late = replace(late, parts=parts, report_year=2021, findings=finding, facts=facts)
    yield page("old-form", "a report for 2021 on the form of 2019", 22, late)


def _old() -> Iterator[Case]:
    one = old_report("青岫县文化局", 2018)
    place = table_with(one.parts, "statistics")
    grid = one.parts[place]
    assert isinstance(grid, tuple)
    gone = {s.row for s in grid if s.code and s.code.startswith("statistics.reviews.")}
    gone |= {s.row for s in grid if s.code == "statistics.litigation.upheld"}
    kept = [s for s in grid if s.row not in gone]
    rows = {row: n for n, row in enumerate(sorted({s.row for s in kept}))}
    fewer = tuple(replace(s, row=rows[s.row]) for s in kept)
    about = "rows left out before others of the same label: whose 被依法纠错数 is it?"
    lost = replace(one, parts=changed(one.parts, place, fewer), findings=("missing_row",) * 4)
    # A reader may leave the two rows whose labels stand twice on the form unread.
    yield page("same-labels", about, 10, lost, floor=0.96)
    data = docx(lost.parts)
    yield Case("q10-same-labels.docx", "docx", data, about, [lost], (10,), floor=0.96)


def _workbook() -> Iterator[Case]:
    one, _, _ = _applications("石翎区粮食局", 2021)
    book = load_workbook(io.BytesIO(xlsx(one.parts)))
    sheet = book.active
    numbers = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, int)]
    for cell in numbers[::5]:
        cell.number_format = '0"件"'
    shown = {cell.value for cell in numbers[::5]}
    out = io.BytesIO()
    book.save(out)
    parts = tuple(
        _with_unit(part, shown) if isinstance(part, tuple) else part for part in one.parts
    )
    whole = replace(one, parts=parts)
    about = "numbers under a format that prints their unit"
    yield Case("xlsx-units.xlsx", "xlsx", out.getvalue(), about, [whole], (9,))


def _with_unit(grid: Grid, shown: set[object]) -> Grid:
    return tuple(
        replace(s, text=f"{s.text}件") if s.code and int(s.text) in shown else s for s in grid
    )
