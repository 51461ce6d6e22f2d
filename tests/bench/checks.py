"""The expectation reports of synthetic warehouses: pages per second, CPU, memory, size, and the slope."""

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.apart import apart, peak, spent
from bench.figures import Figure, publish
from nianbao.site.checks.make import WantedReports, make_reports
from nianbao.site.folder import packed, replacing
from support.check_warehouse import write_check_warehouse

WAREHOUSE = "nianbao.duckdb"
TIMES = 16
"""Failed checks of a report that fails something; three for each report there is."""


@dataclass(frozen=True)
class Run:
    """What making the reports of one warehouse took."""

    agencies: int
    pages: int
    seconds: float
    cpu: float
    megabytes: float
    """Peak of this process and of its largest worker."""
    size: float
    """Megabytes of all files."""
    zipped: float
    """Megabytes of the zip."""
    zip_seconds: float
    largest: float
    """Kilobytes of the largest page or script."""
    longest: int
    """Characters of the longest path in the zip."""


def measure(folder: str, agencies: int) -> Run:
    root = Path(folder)
    before, started = spent(), time.perf_counter()
    with replacing(root / "expectation_reports") as site:
        pages = make_reports(root / WAREHOUSE, site, WantedReports("bench"))
    seconds, cpu = time.perf_counter() - started, spent() - before
    megabytes = peak()
    files = [path for path in (root / "expectation_reports").rglob("*") if path.is_file()]
    sizes = [path.stat().st_size for path in files]
    longest = max(len(str(path.relative_to(root))) for path in files)
    started = time.perf_counter()
    zipped = packed(root / "expectation_reports").stat().st_size
    zip_seconds = time.perf_counter() - started
    return Run(
        agencies, pages, seconds, cpu, megabytes, sum(sizes) / 1e6, zipped / 1e6, zip_seconds,
        max(sizes) / 1e3, longest,
    )  # fmt: skip


def _apart(agencies: int) -> Run:
    """Write the warehouse and make the reports in a process each: memory is the reports' alone."""
    with tempfile.TemporaryDirectory() as folder:
        apart(write_check_warehouse, Path(folder) / WAREHOUSE, agencies, TIMES)
        return apart(measure, folder, agencies)


def main() -> None:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    small, large = _apart(most // 10), _apart(most)
    name = f"{small.agencies} agencies"

    def figure(metric: str, unit: str, ours: float, peer: float, *, more: bool = False) -> Figure:
        ratio = ours / peer if more else peer / ours
        return Figure(metric, unit, ours, peer, name, ratio, large.agencies)

    def each(run: Run, total: float) -> float:
        return 1e3 * total / run.agencies

    publish(
        "checks",
        [
            figure(
                "pages", "1/s", large.pages / large.seconds, small.pages / small.seconds, more=True
            ),
            figure("time", "s", large.seconds, small.seconds),
            figure("CPU per agency", "ms", each(large, large.cpu), each(small, small.cpu)),
            figure("peak memory", "MB", large.megabytes, small.megabytes),
            figure("size per agency", "kB", each(large, large.size), each(small, small.size)),
            figure("zip per agency", "kB", each(large, large.zipped), each(small, small.zipped)),
            figure("time of the zip", "s", large.zip_seconds, small.zip_seconds),
            figure("largest file", "kB", large.largest, small.largest),
            figure("longest path", "characters", large.longest, small.longest),
        ],
    )


if __name__ == "__main__":
    main()
