"""Lines of text that stand above each other as one label or one number would."""

from collections.abc import Iterable
from dataclasses import dataclass

from nianbao.documents.pdf.page import Line
from nianbao.documents.pdf.text_row import opens_label

_NEXT = 1.9
"""Ems between two lines of one text."""
_LEVEL = 0.5
"""Ems by which a text's lines and the numbers beside it may lie apart."""
Placed = tuple[Line, bool]
"""A line, and whether it stands level with numbers of its row."""


@dataclass
class Stack:
    """The lines of one text, from top to bottom."""

    lines: list[Line]
    is_level: bool
    """One of them is level with the numbers of a row."""
    is_doubtful: bool = False
    """It follows another so closely that both may be one text, beside numbers on several lines."""

    @property
    def top(self) -> float:
        """The middle of its first line."""
        return self.lines[0].box.middle[1]

    @property
    def bottom(self) -> float:
        """The middle of its last line."""
        return self.lines[-1].box.middle[1]

    @property
    def left(self) -> float:
        """Where it begins."""
        return min(line.box.left for line in self.lines)

    def covers(self, y: float) -> bool:
        """Tell whether a row at a height stands beside it."""
        reach = _LEVEL * self.lines[0].size
        return self.top - reach <= y <= self.bottom + reach


def stacked(lines: Iterable[Placed]) -> list[Stack]:
    """Return the texts that lines form, given from top to bottom.

    A line goes on with the one close above it, unless it begins with an ordinal, or both are level with
    numbers: then each is a row's own.
    """
    stacks: list[Stack] = []
    for line, is_level in lines:
        before = next((stack for stack in reversed(stacks) if _is_over(stack, line)), None)
        if before is None or opens_label(line.text) or _gap(before, line) > _NEXT * line.size:
            stacks.append(Stack([line], is_level))
        elif is_level and before.is_level:
            before.is_doubtful = True
            stacks.append(Stack([line], is_level, is_doubtful=True))
        else:
            before.lines.append(line)
            before.is_level = before.is_level or is_level
    return stacks


def _gap(stack: Stack, line: Line) -> float:
    return line.box.middle[1] - stack.bottom


def _is_over(stack: Stack, line: Line) -> bool:
    last = stack.lines[-1].box
    return last.left < line.box.right and line.box.left < last.right
