"""The services of `docker-compose.yaml`, started as processes on loopback, without containers.

    postgres, redis, objects ─▶ init ─▶ scheduler, dag-processor, triggerer, api-server, workers

What ends by itself is started again, as `restart: unless-stopped` does it.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import psutil
import requests

from nianbao_airflow.deploy.secret_files import Hosts, write_secrets
from nianbao_airflow.local import environment
from nianbao_airflow.local.api import Api
from nianbao_airflow.local.errors import RunnerError
from nianbao_airflow.local.place import Place
from nianbao_airflow.local.processes import Processes, tail
from nianbao_airflow.local.server import free_port
from nianbao_airflow.local.session import SIGNALS, session
from nianbao_airflow.names import SEASON_SWITCH
from support.compose_file import ROOT, compose, service
from support.own_postgres import OwnPostgres

WORKERS = {
    "crawl-1": "worker-crawl",
    "crawl-2": "worker-crawl",
    "read-1": "worker-read",
    "warehouse-1": "worker-warehouse",
}
"""Processes of this test, by the service that each is one container of."""
AIRFLOW = ("api-server", "scheduler", "dag-processor", "triggerer", *WORKERS)
STOP_SIGNALS = {"postgres": signal.SIGINT}
"""How the image of a service asks to be stopped, where it is not by SIGTERM."""
READY_WITHIN = 420.0


@dataclass
class Topology:
    """One running installation; `folder` holds all of it."""

    folder: Path
    portals: Path
    processes: Processes
    ports: Mapping[str, int]
    small: Path | None = None
    """A small disk, in which `crawl-2` keeps all that it writes; None where none could be made."""
    restarts: list[str] = field(default_factory=list)
    not_before: dict[str, float] = field(default_factory=dict)
    """When a process may be started again at the earliest: an engine waits between starts too."""
    down: set[str] = field(default_factory=set)
    """Processes that are to stay down for now."""

    @property
    def secrets(self) -> Path:
        """Folder of the passwords and keys."""
        return self.folder / "secrets"

    @property
    def database(self) -> OwnPostgres:
        """The installation's PostgreSQL."""
        return OwnPostgres(self.folder / "postgres", self.ports["postgres"], self.secrets)

    @property
    def api(self) -> Api:
        """A logged-in client."""
        api = Api(f"http://127.0.0.1:{self.ports['api']}")
        api.attempts = 20
        api.login("admin", json.loads((self.secrets / "passwords").read_text("utf-8"))["admin"])
        return api

    def storage(self) -> dict[str, str]:
        """Return the environment in which the object store is reached."""
        return self.environment("worker-crawl", "crawl-1")

    def environment(self, name: str, process: str) -> dict[str, str]:
        """Return the whole environment of a process of a service."""
        return {
            **environment.inherited(),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            **service(name, self._places(process)).environment,
            SEASON_SWITCH: "off",
        }

    def check(self, name: str) -> subprocess.CompletedProcess[str]:
        """Run the health check of a process's service."""
        named = WORKERS.get(name, name)
        command = compose()["services"][named]["healthcheck"]["test"][1:]
        # A container's own name; here workers are told theirs.
        variables = {**self.environment(named, name), "HOSTNAME": name}
        return subprocess.run(
            command, env=variables, cwd=ROOT, capture_output=True, text=True, check=False
        )

    def start_stores(self) -> None:
        """Start PostgreSQL, Redis and the object store, and wait until they answer."""
        write_secrets(
            self.secrets,
            Hosts(f"127.0.0.1:{self.ports['postgres']}", f"127.0.0.1:{self.ports['redis']}"),
        )
        (self.folder / "data").mkdir()
        self.database.make()
        for name in ("postgres", "redis", "objects"):
            self.start(name)
        self.wait("PostgreSQL", self.database.answers)
        self.database.make_roles(ROOT / "deploy/postgres/roles.sh")
        self.wait("the object store", self._objects_answer)

    def start_airflow(self) -> None:
        """Set everything up and start all parts; return when they work."""
        self.processes.run(
            "init",
            service("init", self._places("init")).command,
            env=self.environment("init", "init"),
            log=self._log("init"),
            cwd=ROOT,
        )
        for name in AIRFLOW:
            self.start(name)
        self.wait("Airflow", self._is_healthy)

    def start(self, name: str) -> None:
        """Start a process, for the first time or again."""
        self.down.discard(name)
        named = WORKERS.get(name, name)
        self.processes.start(
            name,
            self._command(name, named),
            env=self.environment(named, name),
            log=self._log(f"{name}-{self.restarts.count(name)}"),
            cwd=ROOT,
        )

    def stop(self, name: str, kill: bool = False) -> None:
        """End a process and all its children, which stays down until `start`."""
        self.down.add(name)
        leader = psutil.Process(self.processes.pid(name))
        tree = [leader, *leader.children(recursive=True)]
        for process in tree if kill else [leader]:
            process.send_signal(signal.SIGKILL if kill else STOP_SIGNALS.get(name, signal.SIGTERM))
        _, alive = psutil.wait_procs(tree, timeout=60)
        assert alive == [], f"{name} does not end: {alive}"

    def tend(self) -> None:
        """Start again what has ended by itself."""
        for name in self.processes.ended():
            if name not in self.down and time.monotonic() >= self.not_before.get(name, 0.0):
                self.restarts.append(name)
                self.not_before[name] = time.monotonic() + 5.0
                self.start(name)

    def wait(self, what: str, done: Callable[[], bool], within: float = READY_WITHIN) -> None:
        """Wait for something, tending the processes meanwhile."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            self.tend()
            try:
                if done():
                    return
            except (RunnerError, requests.RequestException, OSError):
                pass
            time.sleep(0.5)
        raise AssertionError(f"{what}: not within {within:.0f} s\n{self.tails()}")

    def tails(self) -> str:
        """Return the end of every log."""
        logs = sorted((self.folder / "process-logs").glob("*.log"))
        return "\n".join(f"--- {log.name}\n{tail(log, 12)}" for log in logs)

    def _log(self, name: str) -> Path:
        return self.folder / "process-logs" / f"{name}.log"

    def _places(self, process: str) -> dict[str, str]:
        """Return what a container knows, and what stands for it here."""
        port = self.ports
        mine = self.small if self.small and process == "crawl-2" else self.folder
        data = {"crawl-1": "data-1", "crawl-2": "data-2", "read-1": "data-read"}
        return {
            "/run/secrets": str(self.secrets),
            "/opt/nianbao/include/portals": str(self.portals),
            "/opt/nianbao": str(ROOT),
            "/tmp/airflow": str(mine / "airflow" / process),
            "/logs": str(mine / "logs"),
            "/data": str(mine / data.get(process, "data")),
            "http://api-server:8080": f"http://127.0.0.1:{port['api']}",
            "http://objects:8333": f"http://127.0.0.1:{port['objects']}",
            "8080": str(port["api"]),
            "8974": str(port["health"]),
            "0.0.0.0": "127.0.0.1",
        }

    def _command(self, name: str, named: str) -> Sequence[str]:
        port = self.ports
        if name == "postgres":
            return self.database.command()
        if name == "objects":
            moto = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1"]
            return [*moto, "-p", str(port["objects"])]
        command = service(named, self._places(name)).command
        if name == "redis":
            return [*command, "--port", str(port["redis"])]
        # In containers each has a host's name of its own.
        return [*command, "--celery-hostname", name] if name in WORKERS else command

    def _objects_answer(self) -> bool:
        return requests.get(f"http://127.0.0.1:{self.ports['objects']}/", timeout=5).ok

    def _is_healthy(self) -> bool:
        health = Api(f"http://127.0.0.1:{self.ports['api']}").health()
        parts = ("metadatabase", "scheduler", "dag_processor", "triggerer")
        return all(health.get(part) == "healthy" for part in parts)


@contextmanager
def topology(folder: Path, portals: Path, small: Path | None) -> Iterator[Topology]:
    """Give an installation in a folder, with nothing started; at the end everything is stopped.

    However it ends: signals stop the processes too, and what a killed test left is ended first.
    """
    names = ("postgres", "redis", "objects", "api", "health")
    kept = ROOT / "build/distributed"
    with session(Place("test-distributed", kept, folder / "data")) as (processes, _):
        # The session's own way to end would count as a failed test, with the next one to come.
        for number in SIGNALS:
            signal.signal(number, _end)
        ports = {name: free_port() for name in names}
        yield Topology(folder, portals, processes, ports, small)


def _end(_number: int, _frame: FrameType | None) -> None:
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt
