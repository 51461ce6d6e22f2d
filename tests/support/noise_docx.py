"""Random reports as Word files with noise on their tables, their runs and their numbers."""

import re
from collections.abc import Collection
from random import Random

from nianbao.sample.content import Heading, Text, Title
from support import docx_writer as docx
from support.noise_boxes import Box, BoxTable
from support.noise_document import NoisyPart, Written, noisy_report, randoms
from support.noise_docx_cells import RUN_NOISE, SPOILT, CellWriter, spoilt
from support.noise_harmful_rows import HARMFUL

_TABLES = ("blank rows", "caption row", "note row", "cut, header again", "cut", "header again",
           "sizing row")  # fmt: skip
_LAYOUT = ("content controls", "in layout table", "title in text box", "old merges", "widths")
QUIET = (*_TABLES, *_LAYOUT, *RUN_NOISE)
LOUD = (*HARMFUL, *SPOILT)
_ORDINAL = re.compile(r"^[一二三四五六七]、")
_COLUMN = 900
"""Twips."""


def write_docx(seed: int, noise: Collection[str], form: str | None = None) -> Written:
    """Return the Word file of a seed."""
    random = randoms(seed)
    parts, drawn = noisy_report(random, noise, form, _spoil)
    writer = _Writer(noise, random("cells"))
    body = "".join(writer.part(part) for part in parts)
    if "in layout table" in noise:
        body = docx.table(docx.cell(body + "<w:p/>")) + "<w:p/>"
    return Written(docx.package(body), (drawn,))


def _spoil(rng: Random, table: BoxTable, name: str) -> set[str]:
    if name not in SPOILT:
        return set()
    numbers = [box for _, _, box in table.numbers() if box.text.isdecimal()]
    chosen = rng.sample(numbers, min(2, len(numbers)))
    for box in chosen:
        box.markup = spoilt(rng, box.text, name)
    return {box.code for box in chosen if box.code}


class _Writer:
    def __init__(self, noise: Collection[str], rng: Random) -> None:
        self.noise, self.rng = noise, rng
        self.cells = CellWriter(noise, rng)

    def part(self, part: NoisyPart) -> str:
        match part:
            case Title(lines):
                title = "".join(docx.paragraph(self.cells.runs(line)) for line in lines)
                boxed = "title in text box" in self.noise
                return docx.paragraph(docx.text_box(title)) if boxed else title
            case Heading(text) | Text(text):
                if "automatic numbers" in self.noise and _ORDINAL.match(text):
                    return docx.paragraph(self.cells.runs(text[2:]), docx.numbered(1))
                return docx.paragraph(self.cells.runs(text))
            case _:
                return self.table(part) + "<w:p/>"

    def table(self, table: BoxTable) -> str:
        rows, grid = [], table.squares()
        for index, squares in enumerate(grid):
            begun = {id(box) for box in table.rows[index]}
            cells = [self.cell(box, span, begins=id(box) in begun) for box, span in _spans(squares)]
            rows.append("".join(cells) or docx.cell("<w:p/>"))
        width = len(grid[0]) if "widths" in self.noise else 0
        return docx.table(*rows, widths=[_COLUMN] * width)

    def cell(self, box: Box, span: int, *, begins: bool) -> str:
        merge = '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
        merge = merge if box.down > 1 else ""
        size = f'<w:tcW w:w="{_COLUMN * span}" w:type="dxa"/>' if "widths" in self.noise else ""
        content = self.content(box) if begins else "<w:p/>"
        if span > 1 and "old merges" in self.noise and "widths" not in self.noise:
            rest = docx.cell("<w:p/>", f"<w:hMerge/>{merge}") * (span - 1)
            return docx.cell(content, f'<w:hMerge w:val="restart"/>{merge}') + rest
        across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        made = docx.cell(content, size + across + merge)
        controlled = "content controls" in self.noise and self.rng.random() < 0.2
        return docx.controlled(made) if controlled else made

    def content(self, box: Box) -> str:
        if box.markup is not None:
            return box.markup
        return self.cells.content(box.text, is_label=box.code is None)


def _spans(squares: list[Box | None]) -> list[tuple[Box, int]]:
    """Return the boxes of a row with the columns that each takes; gaps are closed up, as Word does."""
    spans: list[tuple[Box, int]] = []
    for box, before in zip(squares, [None, *squares], strict=False):
        if box is not None and box is before:
            spans[-1] = (box, spans[-1][1] + 1)
        elif box is not None:
            spans.append((box, 1))
    return spans
