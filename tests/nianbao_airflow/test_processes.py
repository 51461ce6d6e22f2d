"""Everything that is started can be found and ended later, and nothing else."""

import json
import os
import subprocess
import sys
import time

import psutil
import pytest

from nianbao_airflow.local.errors import RunnerError
from nianbao_airflow.local.processes import TOKEN, Processes, kill_leftovers, leftovers, tail

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
# As Airflow's scheduler does: a child that leaves the process group of its parent.
FAMILY = [
    sys.executable,
    "-c",
    "import os, sys, time\n"
    "if os.fork() == 0:\n"
    "    os.setpgid(0, 0)\n"
    "    time.sleep(60)\n"
    "print('ready', flush=True)\n"
    "time.sleep(60)\n",
]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time\n"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "print('ready', flush=True)\n"
    "time.sleep(60)\n",
]


@pytest.fixture
def records(tmp_path):
    file = tmp_path / "processes.json"
    yield file
    kill_leftovers(file)


def start(processes, command, folder, name="one"):
    log = folder / f"{name}.log"
    return processes.start(name, command, env=dict(os.environ), log=log, cwd=folder)


def wait_for_ready(folder, name="one"):
    deadline = time.monotonic() + 20
    while "ready" not in tail(folder / f"{name}.log"):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_start_is_recorded_with_its_time_of_creation(records, tmp_path):
    process = start(Processes(records), SLEEP, tmp_path)
    (record,) = json.loads(records.read_text())["processes"]
    assert record == {
        "name": "one",
        "pid": process.pid,
        "created": psutil.Process(process.pid).create_time(),
    }
    process.kill()
    process.wait()


def test_a_later_run_kills_the_whole_family(records, tmp_path):
    process = start(Processes(records), FAMILY, tmp_path)
    wait_for_ready(tmp_path)
    (child,) = psutil.Process(process.pid).children()
    assert os.getpgid(child.pid) != os.getpgid(process.pid)
    assert kill_leftovers(records) == 2
    process.wait()
    assert not child.is_running()
    assert not records.exists()


def test_orphans_are_found_when_their_parent_is_gone(records, tmp_path):
    process = start(Processes(records), FAMILY, tmp_path)
    wait_for_ready(tmp_path)
    (child,) = psutil.Process(process.pid).children()
    process.kill()
    process.wait()
    assert [p.pid for p in leftovers(records)] == [child.pid]


def test_a_process_that_was_started_but_not_yet_recorded_is_found(records, tmp_path):
    processes = Processes(records)
    before = records.read_bytes()
    process = start(processes, SLEEP, tmp_path)
    records.write_bytes(before)
    assert [p.pid for p in leftovers(records)] == [process.pid]
    kill_leftovers(records)
    process.wait()


def test_a_process_id_given_to_another_since_is_left_alone(records):
    with subprocess.Popen(SLEEP, start_new_session=True) as stranger:
        record = {"name": "one", "pid": stranger.pid, "created": time.time() - 3600}
        records.write_text(json.dumps({"token": "gone", "processes": [record]}))
        assert leftovers(records) == []
        assert kill_leftovers(records) == 0
        assert stranger.poll() is None
        stranger.kill()


def test_processes_of_another_run_are_left_alone(records):
    with subprocess.Popen(SLEEP, env={**os.environ, TOKEN: "another"}) as stranger:
        Processes(records)
        assert kill_leftovers(records) == 0
        assert stranger.poll() is None
        stranger.kill()


def test_we_never_count_ourselves(records, monkeypatch):
    me = psutil.Process()
    record = {"name": "one", "pid": me.pid, "created": me.create_time()}
    records.write_text(json.dumps({"token": "x", "processes": [record]}))
    assert me.pid not in [p.pid for p in leftovers(records)]
    records.unlink()


def test_nothing_recorded_is_nothing_left(tmp_path):
    assert kill_leftovers(tmp_path / "missing.json") == 0


def test_a_stop_asks_first(records, tmp_path):
    processes = Processes(records)
    process = start(processes, SLEEP, tmp_path)
    processes.stop()
    assert process.returncode == -15
    assert not records.exists()


def test_a_stop_forces_what_does_not_listen(records, tmp_path):
    processes = Processes(records)
    process = start(processes, STUBBORN, tmp_path)
    wait_for_ready(tmp_path)
    processes.stop(grace=0.2)
    assert process.returncode == -9


def test_what_ended_by_itself_is_known(records, tmp_path):
    processes = Processes(records)
    start(processes, [sys.executable, "-c", "raise SystemExit(3)"], tmp_path).wait()
    assert processes.ended() == {"one": 3}


def test_a_step_that_fails_says_why(records, tmp_path):
    command = [sys.executable, "-c", "print('no such table'); raise SystemExit(1)"]
    processes = Processes(records)
    with pytest.raises(RunnerError, match="step ended with code 1:\nno such table"):
        processes.run(
            "step", command, env=dict(os.environ), log=tmp_path / "step.log", cwd=tmp_path
        )
