"""Sample reports as workbooks: `.xlsx` by openpyxl, `.xls` by xlwt."""

import io
import random
from collections.abc import Iterator
from dataclasses import dataclass

import xlwt
from openpyxl import Workbook

from nianbao.sample.content import Heading, Text, Title
from nianbao.sample.layout import Square
from nianbao.sample.report import SampleReport
from support.office_parts import printed_parts

WIDTH = 10
"""Columns over which titles and paragraphs are merged."""

Range = tuple[int, int, int, int]


@dataclass(frozen=True)
class Noise:
    """How a workbook may be laid out."""

    seed: int = 0
    blank_rows: bool = True
    """A blank row before and behind every table."""
    merged_text: bool = True
    """Titles and paragraphs are merged across; otherwise they stand in the first column."""
    text_numbers: bool = False
    """Numbers typed as text."""
    formats: bool = False
    """Numbers under formats that show them in full."""
    own_sheets: bool = False
    """Each table on a sheet of its own, the text on the first."""
    shifted: bool = False
    """Everything two columns to the right."""


PLAIN = Noise()
_FORMATS = ("General", "0_ ", "0_);[Red](0)", "0;-0;0;@", "###0")


@dataclass(frozen=True)
class Entry:
    """One cell to be written."""

    area: Range
    text: str
    is_number: bool = False


def xlsx_bytes(report: SampleReport, noise: Noise = PLAIN) -> bytes:
    """Return the report as `.xlsx`."""
    rng = random.Random(noise.seed)
    book = Workbook()
    book.remove(book.active)
    for name, entries in enumerate(sheets(report, noise)):
        sheet = book.create_sheet(str(name))
        for entry in entries:
            top, left, bottom, right = (index + 1 for index in entry.area)
            cell = sheet.cell(top, left, entry.text or None)
            if _is_plain_number(entry):
                # Texts stay texts, as after an apostrophe.
                cell.value = entry.text if noise.text_numbers else _number(entry.text)
                if noise.formats and "." not in entry.text:
                    cell.number_format = rng.choice(_FORMATS)
            else:
                cell.data_type = "s" if entry.text else cell.data_type
            if (top, left) != (bottom, right):
                sheet.merge_cells(None, top, left, bottom, right)
    return _saved(book.save)


def xls_bytes(report: SampleReport, noise: Noise = PLAIN) -> bytes:
    """Return the report as `.xls`."""
    rng = random.Random(noise.seed)
    book = xlwt.Workbook(encoding="utf-8")
    for name, entries in enumerate(sheets(report, noise)):
        sheet = book.add_sheet(str(name))
        for entry in entries:
            value: str | float = entry.text
            style = xlwt.Style.default_style
            if _is_plain_number(entry) and not noise.text_numbers:
                value = _number(entry.text)
                in_full = noise.formats and "." not in entry.text
                shown = rng.choice(_FORMATS) if in_full else "General"
                style = xlwt.easyxf(num_format_str=shown)
            top, left, bottom, right = entry.area
            if (top, left) != (bottom, right):
                sheet.write_merge(top, bottom, left, right, value, style)
            elif entry.text:
                sheet.write(top, left, value, style)
    return _saved(book.save)


def sheets(report: SampleReport, noise: Noise) -> Iterator[list[Entry]]:
    """Yield what stands on each sheet."""
    entries: list[Entry] = []
    grids: list[list[Entry]] = []
    left, row = 2 * noise.shifted, 0
    for part in printed_parts(report):
        match part:
            case Title(lines):
                texts = lines
            case Heading(text) | Text(text):
                texts = (text,)
            case _:
                if noise.own_sheets:
                    grids.append([_entry(square, 0, left) for square in part])
                    continue
                row += noise.blank_rows
                entries += [_entry(square, row, left) for square in part]
                row = max(entry.area[2] for entry in entries) + 1 + noise.blank_rows
                continue
        for text in texts:
            right = left + WIDTH - 1 if noise.merged_text else left
            entries.append(Entry((row, left, row, right), text))
            row += 1
    yield from (entries, *grids)


def _entry(square: Square, top: int, left: int) -> Entry:
    row, column = square.row + top, square.column + left
    area = (row, column, row + square.row_span - 1, column + square.column_span - 1)
    return Entry(area, square.text, square.code is not None)


def _is_plain_number(entry: Entry) -> bool:
    text = entry.text.strip()
    return entry.is_number and text.isascii() and text.replace(".", "", 1).isdecimal()


def _number(text: str) -> float:
    return float(text) if "." in text else int(text)


def _saved(save) -> bytes:  # type: ignore[no-untyped-def]
    out = io.BytesIO()
    save(out)
    return out.getvalue()
