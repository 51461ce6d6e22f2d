"""Golden documents for what is odd about published tables; the numbers are those of the list of quirks."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from nianbao.forms import load_form
from nianbao.sample.errors import Mistake, apply_mistake
from nianbao.sample.layout import Grid, Square
from support.golden_case import Case, Printed
from support.golden_paper import detached
from support.golden_render import (
    bare_page,
    body,
    changed,
    docx,
    table_with,
    text,
    unmerged,
)
from support.golden_reports import report, sample


def table_cases() -> Iterator[Case]:
    """Yield the documents."""
    yield from _merged()
    yield from _split()
    yield from _reviews()
    yield from _handling()
    yield from _blanks()


def page(name: str, about: str, quirk: int, *reports: Printed, floor: float = 1.0) -> Case:
    """Return a bare page of reports."""
    inner = "\n".join(body(one.parts) for one in reports)
    data = bare_page(inner).encode()
    return Case(f"q{quirk:02d}-{name}.html", "html", data, about, reports, (quirk,), floor=floor)


def with_tables(one: Printed, change: Callable[[Grid], Grid]) -> Printed:
    """Return a report with all its tables changed."""
    parts = tuple(change(part) if isinstance(part, tuple) else part for part in one.parts)
    return replace(one, parts=parts)


def _merged() -> Iterator[Case]:
    one = report(sample("云汀市气象局", 2021))
    yield page("empty", "merged cells as empty ones", 1, with_tables(one, unmerged))
    repeated = with_tables(one, lambda grid: unmerged(grid, repeated=True))
    about = "the text of merged cells in each square"
    # A number in three squares may be one number or three.
    yield page("repeated", about, 1, repeated, floor=0.97)
    lost = report(sample("云汀市气象局", 2020))
    data = text(lost.parts).encode()
    about = "merged cells lost without a trace, three levels of headings"
    yield Case("q01-lost.txt", "text", data, about, [lost], (1, 27))


def _split() -> Iterator[Case]:
    cells = {"applications.received.natural_person": "950", "applications.received.total": "31"}
    one = report(sample("云汀市粮食局", 2021, cells=cells))
    row = {code for code in one.cells() if code.startswith("applications.received.")}
    inner = body(one.parts).replace("<td>950</td>", "<td>9</td><td>50</td>")
    about = "the digits of one number in two cells: which of the row's numbers is which, nobody can tell"
    split = replace(one, unread=frozenset(row), findings=("row_unread",))
    data = bare_page(inner).encode()
    yield Case("q02-cells.html", "html", data, about, [split], (2,))
    inner = body(one.parts).replace("<td>950</td>", "<td><span>9</span><b>50</b></td>")
    about = "the digits of one number in two spans of one cell"
    yield Case("q02-spans.html", "html", bare_page(inner).encode(), about, [one], (2,))
    inner = body(one.parts).replace("<td>950</td>", "<td><p>9</p><p>50</p></td>")
    about = "the digits of one number on two lines of one cell: one number, or two"
    code = frozenset({"applications.received.natural_person"})
    lines = replace(one, unread=code, findings=("unread_cell",))
    yield Case("q02-lines.html", "html", bare_page(inner).encode(), about, [lines], (2,))
    orphaned = detached(report(sample("云汀市粮食局", 2019)))
    about = "rows of seven numbers below three labels without any"
    data = text(orphaned.parts).encode()
    yield Case("q03-detached.txt", "text", data, about, [orphaned], (3, 27))


def _reviews() -> Iterator[Case]:
    one = report(sample("青岫县民政局", 2021, "large"))
    place = table_with(one.parts, "reviews")
    tables = changed(one.parts, place, *_three(one))
    # Fifteen cells may stay unread where the table is not the official one.
    about = "reviews and litigation as three tables"
    yield page("three", about, 5, replace(one, parts=tables), floor=0.92)
    numbers = tuple(replace(s, row=0) for s in grid_of(one, "reviews") if s.code)
    flat = replace(one, parts=changed(one.parts, place, numbers), findings=("table_missing",))
    codes = frozenset(s.code for s in numbers if s.code)
    about = "reviews and litigation as a row of fifteen numbers without any heading"
    yield page("bare", about, 5, replace(flat, unread=codes, findings=()))


def _three(one: Printed) -> Iterator[Grid]:
    table = load_form(one.form).table("reviews")
    numbers = {s.code: s.text for s in grid_of(one, "reviews") if s.code}
    columns = table.blocks[0].columns
    for row in table.rows:
        codes = [f"reviews.{row.code}.{column.code}" for column in columns]
        yield (
            Square(row.zh, 0, 0, column_span=5),
            *(Square(column.zh, 1, at) for at, column in enumerate(columns)),
            *(Square(numbers[code], 2, at, code=code) for at, code in enumerate(codes)),
        )


def grid_of(one: Printed, code: str) -> Grid:
    grid = one.parts[table_with(one.parts, code)]
    assert isinstance(grid, tuple)
    return grid


def _handling() -> Iterator[Case]:
    base = sample("青岫县文旅局", 2022)
    subs = ("no_correction", "fee_unpaid", "rest")
    mistake = Mistake(
        organisation="-",
        year=2022,
        why="-",
        collapse={"applications.other": tuple(f"applications.other.{sub}" for sub in subs)},
    )
    one = report(apply_mistake(base, mistake))
    yield page("one-row", "（六）其他处理 as one row on the form of 2021", 6, one)
    old = report(sample("青岫县文旅局", 2020))
    grid = grid_of(old, "applications")
    at = next(s.row for s in grid if s.code == "applications.other.total")
    number = {s.column: s for s in grid if s.row == at and s.code}
    split = []
    for s in grid:
        if s.row != at:
            spans = s.row < at < s.row + s.row_span
            split.append(replace(s, row=s.row + 2 * (s.row > at), row_span=s.row_span + 2 * spans))
        elif s.code is None:
            split.append(replace(s, row_span=3, column_span=1))
    for extra, label in enumerate(("1.逾期不补正", "2.逾期不缴费", "3.其他")):
        split.append(Square(label, at + extra, 2))
        split += [Square(str(400 + 10 * extra + c), at + extra, c) for c in number]
    place = table_with(old.parts, "applications")
    parts = changed(old.parts, place, tuple(split))
    unread = frozenset(s.code for s in number.values() if s.code)
    about = "（六）其他处理 with rows of its own on the form of 2019: its number is not printed"
    yield page("sub-rows", about, 6, replace(old, parts=parts, unread=unread))


def _blanks() -> Iterator[Case]:
    for name, kept, about in (
        ("two-columns", (".natural_person", ".total"), "only 自然人 and 总计 are filled"),
        ("totals", (".total",), "everything is blank but 总计"),
    ):
        one = sample("青岫县残联", 2021, "small")
        cells = {
            code: "" if code.startswith("applications.") and not code.endswith(kept) else raw
            for code, raw in one.cells.items()
        }
        yield page(name, about, 7, report(replace(one, cells=cells)))
    dashes = ("/", "-", "—", "--", "无", "不涉及", "不适用")
    one = sample("青岫县科协", 2020, "none")
    free = [code for code, raw in one.cells.items() if raw == "0" and not code.endswith("total")]
    printed = {code: dashes[n % len(dashes)] for n, code in enumerate(free[::3])}
    about = "strokes and words for nothing"
    yield page("dashes", about, 8, report(replace(one, cells={**one.cells, **printed})))
    odd = {
        "proactive.regulations.made": "0 件",
        "proactive.normative_documents.made": "１２",
        "proactive.normative_documents.published": "22（其中修订16件）",
        "proactive.normative_documents.public_total": "55(含自然失效29件)",
        "proactive.licensing.previous_items": "1,234",
        "proactive.licensing.change": "减5",
        "proactive.other_services.change": "增4",
        "proactive.penalties.change": "+4",
        "proactive.coercion.change": "↑4",
        "proactive.fees.change": "-2",
        "proactive.procurement.amount": "311.97万元",
    }
    one = sample("青岫县医保局", 2019, cells=odd)
    yield page("annotated", "numbers with signs, units, commas and notes", 9, report(one))
    amount = {**odd, "proactive.procurement.amount": "5030元"}
    whole = report(sample("青岫县医保局", 2020, cells=amount))
    about = "numbers with signs, units, commas and notes in a Word file"
    yield Case("q09-annotated.docx", "docx", docx(whole.parts), about, [whole], (9,))
