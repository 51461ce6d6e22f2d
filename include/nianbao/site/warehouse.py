"""The published file as the site reads it: named queries over the views that analysts rely on."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import duckdb
import yaml

from nianbao.errors import ConfigurationError

MEMORY = "2GB"

Row = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """What one site reads: a folder with `relations.yaml` and the queries in `sql/`."""

    folder: Traversable

    def names(self) -> tuple[str, ...]:
        """Return the names of all queries, in order."""
        found = (self.folder / "sql").iterdir()
        return tuple(sorted(item.name.removesuffix(".sql") for item in found))

    def query(self, name: str) -> str:
        """Return the text of one query."""
        return (self.folder / "sql" / f"{name}.sql").read_text("utf-8")

    def relations(self) -> Mapping[str, dict[str, Any]]:
        """Return the relations by name, each with its columns and their types."""
        declared: dict[str, dict[str, Any]] = yaml.safe_load(
            (self.folder / "relations.yaml").read_text("utf-8")
        )
        return declared


SITE = Source(files("nianbao.site"))


@dataclass(frozen=True)
class Warehouse:
    """An open file; `lacking` names what this version does not have of what the site reads."""

    connection: duckdb.DuckDBPyConnection
    lacking: tuple[str, ...]
    source: Source = SITE

    def rows(self, query: str, **variables: Sequence[str]) -> list[Row]:
        """Run `sql/<query>.sql` as it stands, with its variables set, and return its rows."""
        for name, values in variables.items():
            self.connection.execute(f"SET VARIABLE {name} = ?::VARCHAR[]", [list(values)])
        found = self.connection.execute(self.source.query(query))
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def query_names() -> tuple[str, ...]:
    """Return the names of all queries, in order."""
    return SITE.names()


@cache
def read_query(name: str) -> str:
    """Return the text of one query, which is also what the site shows."""
    return SITE.query(name)


@contextmanager
def opened(
    file: Path, scratch: Path, measures: Sequence[str] = (), source: Source = SITE
) -> Iterator[Warehouse]:
    """Open a published file for reading; what does not fit into memory goes to `scratch`.

    `measures` are those whose series are wanted.

    Raises `ConfigurationError` where the file cannot be read as a warehouse.
    """
    with duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": str(scratch)}) as con:
        try:
            path = str(file).replace("'", "''")
            con.execute("SET enable_progress_bar = false")  # its bar would stand among the output
            con.execute("SET VARIABLE measures = ?::VARCHAR[]", [list(measures)])
            con.execute(f"ATTACH '{path}' AS warehouse (READ_ONLY)")
            lacking = _take_over(con, source.relations())
        except duckdb.Error as error:
            raise ConfigurationError(f"{file} is no warehouse to report on: {error}") from error
        yield Warehouse(con, lacking, source)


def _take_over(
    con: duckdb.DuckDBPyConnection, declared: Mapping[str, dict[str, Any]]
) -> tuple[str, ...]:
    """Give every relation that the queries name under its own name; return what is not there."""
    lacking: list[str] = []
    there = _columns(con)
    for relation, wanted in declared.items():
        known = there.get(relation, set())
        missing = [column for column in wanted["columns"] if column not in known]
        lacking += [relation] if not known else [f"{relation}.{name}" for name in missing]
        selected = ", ".join(
            f'"{name}"' if name in known else f'NULL::{kind} AS "{name}"'
            for name, kind in wanted["columns"].items()
        )
        source = f"FROM warehouse.{relation}" if known else "WHERE false"
        if known and "where" in wanted:
            source += f" WHERE {wanted['where']}"
        what = "TABLE" if wanted.get("keep") else "VIEW"
        con.execute(f"CREATE {what} {relation} AS SELECT {selected} {source}")
    return tuple(lacking)


def _columns(con: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    found = con.execute(
        "SELECT table_name, column_name FROM duckdb_columns() "
        "WHERE database_name = 'warehouse' AND NOT internal"
    ).fetchall()
    columns: dict[str, set[str]] = {}
    for table, column in found:
        columns.setdefault(table, set()).add(column)
    return columns


@cache
def relations() -> Mapping[str, dict[str, Any]]:
    """Return what the site reads: the relations by name, each with its columns and their types."""
    return SITE.relations()
