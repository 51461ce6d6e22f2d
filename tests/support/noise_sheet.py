"""Random reports as workbooks with noise on their tables, their number formats and their sheets."""

import io
from collections.abc import Collection
from random import Random

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from nianbao.sample.content import Heading, Text, Title
from support.noise_boxes import Box, BoxTable
from support.noise_document import NoisyPart, Written, noisy_report, randoms
from support.noise_harmful_rows import HARMFUL

_TABLES = ("caption row", "note row", "cut, header again", "cut", "header again", "sizing row")
_BOOK = (
    "blank rows around", "merged text", "text numbers", "formats", "own sheets", "shifted", "comments",
    "hidden sheet", "white space", "rich text", "formulas", "floats",
)  # fmt: skip
_LOUD = (
    "format", "date", "no cached value", "error", "boolean", "raised", "struck", "percent", "hidden row",
    "hidden column", "general decimals", "invisible",
)  # fmt: skip
QUIET = (*_TABLES, *_BOOK)
LOUD = (*(name for name in HARMFUL if name != "drop cell"), *_LOUD)
"""A cell that is gone and one without text look alike in a sheet."""
_IN_FULL = ("General", "0_ ", "0_);[Red](0)", "0;-0;0;@", "###0", "#,##0", '0"件"', "@")
_NOT_IN_FULL = (
    "0.0,",
    "0%",
    "0.00E+00",
    "yyyy-mm-dd",
    '"约"0',
    "0.0",
    "000000",
    '"无"',
    "?/?",
    "[DBNum1]0",
)

_SHOWN = {
    "format": (*_NOT_IN_FULL, *_IN_FULL[5:]),
    "date": ("yyyy/m/d", "m月d日", "h:mm", "[$-804]aaaa"),
    "percent": ("0%",),
    "general decimals": ("General", "0", "0.00"),
}


def write_xlsx(seed: int, noise: Collection[str], form: str | None = None) -> Written:
    """Return the workbook of a seed."""
    random = randoms(seed)
    parts, drawn = noisy_report(random, noise, form, _spoil, blanks=not _harmed(noise))
    book = _Book(noise, random("book"))
    for part in parts:
        book.add(part)
    return Written(book.saved(), (drawn,))


def _harmed(noise: Collection[str]) -> bool:
    """Tell whether tables are harmed: a row moved right by one looks whole where its last cell is blank."""
    return any(name in HARMFUL for name in noise)


def _spoil(rng: Random, table: BoxTable, name: str) -> set[str]:
    if name not in _LOUD:
        return set()
    numbers = [box for _, _, box in table.numbers() if box.text.isdecimal()]
    spoilt = rng.sample(numbers, min(2, len(numbers)))
    for box in spoilt:
        box.markup = name
    return {box.code for box in spoilt if box.code}


class _Book:
    """A workbook in the making; parts go below each other."""

    def __init__(self, noise: Collection[str], rng: Random) -> None:
        self.noise, self.rng = noise, rng
        self.book = Workbook()
        self.sheet: Worksheet = self.book.active
        self.row = 1
        self.left = 3 if "shifted" in noise else 1
        if "hidden sheet" in noise:
            hidden = self.book.create_sheet("Sheet9")
            hidden.sheet_state = "hidden"
            hidden["A1"], hidden["B1"] = "规章", 7

    def add(self, part: NoisyPart) -> None:
        match part:
            case Title(lines):
                for line in lines:
                    self.line(line)
            case Heading(text) | Text(text):
                self.line(text)
            case _:
                self.table(part)

    def line(self, text: str) -> None:
        self.sheet.cell(self.row, self.left, text)
        if "merged text" in self.noise:
            self.sheet.merge_cells(None, self.row, self.left, self.row, self.left + 9)
        self.row += 1

    def table(self, table: BoxTable) -> None:
        apart = "blank rows around" in self.noise
        sheet, row = self.sheet, self.row
        if "own sheets" in self.noise:
            self.sheet, self.row = self.book.create_sheet(), 1
        self.row += apart
        grid, seen = table.squares(), set[int]()
        for i, squares in enumerate(grid):
            for j, box in enumerate(squares):
                if box is not None and id(box) not in seen:
                    seen.add(id(box))
                    self.box(box, self.row + i, self.left + j, _area(grid, box, i, j))
        self.row += len(grid) + apart
        if "own sheets" in self.noise:
            self.sheet, self.row = sheet, row

    def box(self, box: Box, row: int, column: int, area: tuple[int, int]) -> None:
        cell = self.sheet.cell(row, column)
        if box.markup:
            self.spoilt(cell, box)
        elif box.text.isascii() and box.code and box.text.replace(".", "", 1).isdecimal():
            self.number(cell, box.text)
        elif box.text:
            pad = self.rng.choice(["", " ", "　"]) if "white space" in self.noise else ""
            cell.value, cell.data_type = pad + box.text, "s"
            if "rich text" in self.noise and len(box.text) > 1:
                cell.value = CellRichText(box.text[:1], TextBlock(InlineFont(b=True), box.text[1:]))
        if "comments" in self.noise and self.rng.random() < 0.1:
            cell.comment = Comment("7", "a")
        if area != (1, 1):
            self.sheet.merge_cells(None, row, column, row + area[0] - 1, column + area[1] - 1)

    def number(self, cell, text: str) -> None:  # type: ignore[no-untyped-def]
        if "text numbers" in self.noise and self.rng.random() < 0.7:
            cell.value, cell.data_type = text, "s"
            return
        cell.value = float(text) if "." in text or "floats" in self.noise else int(text)
        if "formats" in self.noise and "." not in text:
            cell.number_format = self.rng.choice(_IN_FULL[:5])

    def spoilt(self, cell, box: Box) -> None:  # type: ignore[no-untyped-def]
        """Show a number otherwise than it is kept."""
        number, name = int(box.text), box.markup or ""
        cell.value = _values(self.rng, box.text).get(name, number)
        if name in _SHOWN:
            cell.number_format = self.rng.choice(_SHOWN[name])
        if name == "hidden row":
            self.sheet.row_dimensions[cell.row].hidden = True
        elif name == "hidden column":
            self.sheet.column_dimensions[cell.column_letter].hidden = True
        elif name == "invisible":
            cell.font = Font(color="FFFFFFFF")

    def saved(self) -> bytes:
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


def _values(rng: Random, text: str) -> dict[str, object]:
    """Return what is kept in the cell of a number under each harm; the number itself elsewhere."""
    number = int(text)
    raised, struck = InlineFont(vertAlign="superscript"), InlineFont(strike=True)
    return {
        "percent": number / 100,
        "no cached value": f"=SUM({number},0)",
        "error": rng.choice(["#REF!", "#N/A", "#DIV/0!", "#VALUE!"]),
        "boolean": bool(number % 2),
        "raised": CellRichText(text, TextBlock(raised, "1")),
        "struck": CellRichText(TextBlock(struck, "7"), text),
        "general decimals": number + rng.choice([0.1 + 0.2, 1e-9]),
    }


def _area(grid: list[list[Box | None]], box: Box, row: int, column: int) -> tuple[int, int]:
    """Return the rows and columns of a box, of one square where harm left it no rectangle."""
    squares = {
        (i, j) for i, line in enumerate(grid) for j, other in enumerate(line) if other is box
    }
    down = 1 + max(i for i, _ in squares) - row
    across = 1 + max(j for _, j in squares) - column
    return (down, across) if len(squares) == down * across else (1, 1)
