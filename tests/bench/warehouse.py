"""`make bench-warehouse`: synthetic reports from parsed Parquet to a published file.

ARGS are numbers of reports, `100000 1000000` where none are given. Great Expectations' gate and the
rules are not part of it. The peers store the same cells: DuckDB by one statement over the same Parquet,
pandas by `to_sql` into SQLite, of 500 reports, per cell.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from bench.figures import Figure, publish
from nianbao.archive.log import LOG_SCHEMA
from nianbao.reports.parsed import PARSED_SCHEMA
from nianbao.sample.corpus import Schemas, write_corpus

_SIZES = (100_000, 1_000_000)
_MOST_MB, _MOST_BYTES, _MOST_MS = 8_000.0, 4.0, 1_000.0
_MINUTES = 600.0 / 1_000_000
"""Seconds per report that the aim allows."""
_CORES = 2
_OF_CELLS = ("stored_cells", "version_parts", "odd_cells", "layout_texts", "form_values")


def main() -> None:
    """Measure each size and publish the figures."""
    sizes = [int(text) for text in sys.argv[1:]] or list(_SIZES)
    figures, builds = [], []
    for size in sizes:
        found = _measured(size)
        builds.append((found["ours"]["reports"], _processor(found["ours"])))
        figures += _figures(size, found)
    if len(builds) > 1:
        (few, quick), (many, slow) = builds[0], builds[-1]
        slope = (slow / quick) / (many / few)
        figures.append(
            Figure("slope: processor by reports", "", slope, 1.0, "linear", 1 / slope, many)
        )
    publish("warehouse", figures)


def _seconds(ours: Mapping[str, Any]) -> float:
    return float(ours["build_s"] + ours["publish_s"])


def _processor(ours: Mapping[str, Any]) -> float:
    return float(ours["build_cpu_s"] + ours["publish_cpu_s"])


def _measured(size: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="nianbao-bench-") as name:
        folder = Path(name)
        schemas = Schemas(PARSED_SCHEMA, LOG_SCHEMA)
        _, log = write_corpus(folder / "parts", size, schemas)
        pq.write_table(log, folder / "log.parquet")
        found = {}
        for work in ("ours", "duckdb", "pandas"):
            command = [sys.executable, "-m", "bench.warehouse_work", work, name]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
            found[work] = json.loads(done.stdout)
            (folder / "plain.duckdb").unlink(missing_ok=True)
            shutil.rmtree(folder / "warehouse" / "staging", ignore_errors=True)
        return found


def _figures(size: int, found: Mapping[str, Any]) -> Iterator[Figure]:
    ours, plain, pandas = found["ours"], found["duckdb"], found["pandas"]
    seconds, cells, n = _seconds(ours), ours["cells"], ours["reports"]
    aim = _MINUTES * size

    def figure(metric: str, unit: str, value: float, peer: float, name: str) -> Figure:
        return Figure(f"{metric} ({size:,})", unit, value, peer, name, peer / value, n)

    yield figure("build and publish", "s", seconds, aim, "aim")
    for part in ("build", "publish", "coverage"):
        yield figure(f"{part}, processor", "s", ours[f"{part}_cpu_s"], 2 * aim, "aim on two cores")
    yield figure("peak memory", "MB", ours["peak_mb"], _MOST_MB, "aim")
    of_cells = sum(size for name, size in ours["tables"].items() if name.startswith(_OF_CELLS))
    yield figure("bytes per cell, tables of cells", "B", of_cells / cells, _MOST_BYTES, "aim")
    whole = ours["bytes"] / cells
    yield figure(
        "bytes per cell, whole file with its texts",
        "B",
        whole,
        plain["bytes"] / cells,
        "DuckDB, cells alone",
    )
    yield figure(
        "bytes per cell, whole file without its free blocks",
        "B",
        whole - ours["free_bytes"] / cells,
        plain["bytes"] / cells,
        "DuckDB, cells alone",
    )
    for name, milliseconds in (*ours["queries"].items(), *ours["cookbook"].items()):
        most = _CORES * _MOST_MS
        yield figure(name, "ms, processor", milliseconds, most, "aim, one second on two cores")
    yield figure(
        "load beside CREATE TABLE AS", "s", seconds, plain["load_s"], "DuckDB, cells alone"
    )
    alone = "DuckDB, cells alone"
    yield figure("the same, processor", "s", _processor(ours), plain["load_cpu_s"], alone)
    row = pandas["load_s"] / pandas["cells"] * cells
    yield figure("load beside to_sql", "s", seconds, row, "pandas into SQLite, by 500 reports")


if __name__ == "__main__":
    main()
