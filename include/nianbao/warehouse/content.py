"""What a warehouse holds, as one hash and a few counts."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from nianbao.warehouse.cells.printed import printed_parts
from nianbao.warehouse.digest import digest
from nianbao.warehouse.tables import content_tables

_BATCH = 122_880
"""Rows hashed together: a row group of the file, some ten megabytes."""


def content_hash(path: Path) -> str:
    """Return the hash over the rows of the content tables, without the columns that tell of a run.

    It hangs on neither the order of the rows, which threads may change, nor the DuckDB version.
    """
    return hash_of(table_digests(path))


def table_digests(path: Path) -> dict[str, str]:
    """Return the number of rows of each content table and their digest, as `rows:digest`.

    The tables that keep what documents print around their numbers count as one, `cell_texts`: the
    same texts may be stored in several ways.
    """
    with duckdb.connect(str(path), read_only=True) as con:
        found = {table: digest(_rows(con, table, columns)) for table, columns in content_tables()}
        return found | {"cell_texts": digest(printed_parts(con))}


def hash_of(digests: Mapping[str, str]) -> str:
    """Return the one hash of the tables' digests."""
    lines = (f"{table}:{value}\n" for table, value in sorted(digests.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _rows(con: duckdb.DuckDBPyConnection, table: str, columns: list[str]) -> pa.RecordBatchReader:
    names = ", ".join(f'"{name}"' for name in columns)
    return con.sql(f"SELECT {names} FROM {table}").to_arrow_reader(_BATCH)  # noqa: S608 - our own names


def counts(path: Path) -> dict[str, int]:
    """Return how much the public part of a warehouse holds."""
    queries = {
        "portals": "SELECT count(*) FROM portals",
        "documents": "SELECT count(*) FROM documents",
        "quarantined": "SELECT count(*) FROM quarantine",
        "reports": "SELECT count(*) FROM reports",
        "cells": "SELECT count(*) FROM report_values",
        "checks_failed": "SELECT coalesce(sum(failed), 0) FROM check_counts",
        "checks_not_assessable": "SELECT coalesce(sum(not_assessable), 0) FROM check_counts",
        "checks_passed": "SELECT coalesce(sum(passed), 0) FROM check_counts",
    }
    with duckdb.connect(str(path), read_only=True) as con:
        return {
            name: int((con.execute(query).fetchone() or (0,))[0]) for name, query in queries.items()
        }
