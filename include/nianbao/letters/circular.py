"""The 通报 on a place: one row per body and scope, with sums that never cross scopes or levels."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from nianbao.letters.notice import Heading, sign, version_line, widths
from nianbao.letters.page import Letter, Line
from nianbao.letters.words import day_text, plain, words

Row = Mapping[str, Any]
"""One body and scope: the columns of `sql/circular.sql`."""
Sums = dict[str, int | None]
_MILLIMETRES_A_CHARACTER = 1.8
_A4 = 9


@dataclass(frozen=True)
class Group:
    """The bodies of one scope and level that a roster or record names, or of those that none does."""

    scope: str
    level: str
    listed: bool
    rows: tuple[Row, ...]

    @property
    def name(self) -> str:
        """The group in Chinese."""
        say = words()["circular"]
        listed = say["listed" if self.listed else "unlisted"]
        return str(say["group"]).format(scope=self.scope, level=self.level, listed=listed)

    @property
    def sums(self) -> Sums:
        """The sums of its columns; null where one of the numbers cannot be known."""
        return {name: _sum(self.rows, name) for name in _summed()}


def groups(rows: Sequence[Row]) -> Iterator[Group]:
    """Yield the groups of rows that stand in the order of `sql/circular.sql`."""
    said = words()
    for (scope, listed, level), found in groupby(
        rows, key=lambda row: (row["scope"], row["listed"], row["level"])
    ):
        name = said["levels"].get(level, said["no_level"])
        yield Group(said["scopes"].get(scope, scope), name, listed, tuple(found))


def circular(place: str, year: int, rows: Sequence[Row], heading: Heading) -> bytes:
    """Return the letter on a place and report year; there must be a row."""
    say = words()["circular"]
    names = {"place": plain(place), "year": year, "as_of": _as_of(rows)}
    names["deadline"] = say["deadline_old" if year <= words()["old_until"] else "deadline_new"]
    title = say["title"].format(**names)
    letter = Letter(title, heading.published_at)
    letter.paragraph(title, "title")
    letter.space()
    letter.paragraph(say["opening"].format(**names))
    for note in say["notes"]:
        letter.paragraph(note.format(**names), keep=note == say["notes"][-1])
    sign(letter, heading)
    letter.next_section(turned=True)
    letter.paragraph(f"{names['place']}{year}年度{say['table']}", "annex_title")
    letter.table(widths(say["columns"]), [c["zh"] for c in say["columns"]], _lines(rows))
    letter.paragraph(version_line(heading), "note")
    return letter.data()


def write_table(
    path: Path,
    title: str,
    rows: Sequence[Row],
    heading: Heading,
    harmless: Callable[[str], str],
) -> None:
    """Write the same table as a workbook: numbers as numbers, an empty cell where none is known.

    `harmless` makes a text safe that a spreadsheet might take for a formula.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(str(path), options) as book:
        made = heading.published_at.replace(tzinfo=None, microsecond=0)
        book.set_properties({"title": title, "author": "Nianbao", "created": made})
        _fill(book, book.add_worksheet(words()["circular"]["table"]), rows, heading, harmless)


def remark(row: Row) -> str:
    """Say why a row is as it is: days late, or why nothing can be told."""
    say = words()["circular"]
    if row["status"] is None:
        return str(say["remark_gone"])
    reason = say["reasons"].get(row["reason"], row["reason"] or "")
    if row["status"] == "late":
        published, deadline = day_text(row["published_on"]), day_text(row["deadline"])
        return str(say["remark_late"]).format(
            published=published, deadline=deadline, days=row["days_late"]
        )
    return f"{say['not_due']}：{reason}" if row["status"] == "not_due" else str(reason)


def _summed() -> list[str]:
    return [c["name"] for c in words()["circular"]["columns"] if c.get("sum")]


def _sum(rows: Sequence[Row], name: str) -> int | None:
    """Return a sum; a body without a report has no findings, which hides nothing."""
    asked = rows if not name.startswith("with_") else [row for row in rows if row["has_report"]]
    values = [row[name] for row in asked]
    if None in values or (not values and name.startswith("with_")):
        return None
    return sum(int(value) for value in values)


def _as_of(rows: Sequence[Row]) -> str:
    days = [row["as_of"] for row in rows if row["as_of"]]
    return day_text(max(days)) if days else str(words()["blank"])


def _lines(rows: Sequence[Row]) -> Iterator[Line]:
    say = words()["circular"]
    number = 0
    for group in groups(rows):
        yield group.name
        for row in group.rows:
            number += 1
            texts = {"number": str(number), "organisation": plain(row["organisation"])}
            texts["remark"] = remark(row)
            yield [texts.get(c["name"]) or _shown(row.get(c["name"])) for c in say["columns"]]
        sums = group.sums
        yield [_total(c["name"], sums) for c in say["columns"]]


def _total(name: str, sums: Sums) -> str:
    if name == "organisation":
        return str(words()["circular"]["total"])
    return _shown(sums[name]) if name in sums else ""


def _shown(value: Any) -> str:
    if value is None:
        return str(words()["blank"])
    return str(value)


def _fill(
    book: Workbook,
    sheet: Worksheet,
    rows: Sequence[Row],
    heading: Heading,
    harmless: Callable[[str], str],
) -> None:
    say = words()["circular"]
    columns = [c for c in say["columns"] if c["name"] != "number"]
    plain_, bold = _styles(book)
    names = [say["scope_column"], say["level_column"], *(c["zh"] for c in columns)]
    for place, name in enumerate(names):
        sheet.write_string(0, place, name, bold)
    sheet.set_column(0, 1, 12)
    for place, column in enumerate(columns, start=2):
        sheet.set_column(place, place, column["width"] / _MILLIMETRES_A_CHARACTER)
    line = 0
    for group in groups(rows):
        shown = [{**row, "remark": remark(row)} for row in group.rows]
        total = {"organisation": f"{group.name}{say['total']}", **group.sums}
        for row, style in [*((one, plain_) for one in shown), (total, bold)]:
            line += 1
            values = [group.scope, group.level, *(row.get(c["name"]) for c in columns)]
            for place, value in enumerate(values):
                _write(sheet, (line, place), value, style, harmless)
    sheet.write_string(line + 2, 0, version_line(heading))
    sheet.freeze_panes(1, 3)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _styles(book: Workbook) -> tuple[Any, Any]:
    shape = {"border": 1, "valign": "top", "text_wrap": True}
    shape |= {"font_name": words()["fonts"]["page"]["name"], "font_size": 10}
    return book.add_format(shape), book.add_format(shape | {"bold": True, "bg_color": "#EDEDED"})


def _write(
    sheet: Worksheet,
    at: tuple[int, int],
    value: Any,
    style: Any,
    harmless: Callable[[str], str],
) -> None:
    if value is None:
        sheet.write_blank(*at, None, style)
    elif isinstance(value, int):
        sheet.write_number(*at, value, style)
    else:
        sheet.write_string(*at, harmless(plain(str(value))), style)
