"""Cells of parsed reports through the stored tables and out of the views, without the rest of a build."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from nianbao.reports.parsed import CELLS
from nianbao.warehouse.cells.load import load_cells
from nianbao.warehouse.empty import empty_warehouse

Cell = dict[str, Any]
_PARSED = pa.schema(
    {
        "sha256": pa.string(),
        "ordinal": pa.int16(),
        "form": pa.string(),
        "error_code": pa.string(),
        "cells": CELLS,
    }
)


def stored(reports: Sequence[tuple[str, list[Cell]]], query: str = "") -> list[list[Cell]]:
    """Return what the view `cells` shows of reports (form, cells), sorted by code; no texts missing.

    `query` is another one to ask instead; its rows are then the first report's.
    """
    with tempfile.TemporaryDirectory() as name, duckdb.connect() as con:
        folder = Path(name)
        (folder / "w.duckdb").write_bytes(empty_warehouse())
        con.execute(f"ATTACH '{folder / 'w.duckdb'}' AS w")
        con.execute("USE w")
        _fill(con, folder, reports)
        if query:
            return [_rows(con, query)]
        rows = _rows(con, "FROM cell_lines ORDER BY version, code")
    found: list[list[Cell]] = [[] for _ in reports]
    for row in rows:
        found[int(row["sha256"])].append(row)
    return found


def _fill(
    con: duckdb.DuckDBPyConnection, folder: Path, reports: Sequence[tuple[str, list[Cell]]]
) -> None:
    parsed = [
        {"sha256": f"{n:05d}", "ordinal": 1, "form": form, "cells": cells}
        for n, (form, cells) in enumerate(reports)
    ]
    pq.write_table(pa.Table.from_pylist(parsed, schema=_PARSED), folder / "part.parquet")
    con.read_parquet(str(folder / "part.parquet"), filename=True, file_row_number=True).create_view(
        "parsed_parts"
    )
    con.execute("CREATE TEMP TABLE parsed AS SELECT * EXCLUDE (cells) FROM parsed_parts")
    con.execute(
        "INSERT INTO report_versions BY NAME SELECT 'r' || sha256 AS report_id, sha256, ordinal, "
        "'o' AS org_id, form, 2021 AS report_year, true AS is_current, "
        "row_number() OVER (ORDER BY form, sha256) AS version FROM parsed"
    )
    load_cells(con, folder)


def _rows(con: duckdb.DuckDBPyConnection, query: str) -> list[Cell]:
    cursor = con.execute(query)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
