"""Every fault of `support.seeded_faults` in 200 reports each, and 10,000 clean reports.

Run from the folder of the tests: `python -m campaign.rules [reports per fault] [clean reports]`. The
failed checks must be exactly those that the oracle works out; it exits 1 where they are not.
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table

from nianbao.sample.oracle import expected_failures
from support.checked_numbers import failing_checks
from support.seeded_faults import FAULTS, broken, runs

YEARS = 5
"""Reports of one agency."""


def main(each: int, clean: int) -> int:
    """Run the campaign and return the exit code."""
    table = Table(
        "fault", "reports", "must fail", "found", "missed", "false", title="seeded faults"
    )
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for number, name in enumerate(FAULTS):
            missed, false, counts = _fault(Path(folder) / f"{number}.duckdb", name, each)
            wrong += missed + false
            table.add_row(name, str(each), *map(str, (*counts, missed, false)))
        severities = _clean(Path(folder) / "clean.duckdb", clean)
    Console().print(table)
    Console().print(f"{clean} clean reports: {dict(sorted(severities.items()))}")
    wrong += severities["error"] + (severities["warning"] > clean / 100)
    return 1 if wrong else 0


def _fault(path: Path, name: str, each: int) -> tuple[int, int, tuple[int, int]]:
    reports = list(broken(name, each, 1))
    expected = expected_failures(reports, harvested=False)
    found = set(failing_checks(path, reports))
    return len(expected - found), len(found - expected), (len(expected), len(found))


def _clean(path: Path, reports: int) -> Counter[str]:
    sizes = ("none", "small", "medium", "large")
    clean = [
        report
        for seed in range(reports // YEARS)
        for report in runs(1_000_000 + seed, sizes[seed % len(sizes)])
    ]
    return Counter(failing_checks(path, clean).values())


if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[1:]]
    sys.exit(main(*(numbers + [200, 10_000][len(numbers) :])))
