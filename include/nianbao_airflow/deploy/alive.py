"""Is a part of Airflow alive? The health check of the containers: exit code 0 or 1, and why not.

It costs a fraction of a second, where Airflow's own commands take several to start: the parts
that report to the database are asked of the API server, the scheduler by its own address, and a
worker through the queue, as a task would reach it.
"""

import json
import os
import shlex
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Sequence
from typing import Final

TIMEOUT: Final = 8.0
PARTS: Final = ("metadatabase", "scheduler", "dag_processor", "triggerer", "worker")


def main(arguments: Sequence[str] | None = None) -> int:
    """Return 0 if the part that is named is alive, 1 if it is not, and 2 for a wrong name."""
    named = list(sys.argv[1:] if arguments is None else arguments)
    if len(named) != 1 or named[0] not in PARTS:
        sys.stderr.write(f"alive: name one of {', '.join(PARTS)}\n")
        return 2
    try:
        trouble = _worker() if named[0] == "worker" else _reported(named[0])
    except Exception as error:  # noqa: BLE001 - whatever it is, it is not alive
        trouble = f"{type(error).__name__}: {error}"
    if trouble:
        sys.stderr.write(f"{named[0]}: {trouble}\n")
    return 1 if trouble else 0


def _reported(part: str) -> str:
    """Return what the API server, or the scheduler itself, says against a part; "" if nothing."""
    if part == "metadatabase":
        # What tasks talk to is put together for its first caller: seconds that no task should wait.
        with urllib.request.urlopen(f"{_at_home()}health", timeout=TIMEOUT):  # noqa: S310
            pass
    with urllib.request.urlopen(_address(part), timeout=TIMEOUT) as answer:  # noqa: S310 - http only
        if part == "scheduler":  # its code is its answer: 200 without a word, or 503
            return ""
        state = json.load(answer).get(part, {}).get("status")
    return "" if state == "healthy" else f"status {state}"


def _address(part: str) -> str:
    if part == "scheduler":
        port = os.environ.get("AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT", "8974")
        return f"http://127.0.0.1:{port}/health"
    execution = os.environ["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"]
    if part == "metadatabase":  # the API server's own check: at home, by the port it listens on
        execution = _at_home()
    return execution.replace("/execution/", "/api/v2/monitor/health")


def _at_home() -> str:
    return f"http://127.0.0.1:{os.environ['AIRFLOW__API__PORT']}/execution/"


def _worker() -> str:
    """Ask the worker of this machine for a sign, over the broker."""
    from celery import Celery  # type: ignore[import-untyped]

    name = f"celery@{os.environ.get('HOSTNAME') or socket.gethostname()}"
    with Celery(broker=_setting("AIRFLOW__CELERY__BROKER_URL")) as app:
        # By itself it would try for as long as it takes.
        with app.connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=TIMEOUT / 2)
        answers = app.control.ping(destination=[name], timeout=TIMEOUT / 2)
    return "" if answers else f"{name} does not answer"


def _setting(name: str) -> str:
    """Return a setting that is given by itself or, as Airflow reads it, by a command."""
    if name in os.environ:
        return os.environ[name]
    command = shlex.split(os.environ[f"{name}_CMD"])
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
