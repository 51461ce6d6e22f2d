"""A line of text on a page without ruling lines, in the parts that stand apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from nianbao.documents.pdf.lines import text_lines
from nianbao.documents.pdf.page import Box, Char, Line
from nianbao.forms import load_forms

_NARROW = 0.75
"""Ems between a label and its number, and between two numbers."""
_WIDE = 1.5
"""Ems between two columns of words; words of running text stand nearer."""
_VALUE = re.compile(
    r"(?:[+\uff0b\-－−↑↓约增减]|增加|减少)*[\d０-９][\d０-９,，.、/x\s-]*(?:[万亿]?元|[件条项个次篇人份宗])?(?:[（(].*[)）])?"
    r"|[/\\\-—–－―]+|无|不涉及|不适用"
)
_OPENS = re.compile(
    r"(?:\d{1,2}[.、．](?!\d)|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|其中)"
)


@dataclass(frozen=True, slots=True)
class TextRow:
    """One line of a page; `parts` stand an em apart, `wide_parts` one and a half."""

    parts: tuple[Line, ...]
    wide_parts: tuple[Line, ...]
    whole: Line
    is_piece: bool = False
    """Its numbers are lines of others, which stand on several."""

    @property
    def y(self) -> float:
        """The middle of its height."""
        return self.whole.box.middle[1]

    @property
    def values(self) -> tuple[Line, ...]:
        """The numbers, dashes and units, if the line is the one of a row's numbers."""
        if self.is_piece:
            return ()
        found = tuple(part for part in self.parts if is_value(part.text))
        pair = 2
        blank = len(self.parts) == pair and self.parts[1].text in _units()
        return found if blank or any(_VALUE.fullmatch(part.text) for part in found) else ()


def text_row(chars: Sequence[Char]) -> TextRow | None:
    """Return characters of one line in parts; `None` where nothing is printed."""
    whole = text_lines(chars)
    if not whole:
        return None
    return TextRow(_parts(chars, _NARROW), _parts(chars, _WIDE), whole[0])


def _parts(chars: Sequence[Char], apart: float) -> tuple[Line, ...]:
    parts: list[list[Char]] = []
    for char in chars:
        if char.text.isspace():
            continue
        if parts and char.box.left - parts[-1][-1].box.right <= apart * char.size:
            parts[-1].append(char)
        else:
            parts.append([char])
    return tuple(line for part in parts for line in text_lines(part))


def is_value(text: str) -> bool:
    """Tell whether a text is what stands in a column of numbers or of units."""
    return bool(_VALUE.fullmatch(text)) or text in _units()


def is_unit(text: str) -> bool:
    """Tell whether a text is a unit of an official form."""
    return text in _units()


def opens_label(text: str) -> bool:
    """Tell whether a text begins with an ordinal, as no line does that continues a label."""
    return bool(_OPENS.match(text))


def is_heading(text: str) -> bool:
    """Tell whether a text is a heading of a column in an official form."""
    return _bare(text) in _headings()


def is_corner(text: str) -> bool:
    """Tell whether a text heads the labels in an official form."""
    return _bare(text) in _corners()


def union(lines: Sequence[Line]) -> Box:
    """Return the box around some lines."""
    boxes = [line.box for line in lines]
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def _bare(text: str) -> str:
    return "".join(text.split()).translate(_WIDTH)


_WIDTH = str.maketrans("（）：", "():")


@cache
def _headings() -> frozenset[str]:
    columns = [
        column
        for form in load_forms().values()
        for table in form.tables
        for block in table.blocks
        for column in block.columns
    ]
    texts = {text for column in columns for text in (column.zh, *column.aliases)}
    return frozenset(map(_bare, texts | _LIST_HEADINGS))


_LIST_HEADINGS = {"单位"}
"""Of the column of units in the table of 2014."""


@cache
def _corners() -> frozenset[str]:
    heads = [
        text for form in load_forms().values() for t in form.tables for text in t.spec.header[:1]
    ]
    return frozenset(map(_bare, heads)) - {"申请人情况", "行政诉讼"}


@cache
def _units() -> frozenset[str]:
    forms = load_forms().values()
    return frozenset(
        row.unit for form in forms for table in form.tables for row in table.rows if row.unit
    )
