"""A work-list written as an Excel workbook, in Chinese, ready to be filled in and printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from nianbao.errors import VerdictError
from nianbao.verdicts.states import choices
from nianbao.verdicts.worklist.form import columns, form

_MOST_ROWS = 100_000
_LONGEST_TEXT = 32_000
_LONGEST_LINK = 2_079
_MOST_LINKS = 60_000
_A4 = 9
_LINE, _HIGHEST = 13.0, 400.0
_LAST_NARROW = 0x2E7F


@dataclass(frozen=True)
class Heading:
    """What the list says of itself."""

    selection: str
    """The place, portal or agency in words."""
    version: str
    made_at: datetime
    """UTC."""


def write_worklist(path: Path, rows: Sequence[Mapping[str, Any]], heading: Heading) -> None:
    """Write the rows, whose keys are the names of the form's columns, as a new workbook.

    Texts are written as texts, never as formulas. Raises `VerdictError` for more rows than anybody
    could work through, and where the file is there: somebody may have filled it in.
    """
    if path.exists():
        raise VerdictError(f"{path} is there already; choose another --out")
    if path.suffix.lower() != ".xlsx":
        raise VerdictError(f"{path}: a work-list is an .xlsx file")
    if len(rows) > _MOST_ROWS:
        raise VerdictError(
            f"{len(rows)} items are too many for one list; choose a smaller place, or years"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    try:
        _write_book(beside, rows, heading)
        beside.replace(path)
    except XlsxWriterException as error:  # it hides what the disk says
        raise VerdictError(f"{path} could not be written: {error}") from error
    finally:
        beside.unlink(missing_ok=True)


def _write_book(path: Path, rows: Sequence[Mapping[str, Any]], heading: Heading) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(str(path), options) as book:
        made = heading.made_at.replace(tzinfo=None)
        book.set_properties(
            {"title": form()["title"], "comments": heading.selection, "created": made}
        )
        styles = _Styles(book)
        _write_items(book.add_worksheet(form()["sheet"]), rows, heading, styles)
        _write_notes(book.add_worksheet(form()["notes_sheet"]), len(rows), heading, styles)


class _Styles:
    """The formats of a list; whatever is not a key may be changed."""

    def __init__(self, book: Workbook) -> None:
        plain = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#B7B7B7"}
        plain |= {"locked": False, "font_name": "宋体", "font_size": 10}
        text = plain | {"quote_prefix": True}  # stays a text when somebody edits it
        self.text = book.add_format(text)
        self.number = book.add_format(plain | {"align": "center"})
        self.link = book.add_format(plain | {"font_color": "#0645AD", "underline": 1})
        self.fill = book.add_format(text | {"bg_color": "#FFF8DC"})
        self.day = book.add_format(plain | {"bg_color": "#FFF8DC", "num_format": "yyyy-mm-dd"})
        self.key = book.add_format({"locked": True, "font_color": "#808080"})
        head = {
            "bold": True,
            "border": 1,
            "text_wrap": True,
            "valign": "vcenter",
            "align": "center",
        }
        head |= {"font_name": "宋体", "font_size": 10, "locked": False}
        self.head = book.add_format(head | {"bg_color": "#DCE6F1"})
        self.head_fill = book.add_format(head | {"bg_color": "#FFE699"})
        self.title = book.add_format({"bold": True, "font_size": 14, "font_name": "宋体"})
        self.label = book.add_format({"bold": True, "valign": "top", "font_name": "宋体"})
        self.note = book.add_format({"text_wrap": True, "valign": "top", "font_name": "宋体"})
        self.blank = book.add_format({"border": 1, "bg_color": "#FFF8DC", "locked": False})

    def of(self, name: str, *, fill: bool, key: bool) -> Format:
        """Return the format of a column."""
        if key:
            return self.key
        if fill:
            return self.day if name == "due_on" else self.fill
        return self.number if name in ("number", "report_year") else self.text


def _write_items(
    sheet: Worksheet, rows: Sequence[Mapping[str, Any]], heading: Heading, styles: _Styles
) -> None:
    for place, column in enumerate(columns()):
        hidden = {"hidden": True} if column.key else {}
        sheet.set_column(place, place, column.width, None, hidden)
        sheet.write_string(0, place, column.zh, styles.head_fill if column.fill else styles.head)
    links = 0
    for line, row in enumerate(rows, start=1):
        sheet.set_row(line, _height(row))
        for place, column in enumerate(columns()):
            style = styles.of(column.name, fill=column.fill, key=column.key)
            links += _cell(sheet, (line, place), row.get(column.name), style, styles.link, links)
    _set_up(sheet, len(rows))
    _set_print(sheet, len(rows), heading)


def _height(row: Mapping[str, Any]) -> float:
    """Return the height that shows a row's longest text: not every program works it out itself."""
    lines = [
        -(-_length(text) // max(int(column.width) - 1, 1))
        for column in columns()
        if not (column.key or column.screen_only) and isinstance(text := row.get(column.name), str)
    ]
    return float(min(max([*lines, 1]) * _LINE + _LINE / 3, _HIGHEST))


def _length(text: str) -> int:
    """Return the length of a text in digits; a Chinese character takes two."""
    return sum(2 if ord(sign) > _LAST_NARROW else 1 for sign in text)


def _cell(
    sheet: Worksheet, square: tuple[int, int], value: Any, style: Format, link: Format, links: int
) -> bool:
    """Write one value; return whether it is a link."""
    if value is None or value == "":
        sheet.write_blank(*square, None, style)
    elif isinstance(value, int):
        sheet.write_number(*square, value, style)
    elif _is_address(value) and links < _MOST_LINKS:
        sheet.write_url(*square, value, link, string=value[:255])
        return True
    else:
        sheet.write_string(*square, str(value)[:_LONGEST_TEXT], style)
    return False


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://")) and len(text) <= _LONGEST_LINK


def _set_up(sheet: Worksheet, count: int) -> None:
    """Freeze, filter, offer the words, and lock the keys; the rest stays open to changes."""
    words, places = form(), {column.name: place for place, column in enumerate(columns())}
    last = max(count, 1)
    visible = [place for place, column in enumerate(columns()) if not column.key]
    sheet.freeze_panes(1, places["report_year"] + 1)
    sheet.autofilter(0, 0, last, visible[-1])
    offered = {"validate": "list", "source": list(choices()), "input_title": words["choices_title"]}
    offered |= {"input_message": words["choices_text"], "error_title": words["choices_title"]}
    offered["error_message"] = words["choices_error"].format(words="、".join(choices()))
    sheet.data_validation(1, places["opinion"], last, places["opinion"], offered)
    told = {
        "validate": "any",
        "input_title": words["due_title"],
        "input_message": words["due_text"],
    }
    sheet.data_validation(1, places["due_on"], last, places["due_on"], told)
    allowed = ("autofilter", "sort", "format_cells", "format_columns", "format_rows", "delete_rows")
    sheet.protect("", dict.fromkeys((*allowed, "insert_rows", "insert_columns"), True))


def _set_print(sheet: Worksheet, count: int, heading: Heading) -> None:
    printed = [
        place for place, column in enumerate(columns()) if not (column.key or column.screen_only)
    ]
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.8, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, max(count, 1), printed[-1])
    sheet.set_header(f'&C&"宋体,Bold"&14{form()["title"]}&R&9{_plain(heading.selection)}')
    sheet.set_footer(f"&C{form()['footer']}")


def _plain(text: str) -> str:
    """Return a text for a header, where `&` would begin a code and more than 200 signs are refused."""
    return text.replace("&", "\uff06")[:80]


def _write_notes(sheet: Worksheet, count: int, heading: Heading, styles: _Styles) -> None:
    words = form()
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 96)
    sheet.write_string(0, 0, words["title"], styles.title)
    sheet.write_string(1, 0, words["selection"].format(selection=heading.selection), styles.label)
    made = f"{heading.made_at:%Y-%m-%d %H:%M}"
    facts = words["made"].format(version=heading.version, at=made, count=count)
    sheet.write_string(2, 0, facts)
    for line, (label, text) in enumerate(words["notes"], start=4):
        sheet.write_string(line, 0, label, styles.label)
        if label == words["reviewer"]:
            sheet.write_blank(line, 1, None, styles.blank)
        else:
            sheet.write_string(line, 1, text, styles.note)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
