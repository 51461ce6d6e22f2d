"""Golden documents for what is odd about rows, labels and small tables."""

from collections.abc import Iterator
from dataclasses import replace

from nianbao.sample.layout import Square
from nianbao.sample.report import Style
from support.golden_case import Case, Printed
from support.golden_quirk_tables import grid_of, page
from support.golden_render import changed, cms_page, markdown, table_with, text, unmerged
from support.golden_reports import report, sample


def row_cases() -> Iterator[Case]:
    """Yield the documents."""
    yield from _rows()
    yield from _labels()
    yield from _small_tables()


def _rows() -> Iterator[Case]:
    one = sample("石翎区司法局", 2021, without=("proactive.regulations.",))
    yield page("missing-row", "规章 left out", 10, report(one, findings=("missing_row",)))
    whole = report(sample("石翎区司法局", 2022))
    place = table_with(whole.parts, "reviews")
    lost = replace(whole, parts=changed(whole.parts, place), findings=("table_missing",))
    yield page("missing-table", "the table of reviews left out", 10, lost)
    about = "a row of sums for （三）不予公开 that the form does not have"
    yield page("invented-row", about, 10, _with_subtotal(whole))
    about = "two rows in each other's place"
    yield page("out-of-order", about, 10, _swapped(whole))


def _with_subtotal(one: Printed) -> Printed:
    """Put a row 小计 below the refusals, inside their group."""
    grid = grid_of(one, "applications")
    at = next(s.row for s in grid if s.code == "applications.refused.administrative_query.total")
    moved = [
        replace(
            s,
            row=s.row + (s.row > at),
            row_span=s.row_span + (s.row <= at < s.row + s.row_span and s.row_span > 1),
        )
        for s in grid
    ]
    codes = [s for s in grid if s.row == at and s.code]
    more = [Square("小计", at + 1, 2), *(Square("0", at + 1, s.column) for s in codes)]
    parts = changed(one.parts, table_with(one.parts, "applications"), (*moved, *more))
    return replace(one, parts=parts, findings=("unknown_label",))


def _swapped(one: Printed) -> Printed:
    grid = grid_of(one, "applications")
    rows = {
        name: next(s.row for s in grid if s.code == f"applications.not_processed.{name}.total")
        for name in ("repeat", "publication")
    }
    first, second = rows.values()
    turned = {first: second, second: first}
    swapped = tuple(replace(s, row=turned.get(s.row, s.row)) for s in grid)
    return replace(one, parts=changed(one.parts, table_with(one.parts, "applications"), swapped))


def _labels() -> Iterator[Case]:
    wrong = {
        "1.属于国家秘密": "1.属于国家",
        "2.其他法律行政法规禁止公开": "2.其他法律行政止公开",
        "规范性文件": "规范文件",
        "（六）其他处理": "（六）其他",
    }
    one = report(sample("石翎区档案局", 2020, labels=wrong))
    # Three rows of seven numbers may stay unread where their labels are misprinted.
    yield page("misprinted", "labels truncated and misprinted", 11, one, floor=0.89)
    wide = {"规范性文件": "行政规范性文件"}
    yield page(
        "wording", "a label in other words", 11, report(sample("石翎区外办", 2019, labels=wide))
    )
    spaced = {"总计": "总 计", "自然人": "自 然 人", "商业企业": "商业\u3000企业"}
    about = "labels with spaces inside"
    yield page("spaced", about, 12, report(sample("石翎区侨联", 2021, labels=spaced)))
    narrow = report(sample("石翎区侨联", 2022, style=Style(wrapped_labels=1)))
    yield page("narrow", "headings of one character a line", 12, narrow)
    about = "headings of one character a line, in the text that Word exports"
    data = text(narrow.parts).encode()
    yield Case("q12-narrow.txt", "text", data, about, [narrow], (12, 27))


def _small_tables() -> Iterator[Case]:
    one = report(sample("石翎区卫健局", 2021))
    place = table_with(one.parts, "applications")
    grid = unmerged(grid_of(one, "applications"), repeated=True)
    head = tuple(s for s in grid if s.row < 3)
    rows = [
        tuple(replace(s, row=0) for s in grid if s.row == row)
        for row in range(3, 1 + max(s.row for s in grid))
    ]
    parts = changed(one.parts, place, head, *rows)
    about = "a small table for each row of the applications, as some recognition programs give it"
    yield page("row-tables", about, 29, replace(one, parts=parts), floor=0.1)
    broken = (tuple(s for s in grid if s.row < 12), tuple(
        replace(s, row=s.row - 12) for s in grid if s.row >= 12
    ))  # fmt: skip
    parts = changed(one.parts, place, *broken)
    about = "a table broken by a page; a converter made the first row behind the break a heading"
    data = markdown(parts).encode()
    whole = replace(one, parts=parts)
    yield Case("q29-invented-head.md", "markdown", data, about, [whole], (4, 29), floor=0.4)
    alike = report(sample("沭阳县样例局", 2021))
    about = "a name with characters that are easily taken for others, which the page says twice"
    data = cms_page(replace(alike, published_on="2024-01-19")).encode()
    alike = replace(alike, published_on="2024-01-19")
    yield Case("q29-name.html", "html", data, about, [alike], (29,))
