"""All rules over 100,000 and 1,000,000 synthetic reports: seconds, memory, and the slope between them.

Run from the folder of the tests: `python -m bench.quality`, with themes of rules for some of them. Each
size runs in a process of its own; the tables are made directly, so nothing but the rules is measured.
Times are seconds of the clock on two threads and seconds of a core; only these bear other load.
"""

import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from bench.apart import spent
from bench.figures import Figure, publish
from nianbao.forms import Form
from nianbao.quality.rule import load_rules
from nianbao.quality.run import check
from nianbao.sample.figures import SCALE, draw_sizes, draw_years
from nianbao.sample.structure import TOTAL, asked_codes
from nianbao.warehouse.cells.numbering import column_of, form_cell_rows
from nianbao.warehouse.schema import create_tables, create_views

SIZES = (100_000, 1_000_000)
SECONDS, MEGABYTES = 120.0, 8_000.0
"""What a million may take on two cores."""
_YEARS = (2019, 2020, 2021, 2022)
_BATCH = 20_000
_BROKEN, _BLANK = 0.05, 0.10

_REPORTS = """
INSERT INTO report_versions BY NAME
SELECT version, substr(sha256(version::VARCHAR), 1, 16) AS report_id, sha256('d' || version) AS sha256,
       1 AS ordinal, 'o' || (agency % $agencies) AS org_id, '样例局' AS organisation,
       report_year, 'agency' AS scope, form, '' AS title, true AS is_live, true AS is_current
FROM numbered"""
_OTHERS = """
INSERT INTO organisations BY NAME
SELECT DISTINCT org_id, '样例' || org_id AS name, true AS registered FROM report_versions;
INSERT INTO documents BY NAME SELECT sha256, 'html' AS reader, 1 AS reports FROM report_versions"""


def main(themes: Sequence[str]) -> None:
    """Measure every size and publish the figures."""
    found = [_measured(size, themes) for size in SIZES]
    publish("quality", [*_figures(found)])


def _measured(size: int, themes: Sequence[str]) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.quality", str(size), *themes]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _figures(found: list[dict[str, float]]) -> Iterator[Figure]:
    for one in found:
        n, share = int(one["reports"]), one["reports"] / SIZES[-1]
        bound = SECONDS * share
        yield Figure("all rules", "s", one["seconds"], bound, "bound", bound / one["seconds"], n)
        yield Figure(
            "all rules, one core", "s", one["cpu"], 2 * bound, "bound", 2 * bound / one["cpu"], n
        )
        yield Figure(
            "peak memory", "MB", one["peak"], MEGABYTES, "bound", MEGABYTES / one["peak"], n
        )
    small, large = found[0], found[-1]
    slope = math.log(large["cpu"] / small["cpu"]) / math.log(large["reports"] / small["reports"])
    yield Figure(
        "slope of the time", "exponent", slope, 1.0, "linear", 1 / slope, int(large["reports"])
    )


def run(size: int, themes: Sequence[str]) -> dict[str, float]:
    """Make a warehouse of so many reports, run the rules over it, and return what it took."""
    rules = [rule for rule in load_rules() if not themes or rule.theme in themes]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.duckdb"
        with duckdb.connect(path, config={"threads": 2}) as con:
            fill(con, size)
        with duckdb.connect(path, config={"threads": 2, "memory_limit": "7GB"}) as con:
            started, before = time.perf_counter(), spent()
            check(con, rules)
            seconds, cpu = time.perf_counter() - started, spent() - before
            totals = con.execute("SELECT sum(passed), sum(failed) FROM check_tally").fetchone()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    passed, failed = totals or (0, 0)
    return {
        "reports": size,
        "seconds": seconds,
        "cpu": cpu,
        "peak": peak,
        "passed": int(passed),
        "failed": int(failed),
    }


def fill(con: duckdb.DuckDBPyConnection, reports: int) -> None:
    """Fill an empty warehouse with agencies that report four years each, on two forms."""
    create_tables(con)
    create_views(con)
    con.register("arriving", pa.Table.from_pylist(list(form_cell_rows())))
    con.execute("INSERT INTO form_cells BY NAME FROM arriving")
    agencies = reports // len(_YEARS)
    for number, first in enumerate(range(0, agencies, _BATCH)):
        rng = np.random.default_rng((7, number))
        count = min(_BATCH, agencies - first)
        for place, (year, form, figures) in enumerate(
            draw_years(rng, _YEARS, draw_sizes(rng, count))
        ):
            versions = np.arange(place * agencies + first, place * agencies + first + count) + 1
            _insert(con, form, versions.astype(np.int32), _flawed(rng, form, figures))
            numbered = {
                "version": versions.astype(np.int32),
                "agency": versions - 1,
                "report_year": np.full(count, year, np.int16),
                "form": [form.name] * count,
            }
            con.register("numbered", pa.table(numbered))
            con.execute(_REPORTS, {"agencies": agencies})
    con.execute(_OTHERS)


def _flawed(rng: np.random.Generator, form: Form, figures: np.ndarray) -> pa.Table:
    """Return the numbers as columns, some reports with a wrong cell, some with blanks."""
    codes = asked_codes(form)
    applications = np.flatnonzero([code.startswith("applications.") for code in codes])
    wrong = np.flatnonzero(rng.random(len(figures)) < _BROKEN)
    values = figures.copy()
    values[wrong, rng.choice(applications, size=len(wrong))] += SCALE
    blank = rng.random(len(figures)) < _BLANK
    parts = {codes[place] for place in applications if not codes[place].endswith(f".{TOTAL}")}
    return pa.table(
        {
            column_of(code): pa.array(values[:, n] / SCALE, mask=blank if code in parts else None)
            for n, code in enumerate(codes)
        }
    )


def _insert(
    con: duckdb.DuckDBPyConnection, form: Form, versions: np.ndarray, cells: pa.Table
) -> None:
    con.register("arriving", cells.append_column("version", pa.array(versions)))
    con.execute(f"INSERT INTO form_values_{form.name} BY NAME FROM arriving")


if __name__ == "__main__":
    if sys.argv[1:] and sys.argv[1].isdigit():
        sys.stdout.write(json.dumps(run(int(sys.argv[1]), sys.argv[2:])) + "\n")
    else:
        main(sys.argv[1:])
