"""Automatic numbering resolved to the labels that Word prints (ECMA-376 part 1, §17.9)."""

import re
from dataclasses import dataclass, field

from lxml import etree

from nianbao.documents.docx.counting import count
from nianbao.documents.docx.names import child, number, switch, value, w
from nianbao.documents.docx.styles import Styles

_COUNTER = re.compile(r"%([1-9])")
_DEEPEST = 8
BULLET = "•"


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    style: str
    text: str
    suffix: str
    restart: int | None
    """Number of the level, from one, that starts this one anew; nought for none."""
    plain_digits: bool
    paragraph_style: str
    hidden: bool


@dataclass
class _List:
    """One abstract list: its levels and where the count stands."""

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document, counting as its paragraphs are asked for in order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        """Read the lists; an absent part numbers nothing."""
        self._styles = styles
        abstract = root.findall(w("abstractNum")) if root is not None else []
        self._abstract = {value(one, "abstractNumId"): one for one in abstract}
        nums = root.findall(w("num")) if root is not None else []
        self._nums = {value(one, "numId"): one for one in nums}
        self._lists: dict[str, _List] = {}
        self._started: set[tuple[str, int]] = set()

    def label(self, paragraph: etree._Element) -> str:
        """Count a paragraph and return its label with the gap after it; empty where it has none."""
        num_id, depth = self._place(paragraph)
        num = self._nums.get(num_id)
        if num is None or num_id == "0":
            return ""
        counted = self._list(value(child(num, "abstractNumId")))
        overrides = _overrides(num)
        levels = counted.levels | {d: lvl for d, (_, lvl) in overrides.items() if lvl is not None}
        if depth not in levels:
            return ""
        start = overrides.get(depth, (None, None))[0]
        if start is not None and (num_id, depth) not in self._started:
            counted.counts[depth] = start - 1
        self._started.add((num_id, depth))
        _step(counted.counts, levels, depth)
        return _printed(counted.counts, levels, depth)

    def _place(self, paragraph: etree._Element) -> tuple[str, int]:
        """Return the list and the level: as the paragraph says, else as its style does."""
        style_id = self._styles.of(paragraph)
        direct = child(paragraph, "pPr", "numPr")
        inherited = self._styles.numbering(style_id)
        num_id = value(child(direct, "numId")) or value(child(inherited, "numId"))
        level = value(child(direct, "ilvl"))
        if level or direct is not None:
            return num_id, min(number(level, 0), _DEEPEST)
        default = min(number(value(child(inherited, "ilvl")), 0), _DEEPEST)
        return num_id, self._level_of_style(num_id, style_id, default)

    def _level_of_style(self, num_id: str, style_id: str, default: int) -> int:
        num = self._nums.get(num_id)
        levels = self._list(value(child(num, "abstractNumId"))).levels if num is not None else {}
        found = (depth for depth, lvl in levels.items() if lvl.paragraph_style == style_id)
        return next(found, default)

    def _list(self, abstract_id: str) -> _List:
        if abstract_id not in self._lists:
            self._lists[abstract_id] = _List(_levels(self._resolved(abstract_id)))
        return self._lists[abstract_id]

    def _resolved(self, abstract_id: str) -> etree._Element | None:
        """Return a list's definition, through the list style that it may only name."""
        abstract = self._abstract.get(abstract_id)
        linked = value(child(abstract, "numStyleLink"))
        numbering = self._styles.numbering(linked) if linked else None
        num = self._nums.get(value(child(numbering, "numId")))
        real = self._abstract.get(value(child(num, "abstractNumId")))
        return real if real is not None else abstract


def _levels(parent: etree._Element | None) -> dict[int, _Level]:
    found = parent.findall(w("lvl")) if parent is not None else []
    return {number(value(lvl, "ilvl"), _DEEPEST + 1): _level(lvl) for lvl in found}


def _level(lvl: etree._Element) -> _Level:
    restart = child(lvl, "lvlRestart")
    style = next(lvl.iter(w("numFmt")), None)
    return _Level(
        start=number(value(child(lvl, "start")), 0),
        style=value(style) or "decimal",
        text=value(child(lvl, "lvlText")),
        suffix=value(child(lvl, "suff")) or "tab",
        restart=None if restart is None else number(value(restart), 0),
        plain_digits=bool(switch(lvl, "isLgl")),
        paragraph_style=value(child(lvl, "pStyle")),
        hidden=bool(switch(child(lvl, "rPr"), "vanish")),
    )


def _overrides(num: etree._Element) -> dict[int, tuple[int | None, _Level | None]]:
    found: dict[int, tuple[int | None, _Level | None]] = {}
    for override in num.findall(w("lvlOverride")):
        start, lvl = child(override, "startOverride"), child(override, "lvl")
        found[number(value(override, "ilvl"), 0)] = (
            None if start is None else number(value(start), 0),
            None if lvl is None else _level(lvl),
        )
    return found


def _step(counts: dict[int, int], levels: dict[int, _Level], depth: int) -> None:
    """Count one on a level, and start the deeper ones anew unless they say otherwise."""
    counts[depth] = counts[depth] + 1 if depth in counts else levels[depth].start
    for deeper in [d for d in counts if d > depth]:
        restart = levels[deeper].restart if deeper in levels else None
        if restart is None or depth < restart:
            del counts[deeper]


def _printed(counts: dict[int, int], levels: dict[int, _Level], depth: int) -> str:
    level = levels[depth]
    if level.hidden:
        return ""
    if level.style == "bullet":
        return BULLET

    def counted(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        if place not in levels:
            return ""
        style = "decimal" if level.plain_digits else levels[place].style
        return count(counts.get(place, levels[place].start), style)

    label = _COUNTER.sub(counted, level.text)
    gap = level.suffix != "nothing" and label[-1:].isascii()
    return f"{label} " if label and gap else label
