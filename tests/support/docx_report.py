"""Sample reports as `.docx`, with what publishers' Word files have beside what they print."""

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from nianbao.sample.content import Heading, Part, Text, Title
from nianbao.sample.layout import Grid, Square
from nianbao.sample.report import SampleReport
from support.docx_columns import Columns, Widths, columns_of
from support.docx_writer import (
    cell,
    controlled,
    deleted,
    drawn_table,
    inserted,
    level,
    num,
    numbered,
    package,
    paragraph,
    restarted,
    run,
    table,
    text_box,
)
from support.office_parts import printed_parts

_ORDINAL = re.compile(r"^[一二三四五六七]、")
_ITEM = re.compile(r"^(\d)\.")
COUNTINGS = (
    "japaneseCounting",
    "chineseCounting",
    "chineseCountingThousand",
    "ideographDigital",
    "taiwaneseCounting",
)
"""Word's formats that count 一, 二, 三."""


@dataclass(frozen=True)
class Noise:
    """What publishers' Word files have that changes nothing of what is printed."""

    seed: int = 0
    automatic_numbers: bool = False
    counting: str = COUNTINGS[0]
    split_runs: bool = False
    tracked_changes: bool = False
    hidden_text: bool = False
    content_controls: bool = False
    in_layout_table: bool = False
    title_in_text_box: bool = False
    old_merges: bool = False
    widths: Widths = "even"
    harm: str = ""
    """What is done to some of the numbers, so that they can't be read with certainty; see `HARMS`."""


HARMS = (
    *("tracked", "footnote", "struck", "hidden", "split_cell", "lost_cell", "raised", "joined"),
    *("merged_down", "lost_spans"),
)
PLAIN = Noise()


def docx_bytes(
    report: SampleReport, noise: Noise = PLAIN, parts: Iterable[Part] | None = None
) -> bytes:
    """Return a report as a file; `parts` are other parts than the report's own."""
    body = _Writer(noise).body(printed_parts(report) if parts is None else parts)
    return package(body, _numbering(noise.counting))


def _numbering(counting: str) -> str:
    definitions = (level(0, counting, "%1、"), level(0, "decimal", "%1."))
    return (
        "".join(
            f'<w:abstractNum w:abstractNumId="{number}">{one}</w:abstractNum>'
            for number, one in enumerate(definitions, start=1)
        )
        + num(1, 1)
        + "".join(restarted(number, 2) for number in range(2, 40))
    )


class _Writer:
    def __init__(self, noise: Noise) -> None:
        self.noise = noise
        self.random = random.Random(noise.seed)
        self.lists = 1

    def body(self, parts: Iterable[Part]) -> str:
        body = "".join(self.part(part) for part in parts)
        if self.noise.in_layout_table:
            return table(cell(body + "<w:p/>"), widths=[9_000]) + "<w:p/>"
        return body

    def part(self, part: Part) -> str:
        match part:
            case Title(lines):
                title = "".join(paragraph(self.runs(line)) for line in lines)
                return paragraph(text_box(title)) if self.noise.title_in_text_box else title
            case Heading(text):
                if self.noise.automatic_numbers and _ORDINAL.match(text):
                    return paragraph(self.runs(text[2:]), numbered(1))
                return paragraph(self.runs(text))
            case Text(text):
                return paragraph(self.runs(text))
            case _:
                return self.wrapped(self.table(part)) + "<w:p/>"

    def wrapped(self, content: str, share: float = 0.2) -> str:
        """Return content, now and then in a content control."""
        chosen = self.noise.content_controls and self.random.random() < share
        return controlled(content) if chosen else content

    def runs(self, text: str) -> str:
        """Return a text as runs, some of them tracked, with hidden text beside them."""
        pieces = list(text) if self.noise.split_runs and len(text) < 12 else [text]
        content = "".join(run(piece) for piece in pieces)
        if self.noise.tracked_changes and self.random.random() < 0.2:
            content = deleted(self.random.choice(["7", "旧文", "12"])) + inserted(content)
        if self.noise.hidden_text and self.random.random() < 0.2:
            content += run(" 隐藏 9", "<w:vanish/>")
        return content

    def table(self, grid: Grid) -> str:
        width = max(square.column + square.column_span for square in grid)
        height = max(square.row + square.row_span for square in grid)
        columns = columns_of(grid, self.noise.widths, self.random)
        starts = {(square.row, square.column): square for square in grid}
        covered = {
            (row, square.column): square
            for square in grid
            for row in range(square.row + 1, square.row + square.row_span)
        }
        rows = []
        for row in range(height):
            column, cells = 0, []
            while column < width:
                here = starts.get((row, column)) or covered.get((row, column))
                assert here is not None
                cells.append(self.cell(here, row, columns))
                column += here.column_span
            rows.append(self.wrapped(f"<w:tr>{''.join(cells)}</w:tr>", share=0.1))
        return drawn_table(rows, [] if self.noise.widths == "none" else columns.widths)

    def cell(self, square: Square, row: int, columns: Columns) -> str:
        """Return the part of a square that lies in a row: one cell, or several merged in the old way."""
        merge = self.merged_down(square, row)
        harmed = (
            bool(square.code and square.text.strip() and self.noise.harm)
            and self.random.random() < 0.02
        )
        if harmed and self.noise.harm == "lost_cell":
            return ""
        if harmed and self.noise.harm == "split_cell" and len(square.text) > 1:
            return "".join(
                cell(paragraph(run(part))) for part in (square.text[:1], square.text[1:])
            )
        content = self.content(square) if row == square.row else "<w:p/>"
        if harmed:
            content = paragraph(self.harmed(square.text))
        if square.column_span > 1 and self.noise.old_merges:
            first, *rest = (
                self.size(columns, row, square.column + n, 1) for n in range(square.column_span)
            )
            more = "".join(cell("<w:p/>", f"{size}<w:hMerge/>{merge}") for size in rest)
            start = f'{first}<w:hMerge w:val="restart"/>{merge}'
            return self.wrapped(cell(content, start)) + more
        size = self.size(columns, row, square.column, square.column_span)
        return self.wrapped(cell(content, size + merge))

    def merged_down(self, square: Square, row: int) -> str:
        """Return the property of a cell that is merged with those above or below it."""
        if square.row_span > 1:
            return '<w:vMerge w:val="restart"/>' if row == square.row else "<w:vMerge/>"
        if self.noise.harm == "merged_down" and square.code and self.random.random() < 0.05:
            return self.random.choice(['<w:vMerge w:val="restart"/>', "<w:vMerge/>"])
        return ""

    def size(self, columns: Columns, row: int, column: int, count: int) -> str:
        """Return the properties for a cell's width and columns."""
        width, span = columns.span(row, column, count)
        given = "" if self.noise.widths == "none" else f'<w:tcW w:w="{width}" w:type="dxa"/>'
        lost = self.noise.harm == "lost_spans" and self.random.random() < 0.3
        return given + (f'<w:gridSpan w:val="{span}"/>' if span > 1 and not lost else "")

    def harmed(self, text: str) -> str:
        """Return a number of which Word shows more, or other, digits than belong to it."""
        first, rest = text[:1], text[1:]
        match self.noise.harm:
            case "tracked":
                change = self.random.choice([deleted("3"), inserted(run("3"))])
                return run(first) + change + run(rest or "0")
            case "footnote":
                return run(text) + run("1", '<w:vertAlign w:val="superscript"/>')
            case "struck":
                return run("7", "<w:strike/>") + run(text)
            case "raised":
                return run(text) + run("1", '<w:position w:val="10"/>')
            case "hidden":
                return run(first) + run("7", "<w:vanish/>") + run(rest or "0")
            case "joined":
                return run(text) + run("\n4")
            case _:
                return run(text)

    def content(self, square: Square) -> str:
        item = _ITEM.match(square.text)
        if self.noise.automatic_numbers and item and square.code is None:
            # A list of its own for every item: the ordinals of collapsed rows have gaps.
            self.lists += int(item[1]) == 1
            return paragraph(self.runs(square.text[2:]), numbered(self.lists))
        return "".join(
            paragraph(self.runs(line)) for _, lines in groupby([square.text]) for line in lines
        )
