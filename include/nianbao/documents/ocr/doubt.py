"""Whether a recognised number is what is printed, by the shapes of its digits alone.

Digits in print are one connected part each, and have none, one or two holes in known places. That
owes nothing to the recogniser, so that both are hardly wrong in the same way.
"""

import re
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from nianbao.documents.ocr.engine import Picture

_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"[-+−]?\d{1,3}(?:,\d{3})*(?:\.\d+)?|[-+−]?\d+(?:\.\d+)?")
_SIGNED = re.compile(r"\D{1,3}?(\d[\d.,]*)")
_APART = 0.45
"""Digits' heights between two digits of one number; wider apart, they may be two numbers."""
_PITCH = 0.95
"""The same between their middles: in print it is 0.75, with a blank between them 1.05."""
_LEAST_HOLE = 0.004
"""Share of the square of a digit's height."""
_SMALL = 0.5
"""Share of the tallest part's height below which a part is a point, a comma or a sign."""
_LEAST_DOT = 0.07
"""Share of a line's height below which a part is dirt, and a hole none."""
_LIMITS = (0.5, 0.65, 0.35, 0.75)
"""Where between paper and black ink begins."""


def has_digits(text: str) -> bool:
    """Tell whether a text has digits in it."""
    return _DIGIT.search(text) is not None


def is_number(text: str) -> bool:
    """Tell whether a text is a number and nothing else."""
    return _NUMBER.fullmatch(text) is not None


def signed_digits(text: str) -> str:
    """Return the digits at the end of a text that has little before them, as a sign; or nothing."""
    found = _SIGNED.fullmatch(text)
    return found[1] if found else ""


def shapes_agree(text: str, grey: Picture, *, tail: bool = False) -> bool:
    """Tell whether the parts of some ink can be the digits of a number, one by one.

    Where digits touch or fall apart, a darker or a lighter limit between ink and paper may do. With
    `tail`, the number is the end of what is printed: a piece of a line behind it would be a digit.
    """
    large = np.asarray(cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), np.uint8)
    paper, black = float(np.percentile(large, 90)), float(np.percentile(large, 1))
    return any(
        _can_be(text, np.asarray(large < paper - share * (paper - black), np.uint8), tail=tail)
        for share in _LIMITS
    )


def _can_be(text: str, ink: Picture, *, tail: bool) -> bool:
    parts = _parts(ink)
    if not parts:
        return False
    parts = parts[-len(text) :] if tail else parts
    tallest = max(box[3] for box, _ in parts)
    digits = [part for part in parts if part[0][3] > _SMALL * tallest]
    marks = [part for part in parts if part[0][3] <= _SMALL * tallest]
    printed = [char for char in text if char.isdecimal()]
    if len(digits) != len(printed) or len(marks) != len(text) - len(printed):
        return False
    near = all(
        right[0][0] - (left[0][0] + left[0][2]) <= _APART * tallest
        for left, right in pairwise(parts)
    ) and all(
        _middle(right) - _middle(left) <= _PITCH * tallest
        for left, right in pairwise(parts)
        if min(left[0][3], right[0][3]) > _SMALL * tallest
    )
    return near and all(
        _fits(char, box, mask) for char, (box, mask) in zip(printed, digits, strict=True)
    )


_Part = tuple[tuple[int, int, int, int], NDArray[np.bool_]]


def _middle(part: _Part) -> float:
    return part[0][0] + part[0][2] / 2


def _parts(ink: Picture) -> list[_Part]:
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    found = []
    least = max(_LEAST_DOT * ink.shape[0], 2.0)
    for index in range(1, count):
        left, top, width, height, _ = (int(number) for number in stats[index])
        if max(width, height) < least:
            continue
        mask = labels[top : top + height, left : left + width] == index
        found.append(((left, top, width, height), mask))
    return sorted(found, key=lambda part: part[0][0])


def _fits(digit: str, box: tuple[int, int, int, int], mask: NDArray[np.bool_]) -> bool:
    """Tell whether a part has the holes of a digit, and is as slim as only a one is."""
    holes = _holes(mask)
    slim = box[2] < 0.62 * box[3]
    if digit == "0":
        return len(holes) == 1 and holes[0][1] > 0.45 and abs(holes[0][0] - 0.5) < 0.1
    if digit == "8":
        return len(holes) == 2
    if digit == "6":
        return len(holes) == 1 and holes[0][0] > 0.55
    if digit == "9":
        return len(holes) == 1 and holes[0][0] < 0.45
    if digit == "4":
        return len(holes) <= 1 and all(0.3 < hole[0] < 0.65 and hole[1] < 0.6 for hole in holes)
    return not holes and (digit != "1" or slim)


def _holes(mask: NDArray[np.bool_]) -> list[tuple[float, float]]:
    """Return the middle and the height of each hole, as shares of the part's height."""
    height = mask.shape[0]
    paper = np.pad(~mask, 1, constant_values=True).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(paper, connectivity=4)
    outside_and_label_zero = 2
    if count <= outside_and_label_zero:
        return []
    holes = stats[1:]
    inner = holes[(holes[:, 0] > 0) & (holes[:, 4] >= _LEAST_HOLE * height**2)]
    return [
        ((float(top) - 1 + float(high) / 2) / height, float(high) / height)
        for _, top, _, high, _ in inner.tolist()
    ]
