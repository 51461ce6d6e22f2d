"""Whose work went to whom: by what became of the place, by reforms of departments, by rosters."""

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from nianbao.divisions import succession_of, successor_of
from nianbao.model import RosterEntry, normalise_name
from nianbao.warehouse.organisations.register import Organisation, Row

Succession = tuple[str, str, int, str, str]
"""Predecessor, successor, first report year of the successor, reason, and what says so."""


def succession_rows(found: Mapping[str, Organisation]) -> Iterator[Row]:
    """Yield the rows of `organisation_successions`; only between bodies that there are.

    What a roster says of a body stands in place of what would be derived.
    """
    said = list(_by_roster(found))
    told = {before for before, *_ in said}
    derived = (*_by_division(found), *_by_reform(found))
    every = {*said, *(one for one in derived if one[0] not in told)}
    for before, after, year, reason, source in sorted(every):
        if before != after:
            yield {
                "org_id": before,
                "successor_id": after,
                "report_year": year,
                "reason": reason,
                "source": source,
            }


def _by_roster(found: Mapping[str, Organisation]) -> Iterator[Succession]:
    names: dict[str, Organisation] = {}
    for one in found.values():
        names.setdefault(normalise_name(one.name), one)
        if one.declared and one.declared.credit_code:
            names[one.declared.credit_code] = one
    for one in found.values():
        declared = one.declared
        after = names.get(normalise_name(declared.successor)) if declared else None
        if declared and declared.successor and after:
            ends = [entry.obliged_to for entry in declared.entries if entry.obliged_to]
            starts = [e.obliged_from for e in _entries(after) if e.obliged_from]
            year = max(ends) + 1 if ends else min(starts, default=0)
            if year:
                yield one.org_id, after.org_id, year, "roster", "roster"


def _entries(one: Organisation) -> tuple[RosterEntry, ...]:
    return one.declared.entries if one.declared else ()


def _by_division(found: Mapping[str, Organisation]) -> Iterator[Succession]:
    """Yield the bodies of a division that ended, with the same bodies of the one it went into."""
    by_key = _by_key(found)
    for one in found.values():
        lineage = one.lineage
        if lineage is None or lineage.last_year is None:
            continue
        after = successor_of(lineage)
        if after is None:
            continue
        successor = by_key.get((after[0].root, one.key[1]))
        if successor:
            ended = succession_of(lineage.latest)
            source = ended.source if ended else "unverified"
            yield one.org_id, successor.org_id, lineage.last_year + 1, after[1], source


def _by_reform(found: Mapping[str, Organisation]) -> Iterator[Succession]:
    by_key = _by_key(found)
    for one in found.values():
        root, core = one.key
        for after, year, reason in _reforms().get(core, ()) if root else ():
            successor = by_key.get((root, after))
            if successor:
                yield one.org_id, successor.org_id, year, reason, "unverified"


def _by_key(found: Mapping[str, Organisation]) -> dict[tuple[str, str], Organisation]:
    by_key: dict[tuple[str, str], Organisation] = {}
    for one in found.values():
        if one.root:
            by_key.setdefault(one.key, one)
    return by_key


@cache
def _reforms() -> dict[str, list[tuple[str, int, str]]]:
    text = (files("nianbao.warehouse.organisations") / "reforms.csv").read_text("utf-8")
    found: dict[str, list[tuple[str, int, str]]] = {}
    for row in csv.DictReader(text.splitlines()):
        rule = (row["to"], int(row["report_year"]), row["reason"])
        found.setdefault(row["from"], []).append(rule)
    return found
