"""Sample reports as OFD files (GB/T 33190-2016), drawn as the writers of office suites draw them."""

import io
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from nianbao.sample.content import Heading, Text, Title, parts_of, title_of
from nianbao.sample.layout import Grid, Square
from nianbao.sample.report import SampleReport

WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 25.0
BODY, SMALL = 5.6, 2.8
"""Sizes of running text and of tables, in millimetres."""
NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


@dataclass(frozen=True)
class OfdLook:
    """How a writer draws; every combination occurs."""

    filled_lines: bool = False
    """Ruling lines are thin filled rectangles and not strokes."""
    per_character: bool = False
    """Every character is an object of its own."""
    scaled: bool = False
    """Objects have their own coordinates, scaled by a matrix."""
    twice: bool = False
    """Text is drawn twice, a little apart, for boldness."""
    page_numbers: bool = True
    absolute_paths: bool = False
    repeat_header: bool = False
    """The first row of a table is drawn again on each page that it reaches."""
    digits_apart: float = 0.0
    """Millimetres put between the digits of numbers."""


@dataclass
class Pages:
    """The objects of each page, and how far down the last one is filled."""

    look: OfdLook
    objects: list[list[str]] = field(default_factory=lambda: [[]])
    y: float = MARGIN

    def new_page(self) -> None:
        self.objects.append([])
        self.y = MARGIN

    def room_for(self, height: float) -> bool:
        return self.y + height <= HEIGHT - MARGIN

    def text(self, text: str, x: float, y: float, size: float) -> None:
        """Draw one line; `y` is the top of its characters."""
        if not text.strip():
            return
        advances = [advance(char, size) + self._apart(char) for char in text]
        if self.look.per_character:
            for char, step in zip(text, advances, strict=True):
                self._run(char, x, y, size, [])
                x += step
        else:
            self._run(text, x, y, size, advances[:-1])

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Draw one ruling line."""
        thick = 0.2
        if self.look.filled_lines:
            wide, high = max(x2 - x1, thick), max(y2 - y1, thick)
            data = f"M 0 0 L {wide} 0 L {wide} {high} L 0 {high} C"
            self._path(x1, y1, wide, high, data, 'Stroke="false" Fill="true"')
        else:
            self._path(x1, y1, x2 - x1, y2 - y1, f"M 0 0 L {x2 - x1} {y2 - y1}", "")

    def _apart(self, char: str) -> float:
        return self.look.digits_apart if char.isdecimal() else 0.0

    def _run(self, text: str, x: float, y: float, size: float, advances: list[float]) -> None:
        for shift in (0.0, 0.15) if self.look.twice else (0.0,):
            self.objects[-1].append(self._text_object(text, x + shift, y, size, advances))

    def _text_object(
        self, text: str, x: float, y: float, size: float, advances: list[float]
    ) -> str:
        scale, matrix = (0.3528, 'CTM="0.3528 0 0 0.3528 0 0" ') if self.look.scaled else (1, "")
        wide = sum(advances) + size
        deltas = f' DeltaX="{packed([a / scale for a in advances])}"' if advances else ""
        return (
            f'<ofd:TextObject ID="0" {matrix}Boundary="{x} {y} {wide} {size}" Font="1"'
            f' Size="{size / scale:.4f}"><ofd:TextCode X="0" Y="{0.86 * size / scale:.4f}"'
            f"{deltas}>{escape(text)}</ofd:TextCode></ofd:TextObject>"
        )

    def _path(
        self, x: float, y: float, wide: float, high: float, data: str, attributes: str
    ) -> None:
        self.objects[-1].append(
            f'<ofd:PathObject ID="0" Boundary="{x} {y} {wide + 0.2} {high + 0.2}" LineWidth="0.2"'
            f" {attributes}><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
        )


def ofd_bytes(report: SampleReport, look: OfdLook | None = None) -> bytes:
    """Return the whole report as an OFD file."""
    pages = Pages(look or OfdLook())
    for part in parts_of(report):
        match part:
            case Title(lines):
                for line in lines:
                    shift = (WIDTH - 2 * MARGIN - sum(advance(c, BODY) for c in line)) / 2
                    _line(pages, line, MARGIN + max(shift, 0))
            case Heading(text) | Text(text):
                for line in wrapped("　　" + text, WIDTH - 2 * MARGIN, BODY):
                    _line(pages, line, MARGIN)
            case _:
                draw_table(pages, part)
                pages.y += SMALL
    return package(pages, title_of(report))


def package(pages: Pages, title: str = "") -> bytes:
    """Return pages as a package."""
    if pages.look.page_numbers:
        for number, objects in enumerate(pages.objects, start=1):
            footer = Pages(OfdLook(), [objects])
            footer.text(f"- {number} -", WIDTH / 2 - 4, HEIGHT - 15, 4.0)
    root = "/Doc_0/" if pages.look.absolute_paths else ""
    entries = "".join(
        f'<ofd:Page ID="{n}" BaseLoc="{root}Pages/Page_{n}/Content.xml"/>'
        for n in range(len(pages.objects))
    )
    files = {
        "OFD.xml": f'<ofd:OFD {NAMESPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
        f"<ofd:DocID>0</ofd:DocID><ofd:Title>{escape(title)}</ofd:Title></ofd:DocInfo>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:MaxUnitID>1"
        f"</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 {WIDTH} {HEIGHT}</ofd:PhysicalBox>"
        f"</ofd:PageArea></ofd:CommonData><ofd:Pages>{entries}</ofd:Pages></ofd:Document>",
    }
    for number, objects in enumerate(pages.objects):
        files[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f'<ofd:Page {NAMESPACE}><ofd:Content><ofd:Layer ID="2">{"".join(objects)}'
            "</ofd:Layer></ofd:Content></ofd:Page>"
        )
    packed_files = io.BytesIO()
    with zipfile.ZipFile(packed_files, "w", zipfile.ZIP_DEFLATED) as container:
        for name, text in files.items():
            container.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return packed_files.getvalue()


def draw_table(pages: Pages, grid: Grid) -> None:
    """Draw a table with its spans, cut between rows where the page ends."""
    columns = max(square.column + square.column_span for square in grid)
    rows = max(square.row + square.row_span for square in grid)
    xs = [MARGIN + (WIDTH - 2 * MARGIN) * n / columns for n in range(columns + 1)]
    heights = _heights(grid, rows, xs)
    start = 0
    while start < rows:
        end = start
        while end < rows and pages.room_for(sum(heights[start : end + 1])):
            end += 1
        if end == start:
            pages.new_page()
            continue
        _draw_rows(pages, grid, xs, heights, range(start, end))
        start = end
        if start < rows:
            pages.new_page()
            if pages.look.repeat_header and all(s.row_span == 1 for s in grid if s.row == 0):
                _draw_rows(pages, grid, xs, heights, range(1))


def wrapped(text: str, width: float, size: float) -> Iterator[str]:
    """Yield the lines of a text in a given width."""
    line, used = "", 0.0
    for char in text:
        if char == "\n" or used + advance(char, size) > width:
            yield line
            line, used = "", 0.0
        if char != "\n":
            line += char
            used += advance(char, size)
    yield line


def advance(char: str, size: float) -> float:
    """Return the width of a character."""
    return size if unicodedata.east_asian_width(char) in "WFA" else size / 2


def packed(advances: Sequence[float]) -> str:
    """Return distances in the short form of the standard: `g 3 5.6` is three times 5.6."""
    parts: list[str] = []
    index = 0
    while index < len(advances):
        end = index
        while end < len(advances) and advances[end] == advances[index]:
            end += 1
        count, value = end - index, f"{advances[index]:.4f}"
        parts.append(f"g {count} {value}" if count > 1 else value)
        index = end
    return " ".join(parts)


def _line(pages: Pages, text: str, x: float) -> None:
    step = 1.6 * BODY
    if not pages.room_for(step):
        pages.new_page()
    pages.text(text, x, pages.y, BODY)
    pages.y += step


def _heights(grid: Grid, rows: int, xs: Sequence[float]) -> list[float]:
    heights = [2.2 * SMALL] * rows
    for square in grid:
        needed = len(_cell_lines(square, xs)) * 1.2 * SMALL + SMALL
        short = needed - sum(heights[square.row : square.row + square.row_span])
        if short > 0:
            heights[square.row + square.row_span - 1] += short
    return heights


def _cell_lines(square: Square, xs: Sequence[float]) -> list[str]:
    width = xs[square.column + square.column_span] - xs[square.column] - 1.0
    return list(wrapped(square.text, width, SMALL))


def _draw_rows(
    pages: Pages, grid: Grid, xs: Sequence[float], heights: Sequence[float], shown: range
) -> None:
    tops = {shown.start: pages.y}
    for row in shown:
        tops[row + 1] = tops[row] + heights[row]
    for square in grid:
        first = max(square.row, shown.start)
        last = min(square.row + square.row_span, shown.stop)
        if first >= last:
            continue
        left, right = xs[square.column], xs[square.column + square.column_span]
        top, bottom = tops[first], tops[last]
        for ends in (
            (left, top, right, top),
            (left, bottom, right, bottom),
            (left, top, left, bottom),
            (right, top, right, bottom),
        ):
            pages.line(*ends)
        if square.row >= shown.start:
            lines = _cell_lines(square, xs)
            y = (top + bottom) / 2 - len(lines) * 0.6 * SMALL
            for number, line in enumerate(lines):
                pages.text(line, left + 0.5, y + number * 1.2 * SMALL, SMALL)
    pages.y = tops[shown.stop]
