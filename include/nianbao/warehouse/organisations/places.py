"""The rows about divisions: their codes by year, and what organisations' codes were in each year."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import pyarrow as pa

from nianbao.divisions import (
    Division,
    Lineage,
    code_in_common_year,
    lineage_of,
    load_divisions,
    succession_of,
    successor_of,
)
from nianbao.warehouse.organisations.declared import Declared
from nianbao.warehouse.organisations.register import Row, place_names

FIRST_YEAR = 2008
"""The first report year: the regulation of 2007 came into force in May 2008."""


_DIVISIONS = pa.schema(
    [
        *((name, pa.string()) for name in ("code", "name", "level")),
        *((name, pa.int16()) for name in ("first_year", "last_year")),
        *((name, pa.string()) for name in ("code_2020", "place", "province", "prefecture")),
        *(
            (name, pa.string())
            for name in ("successor", "succession", "succession_source", "source")
        ),
    ]
)


def division_table(others: Mapping[str, str]) -> pa.Table:
    """Return the rows of `divisions`; `others` has the codes that are in no table, with names."""
    rows: list[Row] = [
        {
            "code": code,
            "name": name,
            "level": Division(code, name, FIRST_YEAR, None).level,
            "province": f"{code[:2]}0000",
            "place": code,
            "source": "registry",
        }
        for code, name in sorted(others.items())
    ]
    return pa.concat_tables([_packaged(), pa.Table.from_pylist(rows, _DIVISIONS)])


@cache
def _packaged() -> pa.Table:
    """Return the rows of the packaged table, made once: they are the same in every build."""
    divisions = load_divisions()
    rows = [_row(division) for code in sorted(divisions) for division in divisions[code]]
    return pa.Table.from_pylist(rows, _DIVISIONS)


def _row(division: Division) -> Row:
    lineage = _lineage(division)
    row: Row = {
        "code": division.code,
        "name": division.name,
        "level": division.level,
        "first_year": division.first_year,
        "last_year": division.last_year,
        "code_2020": code_in_common_year(lineage),
        "place": lineage.root,
        "province": f"{division.code[:2]}0000",
        "prefecture": _prefecture(division),
        "source": "GB/T 2260",
    }
    return row | _succession(division, lineage)


def _prefecture(division: Division) -> str | None:
    code = f"{division.code[:4]}00"
    return code if division.level != "province" and code in load_divisions() else None


def _succession(division: Division, lineage: Lineage) -> Row:
    ended = succession_of(division)
    known = {"succession_source": ended.source if ended else None}
    later = lineage.divisions[lineage.divisions.index(division) + 1 :]
    if later:
        return {"successor": later[0].code, "succession": "renamed", **known}
    after = successor_of(lineage)
    if after is None:
        return {}
    year = (lineage.last_year or 0) + 1
    successor = after[0].in_year(year) or after[0].latest
    return {"successor": successor.code, "succession": after[1], **known}


def _lineage(division: Division) -> Lineage:
    found = lineage_of(division.code, division.last_year or division.first_year)
    if found is None:
        raise AssertionError(division)
    return found


def year_rows(codes: Iterable[str], last: int, others: Mapping[str, str]) -> Iterator[Row]:
    """Yield the rows of `division_years` for the codes of organisations, up to a report year."""
    for code in sorted({*codes}):
        lineage = lineage_of(code)
        common = code_in_common_year(lineage) if lineage else None
        for year in range(FIRST_YEAR, last + 1):
            division = lineage.in_year(year) if lineage else None
            if lineage and division is None:
                continue
            then = division.code if division else code
            yield {
                "division": code,
                "report_year": year,
                "code": then,
                "code_2020": common,
                **place_names(then, year, others),
            }


def names_of_others(known: Mapping[str, Declared]) -> dict[str, str]:
    """Return what bodies call the divisions whose codes are in no table, by most of their names."""
    said: dict[str, Counter[str]] = {}
    for body in known.values():
        stated = body.body.place.stated
        if body.division and stated and lineage_of(body.division) is None:
            said.setdefault(body.division, Counter())[stated] += 1
    return {code: min(names, key=lambda name: (-names[name], name)) for code, names in said.items()}
