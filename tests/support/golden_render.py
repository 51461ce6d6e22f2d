"""The parts of a report in each format; what a format can't say itself is left to its own module."""

import io
from collections.abc import Sequence

import xlwt
from openpyxl import Workbook

from nianbao.sample.chrome import Place, article_page
from nianbao.sample.content import Heading, Part, Text, Title
from nianbao.sample.layout import Grid, Square
from nianbao.sample.render import _part_html
from nianbao.sample.report import Style
from nianbao.sample.word_text import table_text
from support import docx_report, docx_writer, markdown_writer, ofd_writer
from support.golden_case import Printed
from support.spreadsheet_writer import Entry, _entry, _number

PLACE = Place("云汀市人民政府门户网站", "www.yunting.example", "9901000001", "9901000001/2024-1")
CLEAN = Style()
DAY = "2024-01-19"


def body(parts: Sequence[Part], style: Style = CLEAN) -> str:
    """Return parts as HTML without a page around them."""
    return "\n".join(_part_html(part, style) for part in parts)


def cms_page(one: Printed, inner: str = "", charset: str = "utf-8", style: Style = CLEAN) -> str:
    """Return a report as a page of a site, published on `DAY`."""
    return article_page(
        title=f"{one.organisation}{one.report_year}年政府信息公开工作年度报告",
        organisation=one.organisation,
        published_on=DAY,
        charset=charset,
        body=inner or body(one.parts, style),
        place=PLACE,
    )


def bare_page(inner: str, title: str = "", head: str = '<meta charset="utf-8">') -> str:
    """Return a page with nothing but its body."""
    return f"<html><head>{head}<title>{title}</title></head><body>\n{inner}\n</body></html>"


def docx(parts: Sequence[Part], noise: docx_report.Noise = docx_report.PLAIN) -> bytes:
    """Return parts as a Word file."""
    numbering = docx_report._numbering(noise.counting)
    return docx_writer.package(docx_report._Writer(noise).body(parts), numbering)


def text(parts: Sequence[Part]) -> str:
    """Return parts as the plain text that Word exports."""
    lines: list[str] = []
    for part in parts:
        match part:
            case Title(title):
                lines += [*title, ""]
            case Heading(line) | Text(line):
                lines.append(line)
            case _:
                lines.append(table_text(part) + "\n\n")
    return "\n".join(lines) + "\n"


def markdown(parts: Sequence[Part], merged: markdown_writer.Merged = "blank") -> str:
    """Return parts as Markdown."""
    blocks: list[str] = []
    for part in parts:
        match part:
            case Title(title):
                blocks += [f"# {line}" for line in title]
            case Heading(line):
                blocks.append(f"## {line}")
            case Text(line):
                blocks.append(line)
            case _ if merged == "html":
                blocks.append(markdown_writer.html_table(part))
            case _:
                blocks.append(markdown_writer.pipe_table(part, merged))
    return "\n\n".join(blocks) + "\n"


def ofd(parts: Sequence[Part], look: ofd_writer.OfdLook) -> bytes:
    """Return parts as an OFD file."""
    pages = ofd_writer.Pages(look)
    width = ofd_writer.WIDTH - 2 * ofd_writer.MARGIN
    for part in parts:
        match part:
            case Title(lines):
                for line in lines:
                    ofd_writer._line(pages, line, ofd_writer.MARGIN + 20)
            case Heading(words) | Text(words):
                for line in ofd_writer.wrapped("　　" + words, width, ofd_writer.BODY):
                    ofd_writer._line(pages, line, ofd_writer.MARGIN)
            case _:
                ofd_writer.draw_table(pages, part)
    return ofd_writer.package(pages)


def xlsx(parts: Sequence[Part]) -> bytes:
    """Return parts on one sheet of a workbook."""
    book = Workbook()
    sheet = book.active
    for entry in _entries(parts):
        top, left, bottom, right = (index + 1 for index in entry.area)
        sheet.cell(top, left, _value(entry) if entry.text else None)
        if (top, left) != (bottom, right):
            sheet.merge_cells(None, top, left, bottom, right)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(parts: Sequence[Part]) -> bytes:
    """Return parts on one sheet of an old workbook."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("1")
    for entry in _entries(parts):
        top, left, bottom, right = entry.area
        sheet.write_merge(top, bottom, left, right, _value(entry) if entry.text else "")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _entries(parts: Sequence[Part]) -> list[Entry]:
    entries: list[Entry] = []
    row = 0
    for part in parts:
        match part:
            case Title(lines):
                entries += [Entry((row + n, 0, row + n, 9), line) for n, line in enumerate(lines)]
                row += len(lines)
            case Heading(line) | Text(line):
                entries.append(Entry((row, 0, row, 9), line))
                row += 1
            case _:
                entries += [_entry(square, row, 0) for square in part]
                row += 1 + max(square.row + square.row_span for square in part)
    return entries


def _value(entry: Entry) -> str | float:
    plain = entry.is_number and entry.text.replace(".", "", 1).isdecimal()
    return _number(entry.text) if plain and entry.text.isascii() else entry.text


def unmerged(grid: Grid, *, repeated: bool = False) -> Grid:
    """Return a table in which every merged cell is one cell and empty ones, or is repeated."""
    squares = []
    for square in grid:
        for row in range(square.row, square.row + square.row_span):
            for column in range(square.column, square.column + square.column_span):
                first = (row, column) == (square.row, square.column)
                words = square.text if first or repeated else ""
                squares.append(Square(words, row, column, code=square.code if first else None))
    return tuple(squares)


def table_with(parts: Sequence[Part], code: str) -> int:
    """Return the place of the table that holds a cell."""
    for place, part in enumerate(parts):
        if isinstance(part, tuple) and any((s.code or "").startswith(code) for s in part):
            return place
    raise KeyError(code)


def changed(parts: Sequence[Part], place: int, *new: Part) -> tuple[Part, ...]:
    """Return parts with one of them replaced."""
    return (*parts[:place], *new, *parts[place + 1 :])
