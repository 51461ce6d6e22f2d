"""Which part of a version is exported: years, a place, or one agency."""
# ruff: noqa: S608 - the names in the statements are the catalog's and our own

import re
from collections.abc import Sequence
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from nianbao.divisions.table import load_divisions
from nianbao.errors import ConfigurationError
from nianbao.export.catalog import Relation
from nianbao.model import normalise_name

_PUBLIC = (
    "(portal_id IS NULL OR portal_id NOT IN "
    "(SELECT d.portal_id FROM portals d WHERE d.stage = 'draft'))"
)
"""Requests to an inbox of drafts name what was never published."""


@dataclass(frozen=True)
class Selection:
    """What to take; the empty selection takes all."""

    years: tuple[int, ...] = ()
    place: str = ""
    """Code of an administrative division, or its name."""
    agency: str = ""
    """An `org_id`, or a name of the organisation."""

    @property
    def by_organisation(self) -> bool:
        """True where only some organisations are taken."""
        return bool(self.place or self.agency)

    @property
    def name(self) -> str:
        """A name for files: the same for the same selection, in letters that every system takes."""
        years = "-".join(map(str, self.years))
        parts = {"place": self.place, "agency": self.agency, "years": years}
        return "_".join(f"{key}-{_ascii(value)}" for key, value in parts.items() if value)


def _ascii(text: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9-]{1,60}", text):
        return text
    return "x" + text.encode().hex()[:60]


def parse_years(text: str) -> tuple[int, ...]:
    """Return the years of `2021`, `2019,2021` or `2019-2021`.

    Raises `ConfigurationError` for anything else.
    """
    years: set[int] = set()
    for part in filter(None, text.split(",")):
        found = re.fullmatch(r"\s*(\d{4})\s*(?:-\s*(\d{4})\s*)?", part)
        if not found or int(found[1]) > int(found[2] or found[1]):
            raise ConfigurationError(f"not years: {text!r}; write 2021, 2019,2021 or 2019-2021")
        years.update(range(int(found[1]), int(found[2] or found[1]) + 1))
    return tuple(sorted(years))


def choose(
    con: DuckDBPyConnection, catalog: dict[str, Relation], selection: Selection
) -> list[str]:
    """Write the chosen organisations and the years of all reports into temporary tables.

    Returns the ids of the chosen organisations, all of them where none was asked for. Raises
    `ConfigurationError` where the place or the agency is not known, or several have the name.
    """
    ids = _organisations(con, catalog, selection)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE chosen AS SELECT unnest(?::VARCHAR[]) AS org_id", [ids]
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE report_years AS "
        "SELECT DISTINCT report_id, org_id, report_year FROM report_versions"
    )
    return ids


def condition(relation: Relation, selection: Selection) -> str | None:
    """Return what a relation's rows must meet, or `None` where it cannot be cut to the selection.

    A relation over all organisations would pass for one of a place, so it is left out; one that
    speaks of neither years nor organisations explains the others and is taken whole.
    """
    names = set(relation.names)
    parts = [_PUBLIC] if "portal_id" in names else []
    if selection.by_organisation:
        part = _of_organisations(names)
        if part is None and "report_year" in names:
            return None
        parts.append(part or "true")
    if selection.years:
        parts.append(_of_years(names, selection.years))
    return " AND ".join(parts) or "true"


def _of_organisations(names: set[str]) -> str | None:
    if "org_id" in names:
        return "org_id IN (FROM chosen)"
    if "report_id" in names:
        return "report_id IN (SELECT report_id FROM report_years WHERE org_id IN (FROM chosen))"
    if "sha256" in names:
        return "sha256 IN (SELECT v.sha256 FROM report_versions v WHERE v.org_id IN (FROM chosen))"
    return None


def _of_years(names: set[str], years: Sequence[int]) -> str:
    listed = f"({', '.join(str(int(year)) for year in years)})"
    if "report_year" in names:
        return f"report_year IN {listed}"
    if "report_id" in names:
        return f"report_id IN (SELECT report_id FROM report_years WHERE report_year IN {listed})"
    if "sha256" in names:
        return f"sha256 IN (SELECT v.sha256 FROM report_versions v WHERE v.report_year IN {listed})"
    return "true"


def _organisations(
    con: DuckDBPyConnection, catalog: dict[str, Relation], selection: Selection
) -> list[str]:
    if selection.place and selection.agency:
        raise ConfigurationError("give a place or an agency, not both")
    if selection.place:
        return _of_place(con, catalog["organisations"], selection.place)
    if selection.agency:
        return [_agency(con, catalog, selection.agency)]
    rows = con.execute("SELECT org_id FROM organisations ORDER BY org_id").fetchall()
    return [str(org_id) for (org_id,) in rows]


def _of_place(con: DuckDBPyConnection, organisations: Relation, place: str) -> list[str]:
    """Return the organisations of a place with the places below it: 370000 is a whole province."""
    start = re.sub(r"(00){1,2}$", "", _division(place))
    columns = [name for name in ("division", "division_2020") if name in organisations.names]
    tests = " OR ".join(f"starts_with({column}, ?)" for column in columns)
    rows = con.execute(
        f"SELECT org_id FROM organisations WHERE {tests} ORDER BY org_id",
        [start for _ in columns],
    ).fetchall()
    if not rows:
        raise ConfigurationError(f"no organisation is known in the place {place!r}")
    return [str(org_id) for (org_id,) in rows]


def _division(place: str) -> str:
    if re.fullmatch(r"\d{6}", place):
        return place
    codes = sorted(
        code for code, known in load_divisions().items() if place in {one.name for one in known}
    )
    if len(codes) != 1:
        found = f"several have it: {', '.join(codes)}" if codes else "none has it"
        raise ConfigurationError(f"give the code of the place instead of {place!r}; {found}")
    return codes[0]


def _agency(con: DuckDBPyConnection, catalog: dict[str, Relation], agency: str) -> str:
    queries = ["SELECT org_id FROM organisations WHERE org_id = ?"]
    queries.append("SELECT org_id FROM organisations WHERE name = ?")
    if "organisation_names" in catalog:
        queries.append(
            "SELECT DISTINCT org_id FROM organisation_names WHERE ? IN (name, normalised)"
        )
    queries.append("SELECT DISTINCT org_id FROM report_versions WHERE organisation = ?")
    for asked in (agency, normalise_name(agency)):
        for query in queries:
            found = sorted(str(org_id) for (org_id,) in con.execute(query, [asked]).fetchall())
            if len(found) > 1:
                raise ConfigurationError(f"several organisations are called {agency!r}: {found}")
            if found:
                return found[0]
    raise ConfigurationError(f"no organisation is called {agency!r}; give its org_id")
