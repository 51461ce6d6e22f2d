"""Airflow's REST interface, as far as the local runner needs it."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

import requests

from nianbao_airflow.local.errors import RunnerError

TIMEOUT: Final = 20.0
PAUSE: Final = 1.0
"""Seconds between attempts."""
PAGE: Final = 100
"""Airflow gives no more per request."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """A DAG run, by its names."""

    dag_id: str
    run_id: str

    @property
    def path(self) -> str:
        """Path of the run below the API."""
        return f"dags/{self.dag_id}/dagRuns/{quote(self.run_id, safe='')}"


class Api:
    """A logged-in client of a local Airflow.

    Raises:
        RunnerError: from all methods, where Airflow does not answer or refuses.
    """

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.attempts = 1
        """More of them once Airflow is known to be there: two busy cores can stall it."""
        self._session = requests.Session()
        # Proxies and netrc are for the outside world.
        self._session.trust_env = False

    def login(self, user: str, password: str) -> None:
        """Exchange a password for a token."""
        body = {"username": user, "password": password}
        token = self._call("POST", f"{self.base_url}/auth/token", json=body)["access_token"]
        self._session.headers["Authorization"] = f"Bearer {token}"

    def get(self, path: str, **params: Any) -> Json:
        """Return the answer to a GET below `/api/v2`."""
        return self._call("GET", f"{self.base_url}/api/v2/{path}", params=params)

    def health(self) -> dict[str, str]:
        """Return each component's state: `healthy` is the word to wait for."""
        parts = self.get("monitor/health")
        return {name: str(part.get("status")) for name, part in parts.items()}

    def takes_tasks(self) -> bool:
        """Tell whether the part that tasks talk to answers.

        It is put together for its first caller, in some four seconds of a core: not a task's.
        """
        answer = self._call("GET", f"{self.base_url}/execution/health")
        return answer.get("status") == "healthy"

    def dag(self, dag_id: str) -> Json | None:
        """Return a DAG, or None while it has not been parsed."""
        try:
            return self.get(f"dags/{dag_id}")
        except NotFoundError:
            return None

    def import_errors(self) -> list[str]:
        """Return what went wrong when DAG files were parsed."""
        found = self.get("importErrors")["import_errors"]
        return [f"{error['filename']}: {error['stack_trace']}" for error in found]

    def unpause(self, dag_id: str) -> None:
        """Let a DAG run."""
        self._call("PATCH", f"{self.base_url}/api/v2/dags/{dag_id}", json={"is_paused": False})

    def trigger(self, dag_id: str) -> Run:
        """Start a run now."""
        url = f"{self.base_url}/api/v2/dags/{dag_id}/dagRuns"
        return Run(dag_id, self._call("POST", url, json={"logical_date": None})["dag_run_id"])

    def active_runs(self, dag_id: str) -> list[Run]:
        """Return the runs that are queued or running, the oldest first."""
        answer = self.get(f"dags/{dag_id}/dagRuns", state=["queued", "running"], order_by="id")
        return [Run(dag_id, run["dag_run_id"]) for run in answer["dag_runs"]]

    def is_waiting(self, dag_id: str) -> bool:
        """Tell whether an asset was updated for a DAG that has not started on it yet."""
        try:
            return bool(self.get(f"dags/{dag_id}/assets/queuedEvents")["total_entries"])
        except NotFoundError:
            return False

    def state(self, run: Run) -> str:
        """Return the state of a run."""
        return str(self.get(run.path)["state"])

    def tasks(self, run: Run) -> Iterator[Json]:
        """Yield the task instances of a run."""
        offset = 0
        while True:
            page = self.get(f"{run.path}/taskInstances", limit=PAGE, offset=offset)
            yield from page["task_instances"]
            offset += PAGE
            if offset >= page["total_entries"]:
                return

    def log_lines(self, run: Run, task: Json) -> list[str]:
        """Return the log of a task's last attempt."""
        path = f"{run.path}/taskInstances/{task['task_id']}/logs/{task['try_number']}"
        content = self.get(path, map_index=task["map_index"], full_content=True)["content"]
        return [line for entry in content for line in _lines(entry)]

    def result(self, run: Run, task_id: str) -> Any:
        """Return what a task returned, or None if it returned nothing."""
        try:
            path = f"{run.path}/taskInstances/{task_id}/xcomEntries/return_value"
            return self.get(path)["value"]
        except NotFoundError:
            return None

    def asset_events(self, run: Run) -> list[Json] | None:
        """Return the asset events that a run made, each with the runs that it started.

        None while Airflow cannot say: 3.3.2 answers 500 as long as such a run is only queued.
        """
        try:
            answer = self.get("assets/events", source_dag_id=run.dag_id, source_run_id=run.run_id)
        except FaultError:
            return None
        return list(answer["asset_events"])

    def _call(self, method: str, url: str, **arguments: Any) -> Json:
        for attempt in range(self.attempts):
            if attempt:
                time.sleep(PAUSE)
            try:
                answer = self._session.request(method, url, timeout=TIMEOUT, **arguments)
            except requests.RequestException as error:
                message = f"Airflow does not answer at {self.base_url}: {type(error).__name__}"
                fault = FaultError(message)
                fault.__cause__ = error
                continue
            if answer.status_code < requests.codes.server_error:
                return _content(answer)
            fault = FaultError(f"{method} {url} gave {answer.status_code}: {answer.text[:300]}")
        raise fault


def _content(answer: requests.Response) -> Json:
    if answer.status_code == requests.codes.not_found:
        raise NotFoundError(answer.url)
    if not answer.ok:
        message = f"{answer.url} gave {answer.status_code}: {answer.text[:300]}"
        raise RunnerError(message)
    return dict(answer.json())


class FaultError(RunnerError):
    """Raised when Airflow does not answer or answers with a fault of its own, from the API."""


class NotFoundError(RunnerError):
    """Raised when Airflow does not know what was asked for, from the API."""


def _lines(entry: Any) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield str(entry)
        return
    yield str(entry.get("event", ""))
    for error in entry.get("error_detail") or []:
        yield f"{error.get('exc_type')}: {error.get('exc_value')}"
