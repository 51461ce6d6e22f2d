"""The check history outlives the tables that it came from."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from nianbao.warehouse.history import open_history


def rows(root: Path, columns: str) -> list[tuple[object, ...]]:
    with duckdb.connect() as con:
        open_history(con, root)
        return con.execute(f"SELECT {columns} FROM check_history ORDER BY version_id").fetchall()


def keep(root: Path, version: str, table: dict[str, list[object]]) -> None:
    (root / "checks").mkdir(exist_ok=True)
    pq.write_table(pa.table(table), root / "checks" / f"{version}.parquet")


def test_parts_of_another_schema_are_read_by_name(tmp_path: Path) -> None:
    keep(tmp_path, "v1", {"report_id": ["a"], "rule_id": ["r1"], "given_up": [1]})
    keep(tmp_path, "v2", {"rule_id": ["r2"], "severity": ["error"], "report_id": ["b"]})
    assert rows(tmp_path, "version_id, report_id, rule_id, severity, given_up") == [
        ("v1", "a", "r1", None, 1),
        ("v2", "b", "r2", "error", None),
    ]


def test_no_history_is_an_empty_one(tmp_path: Path) -> None:
    assert rows(tmp_path, "version_id, report_id, rule_id") == []
