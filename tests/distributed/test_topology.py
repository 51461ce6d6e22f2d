"""The topology of `docker-compose.yaml`, for real on loopback, and what disturbs it.

However a harvest is disturbed, it completes or is resumed, and every report arrives exactly once.
"""

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import psutil
import pytest

from nianbao.sample.faults import Rule
from nianbao_airflow.names import HARVEST_DAG, WAREHOUSE_DAG
from support.compose_file import ROOT
from support.distributed_run import Distributed
from support.small_disk import small_disk
from support.thirty_portals import HANGING, record_names, thirty_portals
from support.topology import AIRFLOW, topology

pytestmark = [
    pytest.mark.distributed,
    pytest.mark.timeout(1500),
    # Libraries leave connections to their own end; here it is the data that is tested.
    pytest.mark.filterwarnings("default"),
]
YEAR = 2022
STORY = ROOT / "build/distributed/story.json"


@pytest.fixture(scope="module")
def running() -> Iterator[Distributed]:
    """Start everything once; each test harvests anew into an empty store."""
    folder = Path(tempfile.mkdtemp(prefix="nianbao-distributed-"))
    folder.chmod(0o711)  # PostgreSQL runs as a user of its own
    began = time.monotonic()
    with (
        pytest.MonkeyPatch.context() as patch,
        small_disk(folder / "small") as small,
        thirty_portals(folder) as portals,
        topology(folder, folder / "portals", small) as top,
    ):
        top.start_stores()
        top.start_airflow()
        for name, value in top.storage().items():
            if name.startswith("AWS_"):
                patch.setenv(name, value)
        made = Distributed(top, portals, top.api)
        dags = (HARVEST_DAG, WAREHOUSE_DAG)
        top.wait("the DAGs", lambda: all(made.api.dag(dag_id) for dag_id in dags))
        made.api.unpause(HARVEST_DAG)
        made.say(f"started after {time.monotonic() - began:.0f} s")
        try:
            yield made
        finally:
            STORY.write_text(json.dumps(made.story, ensure_ascii=False, indent=2), "utf-8")
            shutil.copytree(folder / "process-logs", STORY.parent / "logs", dirs_exist_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def told(running: Distributed, request: pytest.FixtureRequest) -> Iterator[None]:
    began, restarts = time.monotonic(), len(running.top.restarts)
    running.say(f"--- {request.node.name}")
    running.portals.pause = 0.0
    yield
    again = running.top.restarts[restarts:]
    running.say(f"{time.monotonic() - began:.0f} s; started again by themselves: {again or 'none'}")


def arrived_once(running: Distributed) -> None:
    """Hold the archive and the parsed data of a harvest of one year against what was published."""
    assert running.missing(YEAR) == []
    assert set(running.parsed().values()) == {1}
    assert set(running.portals.expected(YEAR).values()) <= set(running.parsed())


def test_nothing_listens_beyond_loopback(running: Distributed) -> None:
    leaders = [psutil.Process(pid) for pid in running.top.processes.pids()]
    tree = {one.pid for leader in leaders for one in (leader, *leader.children(recursive=True))}
    listening = [
        connection.laddr
        for connection in psutil.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN and connection.pid in tree
    ]
    assert listening
    assert [address for address in listening if not address.ip.startswith("127.")] == []


@pytest.mark.parametrize("name", AIRFLOW)
def test_its_health_check_finds_it_well(running: Distributed, name: str) -> None:
    running.top.wait(f"{name} to be well", lambda: running.top.check(name).returncode == 0, 120)


def test_a_worker_is_killed_in_mid_task(running: Distributed) -> None:
    running.portals.pause = 0.2
    run = running.begin([YEAR])
    running.until_asked(60)
    name = running.until_at_work(lambda name: name.startswith("crawl"))
    running.top.stop(name, kill=True)
    running.say(f"{name} killed with its task")
    running.portals.pause = 0.0
    running.top.start(name)
    assert running.finish(run) == "success"
    arrived_once(running)


def test_redis_is_restarted(running: Distributed) -> None:
    running.portals.pause = 0.1
    run = running.begin([YEAR])
    running.until_asked(30)
    running.top.stop("redis")
    running.say("Redis is down")
    time.sleep(10)
    running.top.start("redis")
    assert running.finish(run) == "success"
    arrived_once(running)


def test_postgresql_is_restarted(running: Distributed) -> None:
    running.portals.pause = 0.1
    run = running.begin([YEAR])
    running.until_asked(30)
    running.top.stop("postgres")
    running.say("PostgreSQL is down")
    time.sleep(10)
    running.top.start("postgres")
    state = running.finish(run)
    if state != "success":
        state = running.resume([YEAR])
    assert state == "success"
    arrived_once(running)


def test_a_portal_hangs(running: Distributed) -> None:
    running.portals.plans[HANGING] = [Rule("^/(?!robots)", "hanging")]
    try:
        assert running.finish(running.begin([YEAR])) == "success"
    finally:
        del running.portals.plans[HANGING]
    hung = running.portals.sites[HANGING].url("/")
    lacking = running.missing(YEAR)
    assert lacking
    assert [line for line in lacking if not line.startswith(hung)] == []
    assert running.resume([YEAR]) == "success"
    arrived_once(running)


def test_the_disk_of_a_worker_fills(running: Distributed) -> None:
    small = running.top.small
    if small is None:
        pytest.skip("this user may not mount a small disk")
    ballast = small / "ballast"
    with ballast.open("wb") as file:
        try:
            while file.write(b"\0" * 65_536):
                file.flush()
        except OSError as error:
            running.say(f"the disk of crawl-2 is full: {error}")
    try:
        state = running.finish(running.begin([YEAR]))
    finally:
        ballast.unlink()
    if state != "success":
        state = running.resume([YEAR])
    assert state == "success"
    arrived_once(running)


def test_the_whole_sample_harvest_with_the_warehouse_killed_on_the_way(
    running: Distributed,
) -> None:
    assert len(record_names(running.portals.folder)) == 30
    running.api.unpause(WAREHOUSE_DAG)
    harvest = running.begin()
    assert running.finish(harvest) == "success"
    assert running.missing() == []
    run = running.warehouse_run(harvest)
    running.until_at_work(lambda name: name == "warehouse-1")
    running.top.stop("warehouse-1", kill=True)
    running.say("warehouse-1 killed with its task")
    running.top.start("warehouse-1")
    assert running.finish(run) == "success"
    file = running.top.folder / "data/warehouse/nianbao.duckdb"
    with duckdb.connect(os.fspath(file), read_only=True) as con:
        reports = con.execute("SELECT organisation, report_year, scope FROM reports").fetchall()
        documents = con.execute("SELECT sha256 FROM report_versions").fetchall()
    assert sorted(reports) == sorted(running.portals.reports())
    assert len(documents) == len(set(documents))
