"""Lines of a picture to text, with a mark on every number that may be wrong."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from nianbao.documents.ocr.cut import may_be_other_digits
from nianbao.documents.ocr.doubt import has_digits, is_number, shapes_agree, signed_digits
from nianbao.documents.ocr.engine import NUMBER, Picture, Reading, Recogniser
from nianbao.documents.ocr.strips import Strip

DOUBT = "?"
"""Stands behind a number that is not sure: with it, the cell is no number but text."""

_SURE = 0.9
"""Least score of every character of a number."""
_LIKELY = 0.6
"""The same of the numbers in both readings of a line, where they are the same."""
_LEAST_LIKELY = 0.5
_VERY_SURE = 0.95
"""Least scores of the numbers in two readings of running text, of which one is sure."""
_YEAR = re.compile(r"20\d{2}(?=\s*年)")
_SLASHES = frozenset("/\\|\uff0f")
_DASHES = frozenset("-—–一－_~")
_LABEL = re.compile(r"\d{1,2}[.．、]\D{4,}")
"""A label with its ordinal, which no reader takes for a number."""


@dataclass(frozen=True, slots=True)
class _Both:
    first: Reading
    second: Reading | None


def read_strips(strips: Sequence[Strip], recognise: Recogniser) -> list[str]:
    """Return the text of each line of a table's cells; a doubtful number has `?` behind it."""
    return [_sure_text(strip, both) for strip, both in _twice(strips, recognise)]


def read_lines(strips: Sequence[Strip], recognise: Recogniser) -> list[str]:
    """Return the text of each line of running text; where it is not sure, every number is marked.

    A year loses its digits too: a title is read for it, whatever mark stands behind them.
    """
    return [
        both.first.text if _agree(both) or _is_likely(both) else _doubted(both.first.text)
        for _, both in _twice(strips, recognise)
    ]


def _doubted(text: str) -> str:
    return NUMBER.sub(rf"\g<0>{DOUBT}", _YEAR.sub(DOUBT * 4, text))


def _twice(strips: Sequence[Strip], recognise: Recogniser) -> list[tuple[Strip, _Both]]:
    """Read every line, and what has digits in it once more in a coarser picture."""
    first = recognise([strip.grey for strip in strips])
    again = [i for i, reading in enumerate(first) if has_digits(reading.text)]
    second = dict(zip(again, recognise([_coarser(strips[i].grey) for i in again]), strict=True))
    return [
        (strip, _Both(reading, second.get(i)))
        for i, (strip, reading) in enumerate(zip(strips, first, strict=True))
    ]


def _coarser(grey: Picture) -> Picture:
    """Return a line as another scanner would give it: smaller, and set differently in its frame."""
    small = cv2.resize(grey, None, fx=0.8, fy=0.8, interpolation=cv2.INTER_AREA)
    paper = int(np.percentile(grey, 90))
    framed = cv2.copyMakeBorder(small, 3, 2, 3, 4, cv2.BORDER_CONSTANT, value=[paper])
    return np.asarray(framed, np.uint8)


def _agree(both: _Both) -> bool:
    if both.second is None:
        return True
    same = _same_numbers(both.first, both.second)
    return same and min(both.first.number_score, both.second.number_score) >= _LIKELY


def _is_likely(both: _Both) -> bool:
    """Tell whether one reading of a line is sure of its numbers, and the other has the same."""
    if both.second is None or not _same_numbers(both.first, both.second):
        return False
    scores = both.first.number_score, both.second.number_score
    return min(scores) >= _LEAST_LIKELY and max(scores) >= _VERY_SURE


def _same_numbers(one: Reading, other: Reading) -> bool:
    return NUMBER.findall(one.text) == NUMBER.findall(other.text)


def _sure_text(strip: Strip, both: _Both) -> str:
    text = both.first.text
    if not text:
        return DOUBT
    if text == "1" and _leans(strip.ink):
        return "/"
    if is_number(text):
        sure = both.first.score >= _SURE and _agree(both) and shapes_agree(text, strip.grey)
        sure = sure and not may_be_other_digits(strip, text)
        return text if sure else text + DOUBT
    if set(text) <= _SLASHES:
        return text if _leans(strip.ink) else text + DOUBT
    if set(text) <= _DASHES:
        return text if _is_flat(strip.ink) else text + DOUBT
    if both.second is not None and not _agree(both) and not _LABEL.fullmatch(text):
        return NUMBER.sub(rf"\g<0>{DOUBT}", text)
    signed = signed_digits(text)
    sure = not signed or shapes_agree(signed, strip.grey, tail=True)
    sure = sure and not (signed and may_be_other_digits(strip, signed))
    return text if sure else text + DOUBT


def _leans(ink: Picture) -> bool:
    """Tell whether some ink is a slash and not a one."""
    rows, columns = np.nonzero(ink)
    few = 5
    if len(rows) < few or columns.std() == 0:
        return False
    leaning = 0.8
    slope = 0.25
    steep = float(columns.std() / max(float(rows.std()), 1.0))
    return abs(float(np.corrcoef(rows, columns)[0, 1])) > leaning and steep > slope


def _is_flat(ink: Picture) -> bool:
    height, width = ink.shape
    return bool(width >= 2 * height)
