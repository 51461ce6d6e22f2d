"""Which division went on as which: one place under another code or name, or inside another place.

What follows from names and years alone is derived: a code that ended, and one of the same level in
the same province that began the year after under the same name, or under the same name with another
ending (县 to 市 or 区). The rest is declared in `successions.csv`, after the Ministry of Civil Affairs'
yearly lists of changes (县级以上行政区划变更情况).
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from nianbao.divisions.table import Division, load_divisions

SuccessionKind = Literal["renamed", "merged", "divided", "split"]


@dataclass(frozen=True, slots=True)
class Succession:
    """What became of a division at the end of a year."""

    code: str
    last_year: int
    successors: tuple[str, ...]
    """Codes from the next year on; of a divided one, that with the larger part first."""
    kind: SuccessionKind
    """`renamed`: the same place; `merged`: part of a larger one; `divided`: parts of several;
    `split`: a part left, and the division itself goes on."""


@cache
def load_successions() -> tuple[Succession, ...]:
    """Return every succession, ordered by code and year."""
    declared = list(_declared())
    known = {(one.code, one.last_year) for one in declared if one.kind != "split"}
    derived = (one for one in _derived() if (one.code, one.last_year) not in known)
    return tuple(sorted((*declared, *derived), key=lambda one: (one.code, one.last_year, one.kind)))


def _declared() -> Iterator[Succession]:
    text = (files("nianbao.divisions") / "successions.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        kind = cast("SuccessionKind", row["kind"])
        yield Succession(row["code"], int(row["last_year"]), tuple(row["successors"].split()), kind)


def _derived() -> Iterator[Succession]:
    divisions = [division for known in load_divisions().values() for division in known]
    begun: dict[int, list[Division]] = {}
    for division in divisions:
        begun.setdefault(division.first_year, []).append(division)
    for old in divisions:
        if old.last_year is not None and (new := _continued(old, begun.get(old.last_year + 1, []))):
            yield Succession(old.code, old.last_year, (new.code,), "renamed")


def _continued(old: Division, begun: list[Division]) -> Division | None:
    near = [one for one in begun if one.code[:2] == old.code[:2] and one.level == old.level]
    for alike in (_same_name, _same_stem):
        found = [one for one in near if alike(old, one)]
        if len(found) == 1:
            return found[0]
    return None


def _same_name(old: Division, new: Division) -> bool:
    return old.name == new.name


def _same_stem(old: Division, new: Division) -> bool:
    return old.stem == new.stem and len(old.stem) > 1
