"""Harvests on a running topology: begun, disturbed, followed to their end, and counted."""

import io
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import psutil
import pyarrow.parquet as pq
from fsspec.core import url_to_fs

from nianbao.archive import read_log
from nianbao.archive.copies import contents
from nianbao.archive.place import Place
from nianbao_airflow.local.api import Api, Run
from nianbao_airflow.names import HARVEST_DAG, WAREHOUSE_DAG
from support.thirty_portals import ThirtyPortals
from support.topology import WORKERS, Topology

ARCHIVE, PARSED = "s3://nianbao/archive", "s3://nianbao/parsed"
TASK = "airflow worker"
"""Begins the title of a process that runs a task."""


@dataclass
class Distributed:
    """A running installation and its portals."""

    top: Topology
    portals: ThirtyPortals
    api: Api
    story: list[str] = field(default_factory=list)
    """What an operator could have seen, line by line."""

    def begin(self, years: list[int] | None = None) -> Run:
        """Start a harvest with nothing harvested before."""
        store, bucket = url_to_fs("s3://nianbao")
        store.rm([*store.find(bucket)]) if store.find(bucket) else None
        body = {"logical_date": None, "conf": {"years": years} if years else {}}
        url = f"{self.api.base_url}/api/v2/dags/{HARVEST_DAG}/dagRuns"
        self.portals.served = 0
        return Run(HARVEST_DAG, self.api._call("POST", url, json=body)["dag_run_id"])

    def resume(self, years: list[int] | None) -> str:
        """Harvest once more, as an operator would, and return how it ends."""
        body = {"logical_date": None, "conf": {"years": years} if years else {}}
        url = f"{self.api.base_url}/api/v2/dags/{HARVEST_DAG}/dagRuns"
        return self.finish(Run(HARVEST_DAG, self.api._call("POST", url, json=body)["dag_run_id"]))

    def finish(self, run: Run, within: float = 600) -> str:
        """Wait for the end of a run; return its state, and tell what it took."""
        began = time.monotonic()
        self.top.wait(f"{run.dag_id}", lambda: self.api.state(run) in {"success", "failed"}, within)
        again = [
            f"{task['task_id']}[{task['map_index']}] x{task['try_number']} {task['state']}"
            for task in self.api.tasks(run)
            if task["try_number"] > 1 or task["state"] not in {"success", "skipped"}
        ]
        state = self.api.state(run)
        took = time.monotonic() - began
        self.say(f"{run.dag_id}: {state} after {took:.0f} s more; not at once: {again or 'none'}")
        return state

    def say(self, line: str) -> None:
        """Add to the story."""
        self.story.append(line)
        print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)

    def until_asked(self, requests: int) -> None:
        """Wait until the portals were asked so many things."""
        self.top.wait("requests to the portals", lambda: self.portals.served >= requests, 240)

    def at_work(self) -> Iterator[str]:
        """Yield the workers that are in the middle of a task."""
        for name in WORKERS:
            tree = psutil.Process(self.top.processes.pid(name)).children(recursive=True)
            if any(_title(process).startswith(TASK) for process in tree):
                yield name

    def until_at_work(self, wanted: Callable[[str], bool]) -> str:
        """Wait until a wanted worker is in the middle of a task; return its name."""
        found: list[str] = []

        def look() -> bool:
            found[:] = [name for name in self.at_work() if wanted(name)]
            return bool(found)

        self.top.wait("a worker at work", look, 240)
        return found[0]

    def missing(self, year: int | None = None) -> list[str]:
        """Return the URLs of reports whose one right content is not in the archive's log, and why."""
        found: dict[str, set[str]] = {}
        told: dict[str, list[str]] = {}
        for row in read_log(ARCHIVE).to_pylist():
            told.setdefault(row["url"], []).append(f"{row['outcome']} {row['message']}")
            if row["purpose"] == "report" and row["sha256"]:
                found.setdefault(row["url"], set()).add(row["sha256"])
        return [
            f"{url}: {told.get(url, 'never asked')}"
            for url, sha256 in sorted(self.portals.expected(year).items())
            if found.get(url) != {sha256}
        ]

    def parsed(self) -> Counter[str]:
        """Return in how many parts each document was read."""
        found: Counter[str] = Counter()
        for _, data in contents(Place.at(PARSED), "", ".parquet"):
            found.update({*pq.read_table(io.BytesIO(data))["sha256"].to_pylist()})
        return found

    def warehouse_run(self, harvest: Run) -> Run:
        """Return the run that a harvest started."""
        found: list[Run] = []

        def look() -> bool:
            found[:] = [
                Run(WAREHOUSE_DAG, made["run_id"])
                for event in self.api.asset_events(harvest) or []
                for made in event["created_dagruns"]
            ]
            return bool(found)

        self.top.wait("a run of the warehouse", look, 240)
        return found[0]


def _title(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""
