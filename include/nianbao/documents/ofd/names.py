"""The XML of OFD: elements by their local name, since writers differ in the namespace; lists of numbers."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

_REPEAT = "g"


@dataclass(frozen=True, slots=True)
class Region:
    """A box: upper left corner and size, in millimetres."""

    x: float
    y: float
    width: float
    height: float


def name_of(element: etree._Element) -> str:
    """Return the local name; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: etree._Element | None, name: str) -> list[etree._Element]:
    """Return the children of a name, none where there is no element."""
    return [each for each in element if name_of(each) == name] if element is not None else []


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """Return the first child of a name."""
    return next(iter(children(element, name)), None)


def numbers(text: str) -> list[float]:
    """Return the numbers of a list; empty where one of them is none."""
    try:
        found = [float(part) for part in text.split()]
    except ValueError:
        return []
    return found if all(math.isfinite(number) for number in found) else []


def number(text: str | None, default: float) -> float:
    """Return one number, or the default where none is given or it is none."""
    found = numbers(text or "")
    return found[0] if found else default


def steps(text: str | None, most: int) -> list[float]:
    """Return the distances between characters: `g 3 4.2` is three times 4.2 (table 46)."""
    return list(_steps(iter((text or "").split()), most))


def _steps(parts: Iterator[str], most: int) -> Iterator[float]:
    given = 0
    for part in parts:
        if given >= most:
            return
        times = 1
        if part == _REPEAT:
            times = min(int(number(next(parts, ""), 0.0)), most - given)
            part = next(parts, "")
        value = number(part, 0.0)
        for _ in range(times):
            yield value
        given += times
