"""The sheets of an old `.xls` workbook (BIFF), by xlrd, with each number as its cell shows it."""

import io

import xlrd
from xlrd.book import Book
from xlrd.formatting import Font
from xlrd.sheet import Cell
from xlrd.sheet import Sheet as Worksheet

from nianbao.documents.spreadsheet.biff import refuse_crowds
from nianbao.documents.spreadsheet.cells import Sheet
from nianbao.documents.spreadsheet.format import display, general
from nianbao.errors import ReadError

_MOST_BYTES = 30_000_000
_ENCRYPTED = "encrypted"


def sheets_of(data: bytes) -> list[Sheet]:
    """Return the visible sheets; raises `ReadError`: `damaged`, `encrypted` or `over_limit`."""
    if len(data) > _MOST_BYTES:
        raise ReadError("over_limit", f"a workbook of more than {_MOST_BYTES} bytes")
    try:
        refuse_crowds(data)
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, logfile=io.StringIO(), ragged_rows=True
        )
        return [_sheet(sheet, book) for sheet in book.sheets() if sheet.visibility == 0]
    except ReadError:
        raise
    except Exception as error:
        # On damaged files the library raises whatever its parsing runs into.
        code = _ENCRYPTED if _ENCRYPTED in str(error).lower() else "damaged"
        raise ReadError(code, f"the workbook cannot be read: {error}") from error


def _sheet(source: Worksheet, book: Book) -> Sheet:
    sheet = Sheet(
        str(source.name),
        merges=[(top, left, end - 1, right - 1) for top, end, left, right in source.merged_cells],
        hidden_rows={row for row, info in source.rowinfo_map.items() if info.hidden},
        hidden_columns={column for column, info in source.colinfo_map.items() if info.hidden},
    )
    # The stubs don't know this one.
    shows_zeros = bool(getattr(source, "show_zero_values", 1))
    for row in range(source.nrows):
        for column in range(source.row_len(row)):
            runs = source.rich_text_runlist_map.get((row, column), [])
            cell = source.cell(row, column)
            is_zero = cell.ctype == xlrd.XL_CELL_NUMBER and cell.value == 0
            text = _text(cell, book, runs)
            if text and (shows_zeros or not is_zero):
                sheet.texts[row, column] = text
    return sheet


def _text(cell: Cell, book: Book, runs: list[tuple[int, int]]) -> str:
    style = book.xf_list[cell.xf_index or 0]
    marked = _is_marked(book.font_list[style.font_index])
    if cell.ctype == xlrd.XL_CELL_TEXT:
        text = _rich(str(cell.value), book, runs) if runs and not marked else str(cell.value)
    elif cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        text = _number(float(cell.value), book, style.format_key)
    elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
        text = "TRUE" if cell.value else "FALSE"
    elif cell.ctype == xlrd.XL_CELL_ERROR:
        text = str(xlrd.error_text_from_code.get(int(cell.value), "#ERROR"))
    else:
        return ""
    return f"[{text}]" if marked and text.strip() else text


def _number(value: float, book: Book, format_key: int) -> str:
    known = book.format_map.get(format_key)
    if known is None:
        return f"{general(value)} [format {format_key}]"
    return display(value, str(known.format_str), since_1904=book.datemode == 1)


def _rich(text: str, book: Book, runs: list[tuple[int, int]]) -> str:
    """Return a text whose runs have their own fonts; struck-out and raised runs in brackets."""
    starts = [start for start, _ in runs]
    shown = text[: starts[0]]
    for (start, font), end in zip(runs, [*starts[1:], len(text)], strict=True):
        piece = text[start:end]
        marked = font < len(book.font_list) and _is_marked(book.font_list[font])
        shown += f"[{piece}]" if marked and piece.strip() else piece
    return shown


def _is_marked(font: Font) -> bool:
    return bool(font.struck_out or font.escapement)
