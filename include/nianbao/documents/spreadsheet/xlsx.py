"""The sheets of an `.xlsx` workbook (SpreadsheetML), with each number as its cell shows it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from lxml import etree

from nianbao.documents.bundle.parts import Parts, relation_id
from nianbao.documents.spreadsheet.cells import Range, Sheet
from nianbao.documents.spreadsheet.format import BUILT_IN, display
from nianbao.errors import ReadError

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_MAIN = "xl/workbook.xml"
_REFERENCE = re.compile(r"^\$?([A-Z]{1,3})\$?([0-9]{1,7})$")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUE = ("1", "true")
_FALSE = ("0", "false")
_MOST_COLUMNS = 16_384
_MOST_CELLS = 400_000
_TRUTH = {"1": "TRUE", "0": "FALSE"}


@dataclass(frozen=True, slots=True)
class _Look:
    code: str
    marked: bool


class _Book:
    """What the cells of all sheets refer to."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        main = parts.main(_MAIN)
        self.root = parts.xml(main)
        self.related = parts.related(main)
        names = dict(self.related.values())
        strings = self._part(names.get("sharedStrings", "xl/sharedStrings.xml"))
        found = strings.iterfind(f"{_S}si") if strings is not None else ()
        self.strings = [rich_text(one) for one in found]
        self.looks = _looks(self._part(names.get("styles", "xl/styles.xml")))
        settings = self.root.find(f"{_S}workbookPr")
        self.since_1904 = settings is not None and settings.get("date1904") in _TRUE

    def _part(self, name: str) -> etree._Element | None:
        return self.parts.xml(name) if self.parts.has(name) else None

    def sheets(self) -> Iterator[tuple[str, etree._Element]]:
        """Yield name and root of the visible worksheets, in order."""
        for sheet in self.root.iter(f"{_S}sheet"):
            kind, name = self.related.get(relation_id(sheet), ("", ""))
            if kind == "worksheet" and sheet.get("state", "visible") == "visible":
                yield sheet.get("name", ""), self.parts.xml(name)


def sheets_of(data: bytes) -> list[Sheet]:
    """Return the visible sheets; raises `ReadError` as `bundle_parts` does."""
    book = _Book(Parts(data))
    sheets: list[Sheet] = []
    for name, root in book.sheets():
        sheets.append(_sheet(name, root, book, sum(len(sheet.texts) for sheet in sheets)))
    return sheets


def _sheet(name: str, root: etree._Element, book: _Book, before: int) -> Sheet:
    sheet = Sheet(name)
    views = root.iterfind(f"{_S}sheetViews/{_S}sheetView")
    shows_zeros = all(view.get("showZeros") not in _FALSE for view in views)
    next_row = 0
    for row in root.iterfind(f"{_S}sheetData/{_S}row"):
        index = _whole(row.get("r"), next_row + 1) - 1
        next_row = index + 1
        if row.get("hidden") in _TRUE:
            sheet.hidden_rows.add(index)
        _row(row, index, sheet, book, shows_zeros=shows_zeros)
        if before + len(sheet.texts) > _MOST_CELLS:
            raise ReadError("over_limit", f"a workbook of more than {_MOST_CELLS} cells")
    sheet.merges += _merges(root)
    for columns in root.iterfind(f"{_S}cols/{_S}col"):
        if columns.get("hidden") in _TRUE:
            last = min(_whole(columns.get("max"), 1), _MOST_COLUMNS)
            sheet.hidden_columns.update(range(_whole(columns.get("min"), 1) - 1, last))
    return sheet


def _row(row: etree._Element, index: int, sheet: Sheet, book: _Book, *, shows_zeros: bool) -> None:
    next_column = count()
    column = 0
    for cell in row.iterfind(f"{_S}c"):
        place = _square(cell.get("r", ""))
        column = place[1] if place else next(next_column)
        next_column = count(column + 1)
        text = _text(cell, book, shows_zeros=shows_zeros)
        if text:
            sheet.texts[index, column] = text


def _text(cell: etree._Element, book: _Book, *, shows_zeros: bool) -> str:
    """Return what a cell shows; a formula without its result is shown as such and is no number."""
    kind, raw = cell.get("t", "n"), cell.findtext(f"{_S}v", "")
    formula = cell.find(f"{_S}f")
    look = book.looks.get(_whole(cell.get("s"), 0), _PLAIN)
    if kind == "inlineStr":
        text = rich_text(cell.find(f"{_S}is"))
    elif not raw:
        return f"={formula.text or ''}" if formula is not None else ""
    elif kind == "s":
        place = _whole(raw, len(book.strings))
        if place >= len(book.strings):
            raise ReadError("damaged", f"a cell refers to a text that is not there: {raw[:20]}")
        text = book.strings[place]
    elif kind == "n":
        text = _number(raw, look, book, shows_zeros=shows_zeros)
    else:
        text = _TRUTH.get(raw, raw) if kind == "b" else _unescaped(raw)
    return f"[{text}]" if look.marked and text.strip() else text


def _number(raw: str, look: _Look, book: _Book, *, shows_zeros: bool) -> str:
    try:
        value = float(raw)
        if value == 0 and not shows_zeros:
            return ""
        return display(value, look.code, since_1904=book.since_1904)
    except (ValueError, OverflowError):
        return f"[{raw}]"


def rich_text(parent: etree._Element | None) -> str:
    """Return a text of one or more runs; struck-out and raised runs in brackets, no phonetic guides."""
    shown = ""
    for element in parent if parent is not None else ():
        if element.tag == f"{_S}t":
            shown += _unescaped(element.text or "")
        elif element.tag == f"{_S}r":
            text = _unescaped(element.findtext(f"{_S}t", ""))
            marked = _is_marked(element.find(f"{_S}rPr")) and text.strip()
            shown += f"[{text}]" if marked else text
    return shown


def _is_marked(font: etree._Element | None) -> bool:
    """Tell whether a font strikes out, raises or lowers its text."""
    strike = font.find(f"{_S}strike") if font is not None else None
    align = font.find(f"{_S}vertAlign") if font is not None else None
    struck = strike is not None and strike.get("val", "1") not in _FALSE
    return struck or (align is not None and align.get("val") in ("superscript", "subscript"))


_PLAIN = _Look("General", marked=False)


def _looks(styles: etree._Element | None) -> dict[int, _Look]:
    """Return number format and marks of each cell style."""
    if styles is None:
        return {}
    codes = BUILT_IN | {
        _whole(one.get("numFmtId"), 0): one.get("formatCode", "General")
        for one in styles.iterfind(f"{_S}numFmts/{_S}numFmt")
    }
    fonts = [_is_marked(font) for font in styles.iterfind(f"{_S}fonts/{_S}font")]
    looks = {}
    for index, style in enumerate(styles.iterfind(f"{_S}cellXfs/{_S}xf")):
        number, font = _whole(style.get("numFmtId"), 0), _whole(style.get("fontId"), 0)
        marked = font < len(fonts) and fonts[font]
        looks[index] = _Look(codes.get(number, f"format {number}"), marked=marked)
    return looks


def _merges(root: etree._Element) -> Iterator[Range]:
    for merge in root.iterfind(f"{_S}mergeCells/{_S}mergeCell"):
        first, _, last = merge.get("ref", "").partition(":")
        start, end = _square(first), _square(last or first)
        if start and end:
            yield (*start, *end)


def _square(reference: str) -> tuple[int, int] | None:
    """Return row and column, from zero, of a reference such as `B7`."""
    found = _REFERENCE.match(reference)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def _whole(text: str | None, default: int) -> int:
    digits = text or ""
    most = 8
    return (
        int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < most else default
    )


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text).replace("\r\n", "\n")
