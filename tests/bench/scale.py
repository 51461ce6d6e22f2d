"""`make bench-scale`: harvest and parse of 20,000 reports, by Airflow and without it.

The portals are on loopback, in a process of their own, without pace. For 1, 2 and 4 workers the same
shards and batches are worked twice: by a pool of so many plain processes that have all their imports,
then as a run of the real DAG in a real Airflow, whose start-up is not counted. Airflow's share of the
processor is what all its processes took more than the work did in the plain ones. Its share of the
workers' time is what they were not inside our tasks, waiting for the last shard included. Then what
the DAG folder costs to parse, and how long a run over 3,000 portals takes to its first shard.

python -m bench.scale [REPORTS] [WORKERS ...]
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bench.apart import spent
from bench.figures import Figure, publish
from bench.scale_spent import Bodies, bodies, processor
from bench.scale_start import starting
from nianbao.pipeline import harvest, reading
from nianbao.settings import Settings
from nianbao_airflow.defaults import MOST_MAPPED
from nianbao_airflow.local.api import Run
from nianbao_airflow.local.place import CHECKOUT, Place
from nianbao_airflow.local.processes import Processes
from nianbao_airflow.local.server import COMPONENTS, Server, free_port
from nianbao_airflow.local.session import session
from nianbao_airflow.names import HARVEST_DAG, WAREHOUSE_DAG
from support.big_site import write_record

_REPORTS_OF_A_PORTAL = 125
_POOLS = ("nianbao_harvest", "nianbao_reading")


@dataclass(frozen=True)
class Took:
    """Seconds: of the clock for each step and in all, of the processor, inside our tasks."""

    harvest: float
    read: float
    whole: float
    processor: float
    inside: float = 0.0


def main() -> None:
    """Measure and publish."""
    reports, *workers = (int(text) for text in sys.argv[1:] or ("20000",))
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as name, _portals(reports) as records:
        folder = Path(name)
        _compile_once(folder)
        for number, record in enumerate(records):
            write_record(folder / "portals", f"sample/p{number:04}", record)
        for count in workers or (1, 2, 4):
            figures += _beside(folder, reports, count)
            publish("scale", figures)
        figures += starting()
    publish("scale", figures)


def _compile_once(folder: Path) -> None:
    """Let Python keep what it compiles, as an installation does; our own tree stays clean of it."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")


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
    plain, run = _plainly(folder, workers), _by_airflow(folder, workers)
    print(f"{workers} workers: without Airflow {plain}, with it {run}", flush=True)
    for step in ("harvest", "read"):
        ours, theirs = reports / getattr(run, step), reports / getattr(plain, step)
        name = f"{step}, {workers} workers"
        yield Figure(name, "reports/s", ours, theirs, "without Airflow", ours / theirs, reports)
    shares = {
        "processor": 1 - plain.processor / run.processor,
        "workers' time": 1 - run.inside / (workers * run.whole),
    }
    for of, share in shares.items():
        name, percent = f"Airflow's share of the {of}, {workers} workers", 100 * share
        yield Figure(name, "%", percent, 10.0, "the aim", 10 / max(percent, 0.1), reports)


def _settings(folder: Path, home: Path) -> Settings:
    return Settings(home=home, portals_dir=folder / "portals")


def _plainly(folder: Path, workers: int) -> Took:
    """Return what plain processes take."""
    settings = _settings(folder, folder / f"plain-{workers}")
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        list(pool.map(_warm, range(4 * workers)))
        before, started = spent(), time.monotonic()
        shards = [(settings, shard) for shard in harvest.plan(settings, limit=MOST_MAPPED)]
        used = sum(pool.map(_harvest, shards))
        harvested = time.monotonic()
        batches = [(settings, batch) for batch in reading.pending(settings, MOST_MAPPED)]
        used += sum(pool.map(_read, batches))
        done = time.monotonic()
        used += spent() - before
    return Took(harvested - started, done - harvested, done - started, used)


def _warm(_: int) -> None:
    """Let a process have its imports."""
    time.sleep(0.2)


def _harvest(work: tuple[Settings, list[str]]) -> float:
    before = spent()
    harvest.harvest(*work, "plain", 1, None)
    return spent() - before


def _read(work: tuple[Settings, list[str]]) -> float:
    before = spent()
    reading.read(*work)
    return spent() - before


def _by_airflow(folder: Path, workers: int) -> Took:
    """Return what a run of the DAG takes."""
    place = Place("scale", folder / f"airflow-{workers}", folder / f"data-{workers}")
    place.data.mkdir()
    (place.data / "portals").symlink_to(folder / "portals")
    with session(place) as (processes, _), bodies() as heard:
        server = _started(place, processes, workers, heard)
        pids = [processes.pid(name) for name in COMPONENTS]
        before, run = processor(pids), server.api.trigger(HARVEST_DAG)
        while (state := server.api.state(run)) not in {"success", "failed"}:
            server.check_alive()
            time.sleep(5)
        if state != "success":
            raise SystemExit(f"the harvest {state}: {place.airflow_home}")
        return Took(*_spans(server, run), processor(pids) - before, heard.seconds)


def _started(place: Place, processes: Processes, workers: int, heard: Bodies) -> Server:
    server = Server(place, processes, sample=True, port=free_port())
    server._env.update({"AIRFLOW__CORE__PARALLELISM": str(workers), **heard.variables})
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


def _spans(server: Server, run: Run) -> Iterator[float]:
    tasks, whole = list(server.api.tasks(run)), server.api.get(run.path)
    for step in ("harvest", "read"):
        yield _span([task for task in tasks if task["task_id"] == step])
    yield _seconds(whole["start_date"], whole["end_date"])


def _span(tasks: Sequence[Mapping[str, Any]]) -> float:
    return _seconds(min(t["start_date"] for t in tasks), max(t["end_date"] for t in tasks))


def _seconds(start: str, end: str) -> float:
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds()


if __name__ == "__main__":
    if not (CHECKOUT / "dags").is_dir():
        raise SystemExit("run it from the checkout")
    main()
