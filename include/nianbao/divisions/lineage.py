"""Lineages: one place through the years, under whatever code and name it has in each."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from nianbao.divisions.successions import Succession, load_successions
from nianbao.divisions.table import FIRST_YEAR, Division, load_divisions

COMMON_YEAR = 2020
"""The year whose codes a map or a census joins to."""


@dataclass(frozen=True, slots=True)
class Lineage:
    """The divisions of one place, oldest first."""

    divisions: tuple[Division, ...]

    @property
    def root(self) -> str:
        """The oldest code known: it stays when the place is renamed once more."""
        return self.divisions[0].code

    @property
    def latest(self) -> Division:
        """The place as it is, or was last."""
        return self.divisions[-1]

    @property
    def first_year(self) -> int | None:
        """First year, `None` where the place may be older than the snapshots."""
        first = min(division.first_year for division in self.divisions)
        return None if first <= FIRST_YEAR else first

    @property
    def last_year(self) -> int | None:
        """Last year, `None` where the place is still there."""
        return self.latest.last_year

    def in_year(self, year: int) -> Division | None:
        """Return the code and name of a year; `None` where the place was not there."""
        fitting = [division for division in self.divisions if division.in_force(year)]
        return fitting[-1] if fitting else None


@cache
def _lineages() -> Mapping[Division, Lineage]:
    divisions = [division for known in load_divisions().values() for division in known]
    before = {new: old for one in load_successions() for old, new in _renamed(one)}
    after = set(before.values())
    found: dict[Division, Lineage] = {}
    for last in divisions:
        if last in after:
            continue
        chain = [last]
        while (older := before.get(chain[-1])) is not None:
            chain.append(older)
        lineage = Lineage(tuple(reversed(chain)))
        found |= dict.fromkeys(chain, lineage)
    return found


def _renamed(one: Succession) -> list[tuple[Division, Division]]:
    if one.kind != "renamed":
        return []
    old, new = _in_year(one.code, one.last_year), _in_year(one.successors[0], one.last_year + 1)
    return [(old, new)] if old and new else []


def _in_year(code: str, year: int) -> Division | None:
    return next((one for one in load_divisions().get(code, ()) if one.in_force(year)), None)


@cache
def all_lineages() -> tuple[Lineage, ...]:
    """Return every lineage once, by its root."""
    return tuple(sorted({*_lineages().values()}, key=lambda one: (one.root, one.latest.code)))


@cache
def lineage_of(code: str, year: int | None = None) -> Lineage | None:
    """Return the place that has a code in some year, or else the latest that had it."""
    known = load_divisions().get(code, ())
    fitting = [division for division in known if year is not None and division.in_force(year)]
    chosen = fitting or sorted(known, key=lambda division: division.first_year)
    return _lineages()[chosen[-1]] if chosen else None


@cache
def code_in_common_year(lineage: Lineage) -> str | None:
    """Return the code of 2020 that covers a place; `None` where no single one does.

    A place that ended earlier is covered by what it was merged into, one that began later by the
    only division that it was split from.
    """
    division = lineage.in_year(COMMON_YEAR)
    if division is not None:
        return division.code
    if lineage.last_year is not None and lineage.last_year < COMMON_YEAR:
        after = successor_of(lineage)
        return code_in_common_year(after[0]) if after and after[1] == "merged" else None
    origins = _origins(lineage)
    return code_in_common_year(origins[0]) if len(origins) == 1 else None


def successor_of(lineage: Lineage) -> tuple[Lineage, str] | None:
    """Return the place that an ended one went into, and how; of several the one with most of it."""
    one = _ends().get((lineage.latest.code, lineage.latest.last_year))
    found = lineage_of(one.successors[0], one.last_year + 1) if one else None
    return (found, one.kind) if one and found else None


def succession_of(division: Division) -> Succession | None:
    """Return what became of a division at its end; `None` where it is in force, or nothing is known."""
    return _ends().get((division.code, division.last_year))


@cache
def _ends() -> Mapping[tuple[str, int | None], Succession]:
    return {(one.code, one.last_year): one for one in load_successions() if one.kind != "split"}


def _origins(lineage: Lineage) -> list[Lineage]:
    first = lineage.divisions[0]
    found = [
        lineage_of(one.code, one.last_year)
        for one in load_successions()
        if one.kind in {"split", "divided"}
        and first.code in one.successors
        and one.last_year + 1 == first.first_year
    ]
    return [one for one in found if one is not None]
