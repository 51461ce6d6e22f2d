"""The tables about organisations filled: before the reports are loaded, and after it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import pyarrow as pa
from duckdb import DuckDBPyConnection

from nianbao.model import Portal, RosterEntry
from nianbao.warehouse.organisations.classify import themes
from nianbao.warehouse.organisations.context import contexts, near_of
from nianbao.warehouse.organisations.declared import Declared, declared
from nianbao.warehouse.organisations.known import Known, national_deadlines
from nianbao.warehouse.organisations.places import division_table, names_of_others, year_rows
from nianbao.warehouse.organisations.register import (
    Organisation,
    Row,
    id_rows,
    name_rows,
    organisation_rows,
    organisations,
)
from nianbao.warehouse.organisations.resolve import Printed, Resolved, Resolver
from nianbao.warehouse.organisations.successors import succession_rows
from nianbao.warehouse.schema import read_sql
from nianbao.warehouse.tables import metadata

_NAMES = pa.schema(
    [
        *((name, pa.string()) for name in ("organisation", "lead_agency", "portal_id", "org_id")),
        ("rank", pa.int8()),
    ]
)


def fill_organisations(con: DuckDBPyConnection, portals: Sequence[Portal], sources: Known) -> None:
    """Give every printed name its organisation (`names`), and fill the tables about organisations.

    A registered name or alias decides first; a report that names nobody belongs to the agency that
    the list named; any other name makes an organisation of its own, in the place that it names or
    that the site is of.
    """
    known = declared(portals, sources.roster)
    resolved = list(Resolver(known, sources.identities).resolve(_printed(con, portals, known)))
    con.register("names", pa.Table.from_pylist([_name_row(one) for one in resolved], _NAMES))
    found = organisations(known, resolved)
    others = names_of_others(known)
    last = _last_year(con)
    tables: dict[str, Iterable[Row]] = {
        "organisations": organisation_rows(found, others),
        "organisation_names": name_rows(found),
        "organisation_ids": id_rows(resolved, sources.identities),
        "organisation_successions": succession_rows(found),
        "themes": ({"theme": t.code, "title_zh": t.zh, "title_en": t.en} for t in themes()),
        "division_years": year_rows((o.code for o in found.values() if o.code), last, others),
        "roster": _roster_rows(known),
        "deadlines": _deadline_rows(sources),
    }
    for table, rows in tables.items():
        insert(con, table, rows)
    _insert_arrow(con, "divisions", division_table(others))
    _register_duties(con, portals, found, sources)


def fill_coverage(con: DuckDBPyConnection) -> None:
    """Fill `coverage` once the reports are loaded."""
    for name in ("duties.sql", "evidence.sql", "coverage.sql"):
        con.execute(read_sql(f"coverage/{name}"))


def insert(con: DuckDBPyConnection, table: str, rows: Iterable[Row]) -> None:
    """Insert rows by column name; a column that a row does not name is null."""
    names = [column.name for column in metadata.tables[table].columns]
    complete = [{name: row.get(name) for name in names} for row in rows]
    if complete:
        _insert_arrow(con, table, pa.Table.from_pylist(complete))


def _insert_arrow(con: DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    con.register("new_rows", rows)
    con.execute(f"INSERT INTO {table} BY NAME FROM new_rows")
    con.unregister("new_rows")


def _printed(
    con: DuckDBPyConnection, portals: Sequence[Portal], known: Mapping[str, Declared]
) -> Iterator[Printed]:
    sites = contexts(portals)
    for name, lead, portal_id in con.execute(read_sql("names.sql")).fetchall():
        yield Printed(name, lead, portal_id, near_of(lead, portal_id, known, sites))


def _name_row(one: Resolved) -> Row:
    printed = one.printed
    return {
        "organisation": printed.name,
        "lead_agency": printed.lead,
        "portal_id": printed.portal_id,
        "org_id": one.org_id,
        "rank": one.rank,
    }


def _last_year(con: DuckDBPyConnection) -> int:
    """Return the last report year that can be in the warehouse: that before the newest request."""
    query = (
        "SELECT max(fetched_at)::DATE, (SELECT max(report_year) FROM parsed_parts) FROM log_parts"
    )
    [(newest, reported)] = con.execute(query).fetchall()
    by_log = newest.year - 1 if isinstance(newest, date) else 0
    return max(by_log, reported or 0)


def _roster_rows(known: Mapping[str, Declared]) -> Iterator[Row]:
    for body in known.values():
        for entry in body.entries:
            yield _roster_row(body.org_id, entry)


def _roster_row(org_id: str, entry: RosterEntry) -> Row:
    copied = (
        *("name", "credit_code", "site_code", "division", "kind", "theme"),
        *("obliged_from", "obliged_to", "scope", "source"),
    )
    return {name: getattr(entry, name) for name in copied} | {
        "org_id": org_id,
        "parent": entry.parent or None,
        "portal_id": entry.portal or None,
    }


def _deadline_rows(sources: Known) -> Iterator[Row]:
    for number, rule in enumerate((*national_deadlines(), *sources.deadlines), start=1):
        yield {**rule, "rule": number}


def _register_duties(
    con: DuckDBPyConnection,
    portals: Sequence[Portal],
    found: Mapping[str, Organisation],
    sources: Known,
) -> None:
    """Hand the build what coverage is worked out from and what is in no table of its own."""
    text, number = pa.string(), pa.int64()
    bodies = [_body_row(one) for one in found.values()]
    schema = {"org_id": text, "core": text, "root": text, "obliged_by": text}
    con.register("bodies", pa.Table.from_pylist(bodies, pa.schema(schema)))
    sites = [
        {"org_id": one.org_id, "portal_id": portal_id}
        for one in found.values()
        if one.declared
        for portal_id in _portals_of(one.declared)
    ]
    schema = {"org_id": text, "portal_id": text}
    con.register("body_portals", pa.Table.from_pylist(sites, pa.schema(schema)))
    schema = {"portal_id": text, "family": text, "first_year": number, "last_year": number}
    whole = schema | {"empty_years": pa.list_(number)}
    whole |= {"enabled": pa.bool_(), "is_empty": pa.bool_()}
    con.register(
        "portal_records",
        pa.Table.from_pylist([_portal_row(portal) for portal in portals], pa.schema(whole)),
    )
    con.register("asked", sources.asked)


def _body_row(one: Organisation) -> Row:
    by = "none" if one.declared is None else "roster" if one.declared.entries else "record"
    return {"org_id": one.org_id, "core": one.core, "root": one.root, "obliged_by": by}


def _portals_of(body: Declared) -> Iterable[str]:
    """Return where a body's reports have to be: as the roster says, else where records name it."""
    said = dict.fromkeys(entry.portal for entry in body.entries if entry.portal)
    return said or dict.fromkeys(body.portals)


def _portal_row(portal: Portal) -> Row:
    empty = [year for year, count in portal.expected.years.items() if count.max == 0]
    return {
        "portal_id": portal.id,
        "family": portal.family,
        "enabled": portal.enabled and portal.stage == "published",
        "first_year": portal.years.first if portal.years else None,
        "last_year": portal.years.last if portal.years else None,
        # `max: 0` says that there are none, and that this is known.
        "empty_years": sorted(empty),
        "is_empty": portal.expected.max == 0,
    }
