"""`make bench-scale`: harvest and parse of 20,000 reports, by Airflow and without it.

The portals are on loopback, in a process of their own, without pace. For 1, 2 and 4 workers the same
shards and batches are worked twice: by a pool of so many plain processes, then as a run of the real
DAG in a real Airflow (LocalExecutor). What the run takes longer is Airflow's own: its start-up is not
counted, the start of each task is. Then what the DAG folder costs to parse, and how long a run over
3,000 portals takes from its trigger to its first shard.

python -m bench.scale [REPORTS] [WORKERS ...]
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bench.figures import Figure, publish
from bench.scale_start import starting
from nianbao.pipeline import harvest, reading
from nianbao.settings import Settings
from nianbao_airflow.local.api import Run
from nianbao_airflow.local.place import CHECKOUT, Place
from nianbao_airflow.local.processes import Processes
from nianbao_airflow.local.server import Server, free_port
from nianbao_airflow.local.session import session
from nianbao_airflow.names import HARVEST_DAG, WAREHOUSE_DAG
from support.big_site import write_record

_REPORTS_OF_A_PORTAL = 125
_POOLS = ("nianbao_harvest", "nianbao_reading")


def main() -> None:
    """Measure and publish."""
    reports, *workers = (int(text) for text in sys.argv[1:] or ("20000",))
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as name, _portals(reports) as records:
        folder = Path(name)
        for number, record in enumerate(records):
            write_record(folder / "portals", f"sample/p{number:04}", record)
        for count in workers or (1, 2, 4):
            figures += _beside(folder, reports, count)
    figures += starting()
    publish("scale", figures)


@contextmanager
def _portals(reports: int) -> Iterator[list[Mapping[str, Any]]]:
    portals = max(8, reports // _REPORTS_OF_A_PORTAL)
    command = [sys.executable, "-m", "bench.scale_server", str(portals), str(reports)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.kill()


def _beside(folder: Path, reports: int, workers: int) -> Iterator[Figure]:
    plain = _plainly(folder, workers)
    run = _by_airflow(folder, workers)
    print(f"{workers} workers: {plain} without Airflow, {run} with it", flush=True)
    for step in ("harvest", "read"):
        name = f"{step}, {workers} workers"
        ours, theirs = reports / run[step], reports / plain[step]
        yield Figure(name, "reports/s", ours, theirs, "without Airflow", ours / theirs, reports)
    took, least = run["whole"], plain["harvest"] + plain["read"]
    share = 100 * (1 - least / took)
    name = f"Airflow's share, {workers} workers"
    yield Figure(name, "%", share, 10.0, "the aim", 10 / max(share, 0.1), reports)


def _settings(folder: Path, home: Path) -> Settings:
    return Settings(home=home, portals_dir=folder / "portals")


def _plainly(folder: Path, workers: int) -> dict[str, float]:
    """Return the seconds that plain processes take."""
    settings = _settings(folder, folder / f"plain-{workers}")
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        list(pool.map(_warm, range(4 * workers)))
        started = time.monotonic()
        list(pool.map(_harvest, [(settings, shard) for shard in harvest.plan(settings)]))
        harvested = time.monotonic()
        list(pool.map(_read, [(settings, batch) for batch in reading.pending(settings)]))
        done = time.monotonic()
    return {"harvest": harvested - started, "read": done - harvested}


def _warm(_: int) -> None:
    """Let a process have its imports; Airflow's have to be paid in each task."""
    time.sleep(0.2)


def _harvest(work: tuple[Settings, list[str]]) -> None:
    harvest.harvest(*work, "plain", 1, None)


def _read(work: tuple[Settings, list[str]]) -> None:
    reading.read(*work)


def _by_airflow(folder: Path, workers: int) -> dict[str, float]:
    """Return the seconds that a run of the DAG takes."""
    place = Place("scale", folder / f"airflow-{workers}", folder / f"data-{workers}")
    place.data.mkdir()
    (place.data / "portals").symlink_to(folder / "portals")
    with session(place) as (processes, _):
        server = _started(place, processes, workers)
        run = server.api.trigger(HARVEST_DAG)
        while (state := server.api.state(run)) not in {"success", "failed"}:
            server.check_alive()
            time.sleep(2)
        if state != "success":
            raise SystemExit(f"the harvest {state}: {place.airflow_home}")
        return _spans(server, run)


def _started(place: Place, processes: Processes, workers: int) -> Server:
    server = Server(place, processes, sample=True, port=free_port())
    server._env["AIRFLOW__CORE__PARALLELISM"] = str(workers)
    server.prepare()
    server.start()
    server.wait_until_ready([HARVEST_DAG, WAREHOUSE_DAG])
    api = server.api
    for pool in _POOLS:
        url = f"{api.base_url}/api/v2/pools/{pool}"
        body = {"pool": pool, "slots": workers, "include_deferred": False}
        api._call("PATCH", url, params={"update_mask": "slots"}, json=body)
    url = f"{api.base_url}/api/v2/dags/{WAREHOUSE_DAG}"
    api._call("PATCH", url, json={"is_paused": True})
    return server


def _spans(server: Server, run: Run) -> dict[str, float]:
    tasks = list(server.api.tasks(run))
    whole = server.api.get(run.path)
    spans = {
        step: _span([task for task in tasks if task["task_id"] == step])
        for step in ("harvest", "read")
    }
    return {**spans, "whole": _seconds(whole["start_date"], whole["end_date"])}


def _span(tasks: Sequence[Mapping[str, Any]]) -> float:
    return _seconds(min(t["start_date"] for t in tasks), max(t["end_date"] for t in tasks))


def _seconds(start: str, end: str) -> float:
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds()


if __name__ == "__main__":
    if not (CHECKOUT / "dags").is_dir():
        raise SystemExit("run it from the checkout")
    main()
