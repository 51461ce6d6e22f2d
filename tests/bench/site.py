"""`nianbao report` over synthetic warehouses: pages per second, CPU per agency, memory, the slope."""

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.apart import apart, peak, spent
from bench.figures import Figure, publish
from nianbao.site.folder import replacing
from nianbao.site.make import Wanted, make_site
from support.site_warehouse import write_site_warehouse

WAREHOUSE = "nianbao.duckdb"


@dataclass(frozen=True)
class Run:
    """What making one site took."""

    agencies: int
    pages: int
    seconds: float
    cpu: float
    megabytes: float
    """Peak of this process and of its largest worker."""
    size: float
    """Megabytes of all files."""


def measure(folder: str, agencies: int) -> Run:
    root = Path(folder)
    file = root / WAREHOUSE
    before, started = spent(), time.perf_counter()
    with replacing(root / "site") as site:
        pages = make_site(file, site, Wanted("bench"))
    seconds, cpu = time.perf_counter() - started, spent() - before
    megabytes = peak()
    size = sum(path.stat().st_size for path in (root / "site").rglob("*") if path.is_file()) / 1e6
    return Run(agencies, pages, seconds, cpu, megabytes, size)


def _apart(agencies: int) -> Run:
    """Write the warehouse and make the site in a process each: memory is the site's alone."""
    with tempfile.TemporaryDirectory() as folder:
        apart(write_site_warehouse, Path(folder) / WAREHOUSE, agencies)
        return apart(measure, folder, agencies)


def main() -> None:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    small, large = _apart(most // 10), _apart(most)
    name = f"{small.agencies} agencies"

    def figure(metric: str, unit: str, ours: float, peer: float, *, more: bool = False) -> Figure:
        ratio = ours / peer if more else peer / ours
        return Figure(metric, unit, ours, peer, name, ratio, large.agencies)

    small_pace, large_pace = (run.pages / run.seconds for run in (small, large))
    small_cpu, large_cpu = (1e3 * run.cpu / run.agencies for run in (small, large))
    small_size, large_size = (1e3 * run.size / run.agencies for run in (small, large))
    publish(
        "site",
        [
            figure("pages", "1/s", large_pace, small_pace, more=True),
            figure("time", "s", large.seconds, small.seconds),
            figure("CPU per agency", "ms", large_cpu, small_cpu),
            figure("peak memory", "MB", large.megabytes, small.megabytes),
            figure("size per agency", "kB", large_size, small_size),
        ],
    )


if __name__ == "__main__":
    main()
