"""Which division went on as which: one place under another code or name, or inside another place.

What follows from names and years alone is derived: a code that ended, and one of the same level in
the same province that began the year after under the same name, or under the same name with another
ending (县 to 市 or 区). The rest is declared in `successions.csv`. That the code ended and that its
successors were there a year later stands in the table; which of them took the place over does in only
some cases, so each succession says what it rests on.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from nianbao.divisions.table import Division, load_divisions

SuccessionKind = Literal["renamed", "merged", "divided", "split"]
SuccessionSource = Literal["names", "codes", "unverified"]


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
    source: SuccessionSource = "unverified"
    """`names`: the same name or stem before and after; `codes`: the same code under another name, or the
    only one of its prefecture that ended and the only one that began; `unverified`: declared, and no
    list that comes with the project says so."""


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
        last, successors = int(row["last_year"]), tuple(row["successors"].split())
        source = _source(row["code"], last, successors, kind)
        yield Succession(row["code"], last, successors, kind, source)


def _source(
    code: str, last: int, successors: tuple[str, ...], kind: SuccessionKind
) -> SuccessionSource:
    if kind != "renamed":
        return "unverified"
    divisions = [
        one for known in load_divisions().values() for one in known if one.level == "county"
    ]
    ended = [one for one in divisions if one.code[:4] == code[:4] and one.last_year == last]
    after = successors[0]
    begun = [d for d in divisions if d.code[:4] == after[:4] and d.first_year == last + 1]
    old, new = (
        [one for one in some if one.code == own] for some, own in ((ended, code), (begun, after))
    )
    if any(_same_stem(one, other) for one in old for other in new):
        return "names"
    alone = ended == old and begun == new
    return "codes" if alone or successors == (code,) else "unverified"


def _derived() -> Iterator[Succession]:
    divisions = [division for known in load_divisions().values() for division in known]
    begun: dict[int, list[Division]] = {}
    for division in divisions:
        begun.setdefault(division.first_year, []).append(division)
    for old in divisions:
        if old.last_year is not None and (new := _continued(old, begun.get(old.last_year + 1, []))):
            yield Succession(old.code, old.last_year, (new.code,), "renamed", "names")


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
