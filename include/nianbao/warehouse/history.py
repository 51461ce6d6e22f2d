"""The check history: what failed in every version that was ever published."""

from pathlib import Path

import duckdb


def open_history(con: duckdb.DuckDBPyConnection, root: Path) -> None:
    """Create the temporary view `check_history`: `version_id` and the columns of `check_results`.

    Parts are read by the names of their columns: one that an older part lacks is null in its rows.
    """
    parts = sorted(str(path) for path in (root / "checks").glob("*.parquet"))
    if not parts:
        con.execute(
            "CREATE OR REPLACE TEMP VIEW check_history AS "
            "SELECT NULL::VARCHAR AS version_id, NULL::VARCHAR AS report_id, "
            "NULL::VARCHAR AS rule_id WHERE false"
        )
        return
    # A relation's own create_view would write the view, with paths of this machine, into the file.
    listed = ", ".join("'" + part.replace("'", "''") + "'" for part in parts)
    con.execute(
        "CREATE OR REPLACE TEMP VIEW check_history AS "  # noqa: S608 - our paths
        "SELECT parse_filename(filename, true) AS version_id, * EXCLUDE (filename) "
        f"FROM read_parquet([{listed}], union_by_name = true, filename = true)"
    )
