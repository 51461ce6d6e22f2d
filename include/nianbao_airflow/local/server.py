"""One local Airflow: set up its database, start it, wait until it can work, end it."""

import hashlib
import json
import socket
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.metadata import version
from typing import Final

from nianbao_airflow import pools
from nianbao_airflow.access import roles
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
SERVING: Final = {"AIRFLOW__FAB__UPDATE_FAB_PERMS": "False"}
"""`prepare` has written the permissions; several processes doing so at once lock SQLite and die."""
READY_WITHIN: Final = 180.0
"""Seconds until the three are healthy and have parsed the DAGs; about 30 on two free cores."""


class Server:
    """Airflow's three processes at a place."""

    def __init__(self, place: Place, processes: Processes, *, sample: bool, port: int) -> None:
        self._place = place
        self._processes = processes
        self._env = {
            **environment.inherited(),
            **environment.variables(place, port, paused=not sample, with_roles=not sample),
            **environment.nianbao_variables(place, sample=sample),
        }
        self._with_roles = not sample
        self._logged_in = False
        self.password = place.secret("password")
        self.api = Api(f"http://{environment.HOST}:{port}")

    def prepare(self) -> None:
        """Make or upgrade the database, create pools and roles, unless that was done before."""
        write_private(self._place.passwords, json.dumps(self._passwords()))
        if self._place.prepared.exists():
            if self._place.prepared.read_text(encoding="utf-8") == _fingerprint():
                return
        else:
            # Without the mark, whatever is there was left half-made by a kill.
            self._place.database.unlink(missing_ok=True)
        self._airflow("migrate", "db", "migrate")
        self._airflow("pools", "pools", "import", str(pools.FILE))
        if self._with_roles:
            self._make_roles()
        write_private(self._place.prepared, _fingerprint())

    def start(self) -> None:
        """Start the three processes."""
        for name, arguments in COMPONENTS.items():
            self._processes.start(
                name,
                [sys.executable, "-m", "airflow", *arguments],
                env={**self._env, **SERVING},
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
        if not self._logged_in:
            if not self.api.takes_tasks():
                return "the API for tasks"
            user = environment.RUNNER if self._with_roles else environment.USER
            self.api.login(user, self._passwords()[user])
            self._logged_in = True
        for dag_id in dag_ids:
            dag = self.api.dag(dag_id)
            # An earlier start has parsed it too, but the file may have changed since.
            parsed = dag and dag["last_parsed_time"]
            if not parsed or datetime.fromisoformat(parsed).timestamp() < started:
                return "; ".join([f"the DAG {dag_id}", *self.api.import_errors()])
        return ""

    def password_stands(self) -> bool:
        """Tell whether the first user still has the password that was made up."""
        try:
            Api(self.api.base_url).login(environment.USER, self.password)
        except RunnerError:
            return False
        return True

    def _passwords(self) -> dict[str, str]:
        """Return the passwords of the first users, by name."""
        runner = {environment.RUNNER: self._place.secret("runner")} if self._with_roles else {}
        return {environment.USER: self.password, **runner}

    def _make_roles(self) -> None:
        users = (f"{environment.USER}=Admin", f"{environment.RUNNER}=nianbao_viewer")
        secret = {"NIANBAO_PASSWORDS": str(self._place.passwords)}
        self._python("roles", "nianbao_airflow.access.sync", *users, env=secret)

    def _airflow(self, name: str, *arguments: str) -> None:
        self._python(name, "airflow", *arguments)

    def _python(
        self, name: str, module: str, *arguments: str, env: Mapping[str, str] | None = None
    ) -> None:
        self._processes.run(
            name,
            [sys.executable, "-m", module, *arguments],
            env={**self._env, **(env or {})},
            log=self._place.process_log(name),
            cwd=self._place.root,
        )


def _fingerprint() -> str:
    digests = {
        name: hashlib.sha256(file.read_bytes()).hexdigest()
        for name, file in (("pools", pools.FILE), ("roles", roles.FILE))
    }
    versions = {name: version(f"apache-airflow-{name}") for name in ("core", "providers-fab")}
    return json.dumps(versions | digests)


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
