"""Both DAGs from end to end, on the sample portals."""

import io
import os
import signal
import subprocess
import sys

import duckdb
import pytest
from rich.console import Console

from nianbao.sample.portals import write_inbox, write_portal_records
from nianbao.sample.site import serve
from nianbao_airflow.local import demo, environment
from nianbao_airflow.local.place import CHECKOUT, Place
from nianbao_airflow.local.processes import leftovers
from nianbao_airflow.local.session import session

pytestmark = [pytest.mark.airflow, pytest.mark.timeout(600)]

# `dag.test()` runs one DAG in one process; nothing starts the other one, for want of a scheduler.
BOTH = """
import sys
from airflow.dag_processing.dagbag import DagBag

bag = DagBag(dag_folder=sys.argv[1])
for dag_id in ("nianbao_harvest", "nianbao_warehouse"):
    run = bag.dags[dag_id].test(run_conf={"years": [2022]} if dag_id == "nianbao_harvest" else None)
    states = sorted(f"{ti.task_id}={ti.state}" for ti in run.get_task_instances())
    print("RUN", dag_id, run.state, *states)
"""


@pytest.fixture
def place(tmp_path):
    return Place("trial", tmp_path / "airflow", tmp_path / "data")


def airflow(place, *arguments):
    env = {
        **environment.inherited(),
        **environment.variables(place, 8080, paused=False),
        **environment.nianbao_variables(place, sample=True),
    }
    done = subprocess.run(
        [sys.executable, *arguments],
        env=env, cwd=CHECKOUT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def test_both_dags_in_one_process(place):
    inbox = place.data / "inbox"
    write_inbox(inbox)
    with serve() as sites:
        write_portal_records(place.data / "portals", sites.ports, inbox=inbox)
        airflow(place, "-m", "airflow", "db", "migrate")
        output = airflow(place, "-c", BOTH, str(CHECKOUT / "dags"))
    runs = [line.split() for line in output.splitlines() if line.startswith("RUN ")]
    assert [run[1:3] for run in runs] == [
        ["nianbao_harvest", "success"],
        ["nianbao_warehouse", "success"],
    ], output[-5000:]
    states = [state for run in runs for state in run[3:]]
    assert not [state for state in states if not state.endswith("=success")]
    with duckdb.connect(place.data / "warehouse" / "nianbao.duckdb", read_only=True) as con:
        urls = con.sql("SELECT DISTINCT report_year FROM reports WHERE source_url LIKE 'http%'")
        assert urls.fetchall() == [(2022,)]
    assert (place.data / "warehouse" / "expectation_reports" / "index.html").exists()


def run_demo(place):
    """Run the demo at a place; return its exit code and what it said."""
    said = io.StringIO()
    console = Console(file=said, width=120)
    with session(place) as (processes, _):
        code = demo.demonstrate(place, processes, console)
    return code, said.getvalue()


def killed_demo(place, until):
    """Start the demo in another process and kill -9 it as soon as it has said something."""
    script = (
        "import sys; from pathlib import Path\n"
        "from nianbao_airflow.local import demo\n"
        "demo.demo_place = lambda: demo.Place('trial', Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "demo.main()\n"
    )
    command = [sys.executable, "-u", "-c", script, str(place.airflow_home), str(place.data)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as process:
        for line in process.stdout:
            if until in line:
                break
        process.send_signal(signal.SIGKILL)


def test_the_demo_goes_on_after_a_kill_and_then_finds_nothing_new(place):
    killed_demo(place, until="nianbao_harvest.plan")
    assert leftovers(place.records)
    code, said = run_demo(place)
    assert (code, "still under way" in said) == (0, True), said
    assert "Nothing was new" not in said
    assert not leftovers(place.records)

    code, said = run_demo(place)
    assert (code, "Nothing was new" in said) == (0, True), said
