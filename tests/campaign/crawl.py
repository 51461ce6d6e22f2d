"""`make campaign-crawl`: every fault on every sample site, at three places each, and fifty kills.

The outcomes that have to come are in tests/support/fault_outcomes.yaml, and docs/faults.md is written from
it. Names of sites as arguments leave the others out, and the kills.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

from campaign.crawl_kill import killed
from nianbao.sample.faults import FAULTS
from nianbao.sample.loopback import Server
from nianbao.sample.sites import SITES
from support.fault_matrix import PLACES, bench
from support.fault_outcomes import page, problems

ROOT = Path(__file__).resolve().parents[2]
_FOLDER = ROOT / "build" / "campaign"
_KILLS, _REPORTS = 50, 500


def main() -> None:
    """Run, print what is wrong, and write the page and the figures."""
    sites = sys.argv[1:] or list(SITES)
    started = time.perf_counter()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        rows = [row for of_site in pool.map(cells, sites) for row in of_site]
    wrong = [_line(row) for row in rows if row["wrong"]]
    print(f"{len(rows)} cells in {time.perf_counter() - started:.0f} s, {len(wrong)} wrong")
    found: dict[str, Any] = {"cells": rows}
    if not sys.argv[1:]:
        wrong += _kills(found)
    _FOLDER.mkdir(parents=True, exist_ok=True)
    text = json.dumps(found, ensure_ascii=False, indent=1)
    (_FOLDER / "crawl.json").write_text(text + "\n", "utf-8")
    (ROOT / "docs" / "faults.md").write_text(page(), "utf-8")
    if wrong:
        raise SystemExit("\n".join(wrong))


def cells(site: str) -> Sequence[dict[str, Any]]:
    """Return what came of every fault on a site."""
    # A client that hangs up is what this is about, and no news.
    Server.handle_error = lambda *_: None  # type: ignore[method-assign]
    with tempfile.TemporaryDirectory() as folder, bench(site, Path(folder)) as running:
        rows = []
        for fault in FAULTS:
            for place in PLACES:
                cell = running.cell(fault, place)
                names = {"site": site, "fault": fault, "place": place}
                facts = {**asdict(cell), "word": cell.word}
                rows.append({**names, **facts, "wrong": list(problems(site, fault, place, cell))})
    return rows


def _line(row: dict[str, Any]) -> str:
    return f"{row['site']}, {row['fault']}, {row['place']}: {'; '.join(row['wrong'])}"


def _kills(found: dict[str, Any]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        came = killed(Path(folder), _KILLS, _REPORTS)
    found["kills"] = asdict(came)
    print(
        f"{came.kills} kills, {came.in_flight} with a document on its way: {came.documents} documents, "
        f"asked for {came.asked} times"
    )
    return [f"not exactly once: {name}" for name in (*came.not_once, *came.too_often)]


if __name__ == "__main__":
    main()
