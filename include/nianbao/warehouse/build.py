"""The warehouse rebuilt from its sources into a staging file."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa

from nianbao.errors import BuildError
from nianbao.forms import load_forms
from nianbao.model import Portal
from nianbao.warehouse.cells.load import load_cells
from nianbao.warehouse.dictionary import dictionary_rows
from nianbao.warehouse.empty import empty_warehouse
from nianbao.warehouse.organisations.fill import fill_coverage, fill_organisations
from nianbao.warehouse.organisations.known import Known
from nianbao.warehouse.schema import read_sql
from nianbao.warehouse.series.rows import series_rows
from nianbao.warehouse.tables import metadata


@dataclass(frozen=True)
class Sources:
    """Everything a build is made from."""

    fetch_log: pa.Table
    """The fetch log with the column `run_id`."""
    parsed: Sequence[str]
    """Paths of the parsed Parquet parts."""
    parsed_schema: pa.Schema
    portals: Sequence[Portal]
    known: Known = field(default_factory=Known)
    """Rosters, local deadlines, and what harvests were after."""


@dataclass(frozen=True)
class Limits:
    """What a build may use; what does not fit the memory goes to the disk beside the file."""

    memory: str = "4GB"
    """Memory of the database alone; batches of cells take half a gigabyte beside it."""
    threads: int | None = None
    """Threads of the database; all processors where none are given."""


def build(path: Path, sources: Sources, limits: Limits | None = None) -> None:
    """Build a new warehouse file at `path`, which must not exist.

    Raises `BuildError` where the sources do not fit the tables.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    limits = limits or Limits()
    with (
        tempfile.TemporaryDirectory(prefix=".build-", dir=path.parent) as folder,
        duckdb.connect(config=_config(limits, folder)) as con,
    ):
        path.write_bytes(empty_warehouse())
        con.execute(f"ATTACH '{path}' AS warehouse")
        con.execute("USE warehouse")
        try:
            con.execute("BEGIN")  # one transaction: many small statements, one write
            _fill(con, sources, Path(folder))
            con.execute("COMMIT")
        except duckdb.Error as error:
            raise BuildError(f"the warehouse could not be built: {error}") from error


def _config(limits: Limits, folder: str) -> dict[str, str | bool | int | float | list[str]]:
    threads: dict[str, int] = {"threads": limits.threads} if limits.threads else {}
    return {"memory_limit": limits.memory, "temp_directory": folder, **threads}


def _fill(con: duckdb.DuckDBPyConnection, sources: Sources, folder: Path) -> None:
    _insert(con, "portals", [_portal_row(portal) for portal in sources.portals])
    forms = load_forms().values()
    _insert(con, "cell_dictionary", [row for form in forms for row in dictionary_rows(form)])
    for table, rows in series_rows().items():
        _insert(con, table, rows)
    _register(con, sources)
    fill_organisations(con, sources.portals, sources.known)
    con.execute(read_sql("load.sql"))
    load_cells(con, folder)
    con.execute(read_sql("load_changes.sql"))
    con.execute(read_sql("load_texts.sql"))
    fill_coverage(con)
    if sources.parsed:
        # Left in the file, it would name this machine's folders and open the parts to every reader.
        con.execute("DROP VIEW parsed_parts")


def _register(con: duckdb.DuckDBPyConnection, sources: Sources) -> None:
    con.register("log_parts", _in_utc(sources.fetch_log))
    if sources.parsed:
        # By name: a part of an older reader must not take new fields from the parts after it.
        con.read_parquet(
            list(sources.parsed), union_by_name=True, filename=True, file_row_number=True
        ).create_view("parsed_parts", replace=True)
    else:
        schema = sources.parsed_schema.append(pa.field("filename", pa.string()))
        schema = schema.append(pa.field("file_row_number", pa.int64()))
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


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: Iterable[dict[str, object]]) -> None:
    """Insert rows by column name; a column that a row does not name is null."""
    names = [column.name for column in metadata.tables[table].columns]
    complete = [{name: row.get(name) for name in names} for row in rows]
    if complete:
        con.register("new_rows", pa.Table.from_pylist(complete))
        con.execute(f"INSERT INTO {table} BY NAME FROM new_rows")
        con.unregister("new_rows")
