"""One local Airflow: set up its database, start it, wait until it can work, end it."""

import hashlib
import json
import socket
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from typing import Final

from nianbao_airflow import pools
from nianbao_airflow.local import environment
from nianbao_airflow.local.api import Api
from nianbao_airflow.local.errors import RunnerError
from nianbao_airflow.local.place import Place, write_private
from nianbao_airflow.local.processes import Processes, tail

COMPONENTS: Final = {
    "api-server": ("api-server",),
    "dag-processor": ("dag-processor",),
    # Its log server listens on all interfaces; the API server reads the log files themselves.
    "scheduler": ("scheduler", "--skip-serve-logs"),
}
READY_WITHIN: Final = 180.0
"""Seconds until the three are healthy and have parsed the DAGs; about 30 on two free cores."""


class Server:
    """Airflow's three processes at a place."""

    def __init__(self, place: Place, processes: Processes, *, sample: bool, port: int) -> None:
        self._place = place
        self._processes = processes
        self._env = {
            **environment.inherited(),
            **environment.variables(place, port, paused=not sample),
            **environment.nianbao_variables(place, sample=sample),
        }
        self.password = place.secret("password")
        self.api = Api(f"http://{environment.HOST}:{port}")

    def prepare(self) -> None:
        """Make or upgrade the database and create the pools, unless that was done before."""
        write_private(self._place.passwords, json.dumps({environment.USER: self.password}))
        if self._place.prepared.exists():
            if self._place.prepared.read_text(encoding="utf-8") == _fingerprint():
                return
        else:
            # Without the mark, whatever is there was left half-made by a kill.
            self._place.database.unlink(missing_ok=True)
        self._airflow("migrate", "db", "migrate")
        self._airflow("pools", "pools", "import", str(pools.FILE))
        write_private(self._place.prepared, _fingerprint())

    def start(self) -> None:
        """Start the three processes."""
        for name, arguments in COMPONENTS.items():
            self._processes.start(
                name,
                [sys.executable, "-m", "airflow", *arguments],
                env=self._env,
                log=self._place.process_log(name),
                cwd=self._place.root,
            )

    def wait_until_ready(self, dag_ids: Sequence[str]) -> None:
        """Wait for the three to be healthy and for the DAGs as they are written now.

        Raises:
            RunnerError: if one of them ends, a DAG cannot be parsed, or it takes too long.
        """
        started = time.time()
        waiting = "the API"
        while time.time() < started + READY_WITHIN:
            self.check_alive()
            try:
                if (waiting := self._missing(dag_ids, started)) == "":
                    self.api.attempts = 4
                    return
            except RunnerError:
                waiting = "the API"
            time.sleep(0.5)
        message = f"Airflow was not ready after {READY_WITHIN:.0f} s: waiting for {waiting}"
        raise RunnerError(message)

    def check_alive(self) -> None:
        """Raise RunnerError if one of the processes has ended by itself."""
        for name, code in self._processes.ended().items():
            log = self._place.process_log(name)
            message = f"{name} ended with code {code}; its log {log} ends with:\n{tail(log)}"
            raise RunnerError(message)

    def _missing(self, dag_ids: Sequence[str], started: float) -> str:
        health = self.api.health()
        for part in ("metadatabase", "scheduler", "dag_processor"):
            if health.get(part) != "healthy":
                return part
        self.api.login(environment.USER, self.password)
        for dag_id in dag_ids:
            dag = self.api.dag(dag_id)
            # An earlier start has parsed it too, but the file may have changed since.
            parsed = dag and dag["last_parsed_time"]
            if not parsed or datetime.fromisoformat(parsed).timestamp() < started:
                return "; ".join([f"the DAG {dag_id}", *self.api.import_errors()])
        return ""

    def _airflow(self, name: str, *arguments: str) -> None:
        self._processes.run(
            name,
            [sys.executable, "-m", "airflow", *arguments],
            env=self._env,
            log=self._place.process_log(name),
            cwd=self._place.root,
        )


def _fingerprint() -> str:
    digest = hashlib.sha256(pools.FILE.read_bytes()).hexdigest()
    return json.dumps({"airflow": version("apache-airflow-core"), "pools": digest})


def free_port(preferred: int = 0) -> int:
    """Return a loopback port that nobody listens on: the preferred one if it is free."""
    with socket.socket() as probe:
        # As servers do, so that a port in TIME_WAIT counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((environment.HOST, preferred))
        except OSError:
            return free_port()
        return int(probe.getsockname()[1])
