"""Characters to lines of text: what is set apart stays apart, what is doubtful is marked."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from nianbao.documents.pdf.page import Box, Char, Line, Rule

_SAME_LINE = 0.45
"""Ems that the middles of two characters of one line may lie apart: a raised mark lies 0.3 off."""
_GAP_IN_NUMBER = 0.2
"""Ems: digits wider apart than this may be two numbers."""
_GAP_IN_TEXT = 0.75
"""Ems: Chinese text is spread to fill its line, so that only a wide gap means something."""
_SMALL = 0.9
"""Share of the line's size below which a character off its middle is a raised or lowered mark."""
_OFF_MIDDLE = 0.08
_SAME_PLACE = 0.3
"""Ems that a character printed twice for boldness lies off itself."""
_SPACE = re.compile(r"\s+")
_UNKNOWN = "\ufffd"


def text_lines(chars: Iterable[Char]) -> list[Line]:
    """Return the lines of text that characters form, from top to bottom."""
    lines = [_line(row) for row in rows_of(chars)]
    return [line for line in lines if line.text]


def cell_text(chars: Iterable[Char]) -> str:
    """Return the text of a cell, a line feed between its lines."""
    return "\n".join(line.text for line in text_lines(chars))


def rows_of(chars: Iterable[Char]) -> list[list[Char]]:
    """Return characters by line, each line from left to right."""
    rows: list[_Row] = []
    for char in sorted(chars, key=lambda char: char.y):
        if not rows or not rows[-1].takes(char):
            rows.append(_Row())
        rows[-1].add(char)
    return [sorted(row.chars, key=lambda char: char.box.left) for row in rows]


class _Row:
    """A line in the making, with its size and its middle: that of the characters of full size."""

    def __init__(self, chars: Iterable[Char] = ()) -> None:
        self.chars: list[Char] = []
        self.size, self._sum, self._full = -1.0, 0.0, 0
        for char in chars:
            self.add(char)

    @property
    def middle(self) -> float:
        """The middle of its height."""
        return self._sum / self._full

    def takes(self, char: Char) -> bool:
        """Tell whether a character, no higher than those before, lies in the line."""
        return char.y - self.middle <= _SAME_LINE * max(char.size, self.size)

    def add(self, char: Char) -> None:
        self.chars.append(char)
        if char.size > self.size:
            self.size = char.size
            full = [one.y for one in self.chars if one.size >= _SMALL * self.size]
            self._sum, self._full = sum(full), len(full)
        elif char.size >= _SMALL * self.size:
            self._sum, self._full = self._sum + char.y, self._full + 1


def mark_struck(chars: Sequence[Char], across: Iterable[Rule]) -> None:
    """Note which characters a horizontal line runs through, from near the middle of their height."""
    off_middle = 0.2
    highest = max((char.box.height for char in chars), default=0.0)
    by_height = sorted(chars, key=lambda char: char.y)
    heights = [char.y for char in by_height]
    for rule in across:
        first = bisect_left(heights, rule.at - off_middle * highest)
        last = bisect_right(heights, rule.at + off_middle * highest)
        for char in by_height[first:last]:
            if abs(rule.at - char.y) < off_middle * char.box.height and (
                rule.start <= char.x <= rule.end
            ):
                char.struck = True


def _line(row: list[Char]) -> Line:
    inked = [char for char in row if not char.text.isspace()] or row
    box = Box(
        min(char.box.left for char in inked),
        min(char.box.top for char in inked),
        max(char.box.right for char in inked),
        max(char.box.bottom for char in inked),
    )
    return Line(line_text(row), box, max(char.size for char in inked))


def line_text(row: list[Char]) -> str:
    """Return the text of one line; raised, lowered and struck-out characters stand in brackets."""
    line = _Row(row)
    parts = []
    for apart, group in groupby(
        _with_spaces(_once(row)), key=lambda pair: _is_apart(pair[0], line)
    ):
        text = "".join(spacing + char.text for char, spacing in group)
        parts.append(f"[{text.strip()}]" if apart and text.strip() else text)
    return _SPACE.sub(" ", "".join(parts)).strip()


def _is_apart(char: Char, line: _Row) -> bool:
    raised = char.size < _SMALL * line.size and abs(char.y - line.middle) > _OFF_MIDDLE * line.size
    return char.struck or raised


def _once(row: list[Char]) -> Iterator[Char]:
    """Leave out characters printed twice; different ones in one place cannot be read."""
    before: Char | None = None
    for char in row:
        overlap = before is not None and char.box.left - before.box.left < _SAME_PLACE * min(
            char.box.width, before.box.width
        )
        if overlap and before and not char.text.isspace() and not before.text.isspace():
            if char.text != before.text:
                yield Char(_UNKNOWN, char.box, char.size, char.x, char.y)
            continue
        yield char
        before = char


def _with_spaces(row: Iterable[Char]) -> Iterator[tuple[Char, str]]:
    """Yield each character with the space that its distance from the one before it amounts to."""
    before: Char | None = None
    for char in row:
        space = ""
        if before is not None:
            gap = (char.box.left - before.box.right) / max(char.size, 1.0)
            both_latin = char.text.isascii() and before.text.isascii()
            if gap > (_GAP_IN_NUMBER if both_latin else _GAP_IN_TEXT):
                space = " "
        yield char, space
        before = char
