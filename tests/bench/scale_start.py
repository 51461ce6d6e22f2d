"""What the DAG folder costs to parse, and how long a run over 3,000 portals takes to begin."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure
from nianbao_airflow.local.errors import RunnerError
from nianbao_airflow.local.place import CHECKOUT, Place
from nianbao_airflow.local.server import Server, free_port
from nianbao_airflow.local.session import session
from nianbao_airflow.names import HARVEST_DAG
from support.big_site import write_record

PORTALS = 3_000
_PARSE = """
import sys, time
from airflow.dag_processing.dagbag import DagBag
import airflow.sdk
airflow.sdk.dag, airflow.sdk.Param, airflow.sdk.ExceptionRetryPolicy
started = time.process_time()
bag = DagBag(dag_folder=sys.argv[1])
print(time.process_time() - started, len(bag.dags))
"""
_PLAN = """
import sys, time
from pathlib import Path
from nianbao.pipeline.harvest import plan
from nianbao.settings import Settings
started = time.process_time()
shards = plan(Settings(portals_dir=Path(sys.argv[1])), limit=500)
print(time.process_time() - started, len(shards))
"""


def starting() -> Iterator[Figure]:
    """Yield the figures; nothing but loopback is asked, and nobody listens there."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_records(folder / "portals")
        parse, dags = _processor(_PARSE, CHECKOUT / "dags", AIRFLOW_HOME=name)
        plan, shards = _processor(_PLAN, folder / "portals")
        first = _first_shard(folder)
    yield Figure("DAG folder parsed", "s", parse, 1.0, "the aim", 1.0 / parse, dags)
    yield Figure("plan of 3,000 portals", "s", plan, 10.0, "the aim", 10.0 / plan, shards)
    yield Figure("first shard after the trigger", "s", first, 10.0, "the aim", 10 / first, PORTALS)


def _write_records(folder: Path) -> None:
    for number in range(PORTALS):
        # A loopback address of its own each: 3,000 hosts.
        host = f"127.9.{number // 250}.{number % 250 + 1}:9"
        agencies = [
            {"id": f"org-{number}-{one}", "name": f"第{number}县第{one}局", "division": "330300"}
            for one in range(5)
        ]
        record = {
            "name": f"第{number}县人民政府",
            "family": "static",
            "hosts": [host],
            "networks": ["127.0.0.0/8"],
            "start_urls": [f"http://{host}/nb/"],
            "agencies": agencies,
            "politeness": {"seconds_between_requests": 0, "retries": 0},
        }
        write_record(folder, f"zhejiang/p{number:04}", record)


def _processor(script: str, path: Path, **variables: str) -> tuple[float, int]:
    """Return the median of the processor's seconds of three processes, and a count."""
    rounds = []
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-c", script, str(path)],
            stdout=subprocess.PIPE, text=True, check=True, env={**_environment(), **variables},
        )  # fmt: skip
        seconds, count = done.stdout.split()[-2:]
        rounds.append(float(seconds))
    return statistics.median(rounds), int(count)


def _environment() -> dict[str, str]:
    return {**os.environ, "AIRFLOW__CORE__LOAD_EXAMPLES": "False"}


def _first_shard(folder: Path) -> float:
    """Return the seconds from the trigger of a run to the start of its first shard."""
    place = Place("scale-start", folder / "airflow", folder / "data")
    place.data.mkdir()
    (place.data / "portals").symlink_to(folder / "portals")
    with session(place) as (processes, _):
        server = Server(place, processes, sample=True, port=free_port())
        server.prepare()
        server.start()
        server.wait_until_ready([HARVEST_DAG])
        started = time.monotonic()
        run = server.api.trigger(HARVEST_DAG)
        while time.monotonic() < started + 300:
            server.check_alive()
            tasks = server.api.get(f"{run.path}/taskInstances", task_id="harvest", limit=100)
            if any(task["start_date"] for task in tasks["task_instances"]):
                return time.monotonic() - started
            time.sleep(0.2)
    raise RunnerError("no shard began within 300 s")
