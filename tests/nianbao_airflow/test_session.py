"""One run at a time, interruptible, and nothing left behind."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from nianbao_airflow.local.errors import RunnerError
from nianbao_airflow.local.place import Place
from nianbao_airflow.local.session import Interrupted, session

# A run that starts one process, says so, and waits.
RUN = """
import os, sys, time
from pathlib import Path
from nianbao_airflow.local.place import Place
from nianbao_airflow.local.session import Interrupted, session

place = Place("trial", Path(sys.argv[1]), Path(sys.argv[1]))
command = [sys.executable, "-c", "import time; time.sleep(60)"]
try:
    with session(place) as (processes, killed):
        child = processes.start("child", command, env=dict(os.environ),
                                log=place.process_log("child"), cwd=Path(sys.argv[1]))
        print(child.pid, flush=True)
        time.sleep(60)
except Interrupted as interrupted:
    sys.exit(interrupted.exit_code)
"""


@pytest.fixture
def place(tmp_path):
    return Place("trial", tmp_path, tmp_path)


@pytest.fixture
def running(place):
    """Another process in the middle of its run, and the child that it started."""
    command = [sys.executable, "-c", RUN, str(place.airflow_home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        child = psutil.Process(int(other.stdout.readline()))
        yield other, child
        other.kill()
    with session(place):
        pass


def test_a_second_run_is_told_in_one_line(place, running):
    with pytest.raises(RunnerError, match="another trial is running") as told, session(place):
        pytest.fail("two runs at once")
    assert "\n" not in str(told.value)
    assert running[1].is_running()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_run_and_what_it_started(running, number):
    other, child = running
    other.send_signal(number)
    assert other.wait(20) == 128 + number
    assert not child.is_running()


def test_after_kill_9_the_next_run_ends_the_leftovers(place, running):
    other, child = running
    other.kill()
    other.wait()
    assert child.is_running()
    with session(place) as (_, killed):
        assert killed == 1
        assert not child.is_running()


def test_an_exception_ends_what_was_started(place):
    def fail():
        with session(place) as (processes, _):
            started.append(
                processes.start(
                    "child",
                    [sys.executable, "-c", "import time; time.sleep(60)"],
                    env=dict(os.environ),
                    log=place.process_log("child"),
                    cwd=place.root,
                )
            )
            raise ValueError("trouble")

    started = []
    with pytest.raises(ValueError, match="trouble"):
        fail()
    assert started[0].returncode is not None
    assert not place.records.exists()


def test_signals_work_as_before_after_a_run(place):
    before = signal.getsignal(signal.SIGTERM)
    with session(place):
        assert signal.getsignal(signal.SIGTERM) is not before
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_signal_comes_as_an_exception_that_nobody_catches_by_accident(place):
    def interrupted():
        with session(place):
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(5)

    with pytest.raises(Interrupted) as caught:
        interrupted()
    assert not isinstance(caught.value, Exception)
    assert caught.value.exit_code == 143
