"""The table of codes by year, from published snapshots of GB/T 2260.

Sources: the lists of the Ministry of Civil Affairs for 2020, 2022, 2023 and 2024 and the National Bureau
of Statistics' for 2015 to 2019 and 2021 (without its zones that are no divisions), and the GB/T 2260
editions of 2013 and 2014. Not covered: Hong Kong, Macao, Taiwan.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from nianbao.errors import ConfigurationError

FIRST_YEAR = 2013
"""The oldest snapshot: a code with this first year may be older."""

DivisionLevel = Literal["province", "prefecture", "county"]
_NAMES = re.compile(
    "(?:特别行政区|行政委员会|自治[区州县旗]|林区|特区|地区|新区|矿区|[省市区县旗盟])$"
)


@dataclass(frozen=True, slots=True)
class Division:
    """A province, prefecture or county under one code and name."""

    code: str
    name: str
    first_year: int
    last_year: int | None
    """The last year in whose snapshot it stands; `None` where it is in force."""

    @property
    def level(self) -> DivisionLevel:
        """Province, prefecture or county, by the zeros of the code."""
        if self.code.endswith("0000"):
            return "province"
        return "prefecture" if self.code.endswith("00") else "county"

    @property
    def stem(self) -> str:
        """The name without the word for its kind: 下城 of 下城区; 沙县 stays as it is."""
        stem = _NAMES.sub("", self.name)
        return stem if len(stem) > 1 else self.name

    @property
    def parents(self) -> tuple[str, ...]:
        """The codes of the province and the prefecture above it; some counties have no prefecture."""
        above = (f"{self.code[:2]}0000", f"{self.code[:4]}00")
        return tuple(dict.fromkeys(code for code in above if code != self.code))

    def in_force(self, year: int) -> bool:
        """Tell whether the code was in force in some year, as far back as the snapshots go."""
        known = max(year, FIRST_YEAR)
        return self.first_year <= known and (self.last_year is None or known <= self.last_year)


@cache
def load_divisions() -> Mapping[str, tuple[Division, ...]]:
    """Return the divisions by code, those of one code by year."""
    text = (files("nianbao.divisions") / "divisions.csv").read_text("utf-8")
    divisions: dict[str, tuple[Division, ...]] = {}
    for row in csv.DictReader(text.splitlines()):
        last = int(row["last_year"]) if row["last_year"] else None
        division = Division(row["code"], row["name"], int(row["first_year"]), last)
        divisions[division.code] = (*divisions.get(division.code, ()), division)
    return divisions


def division_of(code: str, year: int | None = None) -> Division:
    """Return the division of a code in some year, or the latest that had the code.

    Raises `ConfigurationError` where there is none.
    """
    known = sorted(load_divisions().get(code, ()), key=lambda division: division.first_year)
    fitting = [division for division in known if year is None or division.in_force(year)]
    if not fitting:
        when = "" if year is None else f" in {year}"
        raise ConfigurationError(f"no administrative division has the code {code!r}{when}")
    return fitting[-1]


@cache
def division_names() -> frozenset[str]:
    """Return every name that a division has or had."""
    return frozenset(
        division.name for divisions in load_divisions().values() for division in divisions
    )
