"""The warehouse rebuilt from its sources into a staging file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from nianbao.errors import BuildError
from nianbao.forms import load_forms
from nianbao.model import Portal, normalise_name, org_id_for
from nianbao.warehouse.dictionary import dictionary_rows
from nianbao.warehouse.schema import create_tables, create_views, read_sql
from nianbao.warehouse.tables import metadata

STORAGE_VERSION = "v1.0.0"
"""The file format that DuckDB clients from 1.0 on can open; the library's own default is newer."""


@dataclass(frozen=True)
class Sources:
    """Everything a build is made from."""

    fetch_log: pa.Table
    """The fetch log with the column `run_id`."""
    parsed: Sequence[str]
    """Paths of the parsed Parquet parts."""
    parsed_schema: pa.Schema
    portals: Sequence[Portal]


def build(path: Path, sources: Sources) -> None:
    """Build a new warehouse file at `path`, which must not exist.

    Raises `BuildError` where the sources do not fit the tables.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{path}' AS warehouse (STORAGE_VERSION '{STORAGE_VERSION}')")
        con.execute("USE warehouse")
        try:
            con.execute("BEGIN")  # one transaction: hundreds of small statements, one write
            _fill(con, sources)
            con.execute("COMMIT")
        except duckdb.Error as error:
            raise BuildError(f"the warehouse could not be built: {error}") from error


def _fill(con: duckdb.DuckDBPyConnection, sources: Sources) -> None:
    create_tables(con)
    _insert(con, "portals", [_portal_row(portal) for portal in sources.portals])
    forms = load_forms().values()
    _insert(con, "cell_dictionary", [row for form in forms for row in dictionary_rows(form)])
    _register(con, sources)
    _resolve_names(con, sources.portals)
    con.execute(read_sql("load.sql"))
    create_views(con)


def _register(con: duckdb.DuckDBPyConnection, sources: Sources) -> None:
    con.register("log_parts", _in_utc(sources.fetch_log))
    if sources.parsed:
        # By name: a part of an older reader must not take new fields from the parts after it.
        con.read_parquet(list(sources.parsed), union_by_name=True, filename=True).create_view(
            "parsed_parts", replace=True
        )
    else:
        schema = sources.parsed_schema.append(pa.field("filename", pa.string()))
        con.register("parsed_parts", schema.empty_table())


def _in_utc(log: pa.Table) -> pa.Table:
    """Return the log with plain UTC times: clients need no time-zone data to read the file."""
    place = log.schema.get_field_index("fetched_at")
    return log.set_column(place, "fetched_at", log["fetched_at"].cast(pa.timestamp("us")))


def _portal_row(portal: Portal) -> dict[str, object]:
    return {
        "portal_id": portal.id,
        "name": portal.name,
        "family": portal.family,
        "stage": portal.stage,
        "verified": portal.verified,
    }


def _resolve_names(con: duckdb.DuckDBPyConnection, portals: Sequence[Portal]) -> None:
    """Give every printed name its organisation, and list the organisations there are.

    A registered name or alias decides first; a report that names nobody belongs to the agency that
    the list named; any other name makes an organisation of its own.
    """
    agencies = {agency.id: agency for portal in portals for agency in portal.agencies}
    known = {
        normalise_name(name): agency.id
        for agency in agencies.values()
        for name in (agency.name, *agency.aliases)
    }
    printed = con.execute(read_sql("names.sql")).fetchall()
    names = [
        {"organisation": name, "lead_agency": agency, "org_id": _org_id(name, agency, known)}
        for name, agency in printed
    ]
    schema = pa.schema({key: pa.string() for key in ("organisation", "lead_agency", "org_id")})
    con.register("names", pa.Table.from_pylist(names, schema=schema))
    rows: list[dict[str, object]] = [
        {
            "org_id": agency.id,
            "name": agency.name,
            "credit_code": agency.credit_code,
            "division": agency.division,
            "registered": True,
        }
        for agency in agencies.values()
    ]
    derived = {row["org_id"]: row["organisation"] for row in names if row["org_id"] not in agencies}
    rows += [
        {"org_id": org_id, "name": name, "registered": False}
        for org_id, name in sorted(derived.items())
        if org_id is not None
    ]
    _insert(con, "organisations", rows)


def _org_id(name: str, lead_agency: str | None, known: dict[str, str]) -> str | None:
    if not name:
        return lead_agency
    return known.get(normalise_name(name)) or org_id_for(name)


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: Iterable[dict[str, object]]) -> None:
    """Insert rows by column name; a column that a row does not name is null."""
    names = [column.name for column in metadata.tables[table].columns]
    complete = [{name: row.get(name) for name in names} for row in rows]
    if complete:
        con.register("new_rows", pa.Table.from_pylist(complete))
        con.execute(f"INSERT INTO {table} BY NAME FROM new_rows")
        con.unregister("new_rows")
