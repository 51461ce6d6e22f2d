"""The place in the name of a body: 泰安市肥城市商务局 is 商务局 in 370983."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from nianbao.divisions.lineage import Lineage, lineage_of
from nianbao.divisions.table import Division, load_divisions

Source = Literal["name", "context", "both", "none"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a body is, by its name and by where it was found."""

    code: str
    """The division's code as the name has it; the context's where the name has none; or empty."""
    rest: str
    """The name behind the place."""
    source: Source
    """What told the place: `both` where the context had to choose between places of one name."""
    stated: str = ""
    """Words that look like a place which the table doesn't have: 云汀市 of 云汀市商务局."""

    @property
    def lineage(self) -> Lineage | None:
        """The place through the years; `None` for a code that is in no table."""
        return lineage_of(self.code) if self.code else None

    @property
    def root(self) -> str:
        """A code that stays the same through renamings; empty where the place is not known."""
        return self.lineage.root if self.lineage else self.code


@lru_cache(maxsize=65536)
def place_of(name: str, near: str = "") -> Place:
    """Return the place of a body, its name without white space.

    `near` is the division of the site it was found on. It chooses between places of one name (there
    are four 新华区), and stands in where the name has no place, or none that can be told.
    """
    words = _words()
    found = _found(words["before"].sub("", name), near)
    if found:
        return found
    if words["central"].match(name):
        return Place("", name, "none")
    own = words["own"].sub("", name, count=1) if near else name
    if own != name:
        return Place(near, own, "context")
    stated = words["unknown"].match(name)
    if stated and not words["zones"].search(stated[0]):
        return Place("", name[stated.end() :], "none", stated[0])
    return Place(near, name, "context" if near else "none")


def _found(name: str, near: str) -> Place | None:
    matches = sorted(_matches(name, near), key=lambda match: -match[1])
    if not matches:
        return None
    end = matches[0][1]
    divisions = [division for division, at in matches if at == end]
    fitting, chosen_by = _choose(divisions, near)
    if fitting is None:
        return Place(near, name, "context" if near else "none")
    return Place(fitting.code, name[end:], chosen_by)


def _choose(divisions: list[Division], near: str) -> tuple[Division | None, Source]:
    """Return the one place that is meant, or `None` where it can't be told."""
    # Of several codes of one place under one name, the latest.
    divisions = sorted(divisions, key=lambda division: division.first_year)
    places = {_lineage(division): division for division in divisions}
    if len(places) == 1:
        return next(iter(places.values())), "name"
    for test in (_is_here, _is_below, _is_above):
        fitting = [one for place, one in places.items() if near and test(place, near)]
        if len(fitting) == 1:
            return fitting[0], "both"
    return None, "none"


def _matches(name: str, near: str) -> Iterator[tuple[Division, int]]:
    """Yield every place that the name may begin with, and where the name goes on behind it."""
    yield from _below(name, 0, None, near)


def _below(
    name: str, start: int, above: Division | None, near: str
) -> Iterator[tuple[Division, int]]:
    full, short, longest = _index()
    for length in range(min(longest, len(name) - start), 1, -1):
        text, end = name[start : start + length], start + length
        for division in full.get(text, ()):
            if _is_inside(division, above):
                yield division, end
                yield from _below(name, end, division, near)
        for division in short.get(text, ()):
            if _is_inside(division, above):
                deeper = list(_below(name, end, division, near))
                yield from deeper
                if not deeper and _may_stand_alone(division, name[end:], near):
                    yield division, end


def _may_stand_alone(division: Division, rest: str, near: str) -> bool:
    """Tell whether a short name is a place: 肥城商务局 on a site of 肥城, 上海发改委 anywhere."""
    if near:
        return _is_related(_lineage(division), near)
    return division.level != "county" and bool(_words()["department"].match(rest))


def _is_inside(division: Division, above: Division | None) -> bool:
    return above is None or above.code in division.parents


def _is_here(place: Lineage, near: str) -> bool:
    return any(division.code == near for division in place.divisions)


def _is_below(place: Lineage, near: str) -> bool:
    return any(near in division.parents for division in place.divisions)


def _is_above(place: Lineage, near: str) -> bool:
    parents = (f"{near[:2]}0000", f"{near[:4]}00")
    return any(division.code in parents for division in place.divisions)


def _is_related(place: Lineage, near: str) -> bool:
    return any(test(place, near) for test in (_is_here, _is_below, _is_above))


def _lineage(division: Division) -> Lineage:
    found = lineage_of(division.code, division.last_year or division.first_year)
    if found is None:
        raise AssertionError(division)
    return found


def child_called(stem: str, above: str) -> Division | None:
    """Return the county below a prefecture that a short name (下城) means; `None` where none is."""
    _, short, _ = _index()
    known = [*short.get(stem, ()), *_index()[0].get(stem, ())]
    found = {_lineage(one): one for one in known if above in one.parents}
    return next(iter(found.values())) if len(found) == 1 else None


@cache
def _index() -> tuple[dict[str, list[Division]], dict[str, list[Division]], int]:
    """Return the divisions by name and by short names, and the length of the longest name."""
    full: dict[str, list[Division]] = {}
    short: dict[str, list[Division]] = {}
    for known in load_divisions().values():
        for division in known:
            full.setdefault(division.name, []).append(division)
            for name in _short_names(division):
                # 延边州 needs nothing beside it, 延边 may be the beginning of any other name.
                into = full if name[-1] == division.name[-1] else short
                if len(name) > 1 and name != division.name:
                    into.setdefault(name, []).append(division)
    return full, short, max(map(len, full))


def _short_names(division: Division) -> tuple[str, ...]:
    if division.level == "province":
        return tuple(_words()["provinces"][division.code[:2]])
    people = _words()["peoples"].search(division.name)
    if people and people.start() > 1 and "自治" in division.name:
        stem = division.name[: people.start()]
        return (stem, stem + division.name[-1])
    return (division.stem,)


@cache
def _words() -> dict[str, Any]:
    text = (files("nianbao.divisions") / "places.yaml").read_text("utf-8")
    words: dict[str, Any] = yaml.safe_load(text)
    words["before"] = re.compile(f"^(?:{'|'.join(words['before'])})(?=.)")
    for name in ("central", "department", "own", "unknown", "zones"):
        words[name] = re.compile(words[name])
    words["peoples"] = re.compile(words["peoples"].replace(" ", ""))
    return words
