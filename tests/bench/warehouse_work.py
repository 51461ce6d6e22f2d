"""One measured piece of `bench.warehouse` in a process of its own, so that its memory is its own.

`python -m bench.warehouse_work ours|duckdb|pandas FOLDER` prints one JSON object.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from bench.warehouse_queries import IDS, QUERIES
from nianbao.model import Portal
from nianbao.reports.parsed import PARSED_SCHEMA
from nianbao.sample.corpus import PORTALS
from nianbao.warehouse import build as building
from nianbao.warehouse.cookbook import load_recipes
from nianbao.warehouse.publish import publish

MEMORY, THREADS = "4GB", 2
_ROOT = Path(__file__).resolve().parents[2]
_SAMPLE = 500
"""Reports that pandas stores; a million would take days."""


def main() -> None:
    """Do one piece and print what it took."""
    work, folder = {"ours": _ours, "duckdb": _duckdb, "pandas": _pandas}[sys.argv[1]], sys.argv[2]
    found = work(Path(folder))
    found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(found))


def _timed(prefix: str, work: Callable[[], object]) -> dict[str, float]:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return {
        f"{prefix}_s": time.perf_counter() - wall,
        f"{prefix}_cpu_s": time.process_time() - processor,
    }


def _ours(folder: Path) -> dict[str, Any]:
    root = folder / "warehouse"
    staging = root / "staging" / "00000001-bench"
    staging.mkdir(parents=True)
    file = staging / "nianbao.duckdb"
    portals = [
        Portal(id=f"sample/site{n:03d}", name=f"site {n}", family="hanweb") for n in range(PORTALS)
    ]
    parts = sorted(map(str, (folder / "parts").glob("part-*.parquet")))
    log = pq.read_table(folder / "log.parquet")
    sources = building.Sources(log, parts, PARSED_SCHEMA, portals)
    limits = building.Limits(MEMORY, THREADS)
    coverage: dict[str, float] = {}
    fill = building.fill_coverage
    building.fill_coverage = lambda con: coverage.update(  # type: ignore[assignment]
        _timed("coverage", lambda: fill(con))
    )
    found = _timed("build", lambda: building.build(file, sources, limits)) | coverage
    found |= _timed("publish", lambda: publish(root, staging, "bench", datetime.now(UTC)))
    return found | _asked(root / "nianbao.duckdb")


def _asked(file: Path) -> dict[str, Any]:
    with duckdb.connect(str(file), read_only=True, config={"threads": THREADS}) as con:
        cells = con.execute("SELECT count(*) FROM stored_cells").fetchone()
        reports = con.execute("SELECT count(*) FROM reports").fetchone()
        ids = dict(zip(("report_id", "org_id"), con.execute(IDS).fetchall()[0], strict=True))
        times = {name: _milliseconds(con, query.format(**ids)) for name, query in QUERIES.items()}
        con.execute("SET file_search_path = ?", [str(_ROOT / "docs" / "cookbook" / "data")])
        cookbook = {one.file: _milliseconds(con, one.sql) for one in load_recipes(_ROOT)}
        size = con.execute("PRAGMA database_size").fetchall()[0]
        shares = {
            table: _bytes_of(con, table) for (table,) in con.execute("SHOW TABLES").fetchall()
        }
    assert cells is not None
    assert reports is not None
    return {
        "cells": cells[0], "reports": reports[0], "bytes": file.stat().st_size, "queries": times,
        "cookbook": cookbook, "free_bytes": size[5] * size[2],
        "tables": {name: size for name, size in shares.items() if size},
    }  # fmt: skip


def _milliseconds(con: duckdb.DuckDBPyConnection, query: str) -> float:
    """Return the processor's time, the best of three: the first run reads the file.

    On two threads a session waits for no longer than that, and for half of it at best.
    """
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        con.execute(query).fetchall()
        best = min(best, 1000 * (time.process_time() - started))
    return best


def _bytes_of(con: duckdb.DuckDBPyConnection, table: str) -> int:
    """Return the blocks that a table touches; small tables share theirs, so the sum is a bound."""
    kind = con.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE table_name = ?", [table]
    ).fetchone()
    if not kind or not kind[0]:
        return 0
    row = con.execute(
        "SELECT count(DISTINCT block) FROM (SELECT block_id AS block FROM pragma_storage_info(?) "
        "UNION ALL SELECT unnest(additional_block_ids) FROM pragma_storage_info(?)) WHERE block >= 0",
        [table, table],
    ).fetchone()
    return int(row[0]) * 262_144 if row else 0


def _duckdb(folder: Path) -> dict[str, Any]:
    """Store the same cells as the parts have them, with DuckDB's own statement and default format."""
    limits = {"memory_limit": MEMORY, "threads": THREADS, "temp_directory": str(folder / "spill")}
    file = folder / "plain.duckdb"
    parts = str(folder / "parts" / "part-*.parquet").replace("'", "''")
    with duckdb.connect(str(file), config=limits) as con:
        found: dict[str, Any] = _timed(
            "load",
            lambda: con.execute(
                "CREATE TABLE cells AS SELECT sha256, ordinal, unnest(cells, recursive := true) "
                f"FROM read_parquet('{parts}')"
            ),
        )
    found["bytes"] = file.stat().st_size
    return found


def _pandas(folder: Path) -> dict[str, Any]:
    """Store the cells of a few reports with pandas and SQLAlchemy into SQLite, row by row."""
    from sqlalchemy import create_engine

    part = max((folder / "parts").glob("part-*.parquet"))
    with duckdb.connect() as con:
        frame = con.execute(
            "SELECT sha256, ordinal, unnest(cells, recursive := true) FROM (FROM read_parquet(?) LIMIT ?)",
            [str(part), _SAMPLE],
        ).df()
    frame["value"] = frame["value"].astype(float)
    engine = create_engine(f"sqlite:///{folder / 'pandas.sqlite'}")
    found: dict[str, Any] = _timed("load", lambda: frame.to_sql("cells", engine, index=False))
    found["cells"] = len(frame)
    return found


if __name__ == "__main__":
    main()
