"""What a version changed against the one before it: reports and cells, with old and new values.

`delta/reports.parquet` has a row per report that was added, changed or removed, `delta/cells.parquet`
one per cell; only current versions of reports are compared. The counts go into the list of versions:

    against                  id of the version before; null for the first
    reports, cells           {"added", "changed", "removed"}
    tables                   content tables that differ: rules, findings and texts are among them
    not_compared             why there are no rows, where there are none
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from nianbao.warehouse.schema import read_sql
from nianbao.warehouse.versions import WAREHOUSE_FILE, Version

DELTA_FOLDER = "delta"

_REPORT = {
    "sha256": "VARCHAR",
    "ordinal": "INTEGER",
    "org_id": "VARCHAR",
    "organisation": "VARCHAR",
    "report_year": "INTEGER",
    "scope": "VARCHAR",
    "form": "VARCHAR",
    "title": "VARCHAR",
    "published_on": "VARCHAR",
    "source_url": "VARCHAR",
}
_CELL = {
    "raw": "VARCHAR",
    "kind": "VARCHAR",
    "value": "DECIMAL(38, 4)",
    "deduced_value": "DECIMAL(38, 4)",
    "unit": "VARCHAR",
    "note": "VARCHAR",
}
"""The columns compared, with types that hold those of every version, stored as what they may be."""
_NEEDED = {
    "reports": {"report_id", *_REPORT},
    "report_cells": {"report_id", "code", "raw", "value"},
}

_STORED = ("stored_cells", "odd_cells", "form_cells", "value_lines")
_SUMS = """
CREATE TEMP VIEW {side}_sums AS
WITH texts AS (
    SELECT version, sum(hash(cell, raw, unit, note)) AS texts FROM {side}.odd_cells
    WHERE raw IS NOT NULL OR unit IS NOT NULL OR note IS NOT NULL GROUP BY version
),
numbers AS (
    SELECT version, sum(hash(cell, kind, value, exact, deduced, deduction)) AS numbers
    FROM {side}.stored_cells GROUP BY version
)
SELECT report_id, numbers + coalesce(texts, 0) AS cells
FROM {side}.report_versions JOIN numbers USING (version) LEFT JOIN texts USING (version)
WHERE is_current"""
"""Sums over what is stored: a tenth of the work of spelling every cell out."""
# By number of the version: only this reaches the cells before they are spelt out.
_BY_VERSION = (
    "{0}.value_lines WHERE version IN (SELECT version FROM {0}.report_versions JOIN touched "
    "USING (report_id) WHERE is_current AND has_other_cells)"
)
_BY_ID = "{0}.report_cells WHERE report_id IN (SELECT report_id FROM touched WHERE has_other_cells)"


def write_delta(
    root: Path, before: Version | None, version: Version, staging: Path
) -> dict[str, Any]:
    """Write a staging folder's delta against a published version, and return its counts."""
    if before is None:
        added = {name: _counts({"added": version.counts[name]}) for name in ("reports", "cells")}
        return {"against": None, **added, "tables": sorted(version.tables), "not_compared": None}
    folder = staging / DELTA_FOLDER
    folder.mkdir(exist_ok=True)
    found: dict[str, Any] = {"reports": _counts({}), "cells": _counts({}), "not_compared": None}
    with duckdb.connect(config={"temp_directory": str(folder / "spill")}) as con:
        reason = _attach(con, root / "versions" / before.id, staging)
        if reason:
            found["not_compared"] = reason
        else:
            _compare(con)
            for name in ("reports", "cells"):
                found[name] = _write(con, f"other_{name}", folder / f"{name}.parquet")
    return {"against": before.id, **found, "tables": _other_tables(before, version)}


def _attach(con: duckdb.DuckDBPyConnection, before: Path, staging: Path) -> str | None:
    """Attach both files with views over what both have; a reason where they can't be compared."""
    for name, folder in (("old", before), ("new", staging)):
        try:
            path = str(folder / WAREHOUSE_FILE).replace("'", "''")
            con.execute(f"ATTACH '{path}' AS {name} (READ_ONLY)")
        except duckdb.Error as error:
            if name == "new":
                raise
            return f"the version before can't be opened: {' '.join(str(error).split())[:200]}"
    for view in _NEEDED:
        if missing := _NEEDED[view] - _common(con, view):
            return (
                f"the version before has another schema: {view} lacks {', '.join(sorted(missing))}"
            )
    return None


def _compare(con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables `other_reports` and `other_cells`."""
    is_alike = _are_stored_alike(con)
    for side in ("old", "new"):
        _create_view(con, side, "reports", _REPORT, f"{side}.reports")
        if is_alike:
            con.execute(_SUMS.format(side=side))
        else:
            _create_view(con, side, "all_cells", _CELL, f"{side}.report_cells")
            con.execute(
                f"CREATE TEMP VIEW {side}_sums AS SELECT report_id, sum(digest) AS cells "  # noqa: S608 - our own names
                f"FROM {side}_all_cells GROUP BY report_id"
            )
    con.execute(read_sql("delta.sql"))
    for side in ("old", "new"):
        _create_view(con, side, "cells", _CELL, (_BY_VERSION if is_alike else _BY_ID).format(side))
    con.execute(read_sql("delta_rows.sql"))


def _are_stored_alike(con: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether the stored numbers and texts of both files can be compared as they are."""
    for table in ("report_cells", *_STORED):
        columns = [_columns(con, side, table) for side in ("old", "new")]
        if columns[0] != columns[1] or not columns[0]:
            return False
    other = con.execute("SELECT count(*) FROM (FROM old.form_cells EXCEPT FROM new.form_cells)")
    return other.fetchall() == [(0,)]


def _common(con: duckdb.DuckDBPyConnection, view: str) -> set[str]:
    return _columns(con, "old", view) & _columns(con, "new", view)


def _columns(con: duckdb.DuckDBPyConnection, database: str, view: str) -> set[str]:
    rows = con.execute(
        "SELECT column_name FROM duckdb_columns() WHERE database_name = ? AND table_name = ?",
        [database, view],
    )
    return {name for (name,) in rows.fetchall()}


def _create_view(
    con: duckdb.DuckDBPyConnection, side: str, name: str, columns: Mapping[str, str], origin: str
) -> None:
    """Create `<side>_<name>` over the columns that both files have, with the digest of each row."""
    known = _common(con, "reports" if name == "reports" else "report_cells")
    keys = ["report_id"] if name == "reports" else ["report_id", "code"]
    kept = {column: kind for column, kind in columns.items() if column in known}
    parts = ", ".join(f"{column}::{kind} AS {column}" for column, kind in kept.items())
    con.execute(
        f"CREATE TEMP VIEW {side}_{name} AS "  # noqa: S608 - our own names
        f"SELECT *, hash({', '.join([*keys, *kept])}) AS digest FROM "
        f"(SELECT {', '.join(keys)}, {parts} FROM {origin})"
    )


def _write(con: duckdb.DuckDBPyConnection, table: str, path: Path) -> dict[str, int]:
    order = "report_id, code" if table == "other_cells" else "report_id"
    con.table(table).order(order).write_parquet(str(path), compression="zstd")
    grouped = con.table(table).aggregate("change, count(*)", "change").fetchall()
    return _counts(dict(grouped))


def _counts(found: Mapping[str, int]) -> dict[str, int]:
    return {change: found.get(change, 0) for change in ("added", "changed", "removed")}


def _other_tables(before: Version, version: Version) -> list[str]:
    names = sorted({*before.tables, *version.tables})
    return [name for name in names if before.tables.get(name) != version.tables.get(name)]
