"""One sheet as paragraphs and tables: blank rows part tables, lines of text around them are paragraphs."""

import re
from collections.abc import Iterable, Iterator, Sequence

from nianbao.documents.spreadsheet.cells import (
    Addresses,
    Drawn,
    Range,
    Room,
    Sheet,
    Square,
    drawn_cells,
)
from nianbao.documents.spreadsheet.widths import Row, is_word, limit_of
from nianbao.model import TableCell

_LONG = 60
"""Characters: longer than any label of an official form."""
_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}、)")
_LONGEST_VALUE = 8
_BEFORE_NUMBERS = "约增减"
_LONGEST_DASH = 3
"""Characters of 不适用 and 不涉及."""
_SECTION = re.compile(r"情况(?:统计表)?$")
"""How the headings of those sections end that have tables."""
_SENTENCE_ENDS = ("。", "；", "：", ":")

Part = str | tuple[TableCell, ...]


def parts_of(sheet: Sheet, texts: Room, tables: Room) -> Iterator[Part]:
    """Yield the texts of paragraphs and the cells of tables, from top to bottom.

    Raises `ReadError("over_limit")` where there is no room for the squares of its texts or tables.
    """
    rows: dict[int, list[Drawn]] = {}
    addresses = Addresses(sheet)
    blanks: Blanks = {}
    for drawn in drawn_cells(sheet):
        if not drawn.text:
            blanks[drawn.area[:2]] = drawn.area
            continue
        for row in range(drawn.area[0], drawn.area[2] + 1):
            rows.setdefault(row, []).append(drawn)
            texts.take(drawn.area[3] - drawn.area[1] + 1)
    for region in _regions(sorted(rows)):
        lines = [(row, sorted(rows[row], key=lambda d: d.area[1])) for row in region]
        for part in _region(lines):
            yield from [part] if isinstance(part, str) else _table(part, blanks, addresses, tables)


def _regions(rows: Sequence[int]) -> Iterator[list[int]]:
    region: list[int] = []
    for row in rows:
        if region and row > region[-1] + 1:
            yield region
            region = []
        region.append(row)
    if region:
        yield region


Blanks = dict[Square, Range]
"""Merged cells without text, by their first square."""


def _region(rows: list[Row]) -> Iterator[str | list[Row]]:
    """Yield the texts of a stretch without blank rows, and the rows of its tables."""
    wide = [index for index, (_, cells) in enumerate(rows) if not _is_alone(cells)]
    if not wide:
        yield from _lines(rows)
        return
    start, end = _start_of_table(rows, wide[0]), _end_of_table(rows, wide[-1])
    yield from _lines(rows[:start])
    table: list[Row] = []
    for index in range(start, end):
        if _parts_tables(rows, index):
            yield table
            yield from _lines([rows[index]])
            table = []
        else:
            table.append(rows[index])
    yield table
    yield from _lines(rows[end:])


def _is_alone(cells: Sequence[Drawn]) -> bool:
    return len(cells) == 1 and cells[0].is_low


def _reaches_across(rows: list[Row], index: int) -> bool:
    """Tell whether a row's first cell is as wide as the row above or below."""
    area = rows[index][1][0].area
    beside = [rows[near][1] for near in (index - 1, index + 1) if 0 <= near < len(rows)]
    return any(
        area[1] <= cells[0].area[1] and area[3] >= max(cell.area[3] for cell in cells)
        for cells in beside
        if not _is_alone(cells)
    )


def _parts_tables(rows: list[Row], index: int) -> bool:
    """Tell whether a row inside a table is a line of text; a label with blank values is none."""
    cells = rows[index][1]
    if not _is_alone(cells):
        return False
    if len(cells[0].text) > _LONG:
        return True
    below = _below_captions(rows, index)
    is_heading = _ORDINAL.match(cells[0].text.strip())
    above_corner = (
        _SECTION.search(cells[0].text.strip()) and below and below[0].area[2] > below[0].area[0]
    )
    heads = len(below) > 1 and all(is_word(cell) for cell in below[bool(above_corner) :])
    return bool(is_heading) and (heads or _reaches_across(rows, index))


def _below_captions(rows: list[Row], index: int) -> list[Drawn]:
    """Return the row below one, or below captions that are merged over the whole width of what follows."""
    for near in range(index + 1, len(rows)):
        cells = rows[near][1]
        is_caption = _is_alone(cells) and cells[0].area[3] > cells[0].area[1]
        if not (is_caption and (_reaches_across(rows, near) or _is_caption_at(rows, near + 1))):
            return cells
    return []


def _is_caption_at(rows: list[Row], index: int) -> bool:
    return index < len(rows) and _is_alone(rows[index][1]) and _reaches_across(rows, index)


def _start_of_table(rows: list[Row], first: int) -> int:
    """Return where a table begins whose first row of several cells is `first`.

    A number alone above it belongs to the table: it may be the last one of a row on the sheet before.
    """
    while first and _may_be_value(rows[first - 1][1][0]):
        first -= 1
    return first


def _may_be_value(cell: Drawn) -> bool:
    text = cell.text.strip()
    if cell.area[1] != cell.area[3] or _ORDINAL.match(text) or len(text) > _LONGEST_VALUE:
        return False
    return len(text) <= _LONGEST_DASH or not is_word(cell) or text[0] in _BEFORE_NUMBERS


def _end_of_table(rows: list[Row], last: int) -> int:
    """Return where the lines of text below a table begin; `last` is its last row of several cells."""
    for index in range(last + 1, len(rows)):
        text = rows[index][1][0].text.strip()
        surely = len(text) > _LONG or text.endswith(_SENTENCE_ENDS)
        if surely or _reaches_across(rows, index):
            headed = index - 1 > last and _ORDINAL.match(rows[index - 1][1][0].text.strip())
            return index - 1 if headed else index
    return len(rows)


def _lines(rows: Iterable[Row]) -> Iterator[str]:
    for _, cells in rows:
        for cell in cells:
            yield from (line for line in cell.text.split("\n") if line.strip())


def _table(
    rows: list[Row], blanks: Blanks, addresses: Addresses, room: Room
) -> Iterator[tuple[TableCell, ...]]:
    """Yield the table of some rows, blank squares included, unless there is none."""
    if not rows:
        return
    left = min(cell.area[1] for _, cells in rows for cell in cells)
    right = max(cell.area[3] for _, cells in rows for cell in cells)
    room.take(len(rows) * (right - left + 1))
    top, bottom = rows[0][0], rows[-1][0]
    made: list[TableCell] = []
    taken: set[Square] = set()
    limit = right
    for index, (row, cells) in enumerate(rows):
        limit = limit_of(rows, index, limit, (left, right))
        begun = [cell for cell in cells if cell.area[0] == row or row == top]
        begun += _empty_cells(row, (left, limit, bottom), cells, taken, blanks)
        for cell in begun:
            taken.update(_squares(cell.area, bottom))
            made.append(_cell(cell, (top, left, bottom), addresses))
    yield tuple(sorted(made, key=lambda cell: (cell.row, cell.column)))


def _empty_cells(
    row: int,
    bounds: tuple[int, int, int],
    cells: Sequence[Drawn],
    taken: set[Square],
    blanks: Blanks,
) -> Iterator[Drawn]:
    """Yield the cells without text of a row; a merged one is one cell."""
    left, limit, bottom = bounds
    full = {c for cell in cells for c in range(cell.area[1], cell.area[3] + 1)}
    end = left
    for column in range(left, limit + 1):
        if column < end or column in full or (row, column) in taken:
            continue
        area = blanks.get((row, column), (row, column, row, column))
        area = (row, column, min(area[2], bottom), min(area[3], limit))
        if full.isdisjoint(range(column, area[3] + 1)):
            end = area[3] + 1
        else:
            area = (row, column, row, column)
        yield Drawn("", area)


def _squares(area: Range, bottom: int) -> Iterator[Square]:
    for row in range(area[0], min(area[2], bottom) + 1):
        yield from ((row, column) for column in range(area[1], area[3] + 1))


def _cell(drawn: Drawn, bounds: tuple[int, int, int], addresses: Addresses) -> TableCell:
    top, left, bottom = bounds
    first, column, last, end = drawn.area
    first, last = max(first, top), min(last, bottom)
    text = "\n".join(" ".join(line.split()) for line in drawn.text.split("\n") if line.strip())
    where = addresses.of(drawn.area[0], column)
    return TableCell(text, first - top, column - left, last - first + 1, end - column + 1, where)
