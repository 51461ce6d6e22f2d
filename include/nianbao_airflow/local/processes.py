"""Starting processes so that all of them can be found and ended, now or by a later run.

Each one leads a session. Its record is written to a file: process id, time of creation and a token
that it and all its descendants carry in their environment. A leftover is a process that

* has the recorded id *and* time of creation (an id alone may have been given to another since), or
* is in the session of such a process, or
* carries the recorded token.

Airflow's tasks leave the process group of their scheduler for one of their own: killing by group
alone would leave them running. They stay in its session, and keep the token.
"""

import contextlib
import json
import os
import secrets
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import psutil

from nianbao_airflow.local.errors import RunnerError
from nianbao_airflow.local.place import write_private

TOKEN: Final = "NIANBAO_LAUNCH"  # noqa: S105 - a name, not a password
GRACE: Final = 10.0
"""Seconds between SIGTERM and SIGKILL."""


@dataclass(frozen=True, slots=True)
class Record:
    """One process as the file remembers it."""

    name: str
    pid: int
    created: float


class Processes:
    """The processes of one run."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._token = secrets.token_hex(16)
        self._started: dict[str, subprocess.Popen[bytes]] = {}
        self._records: list[Record] = []
        # Before any start: whoever is killed between a start and its record leaves the token.
        self._save()

    def start(
        self, name: str, command: Sequence[str], *, env: Mapping[str, str], log: Path, cwd: Path
    ) -> subprocess.Popen[bytes]:
        """Start a process in a session of its own, with its output in a file."""
        log.parent.mkdir(parents=True, exist_ok=True)
        # Without SPT_NOENV, setproctitle would overwrite the memory that holds the token.
        marked = {**env, TOKEN: self._token, "SPT_NOENV": "1"}
        with log.open("wb") as output:
            process = subprocess.Popen(  # noqa: S603 - our own commands
                command,
                env=marked,
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._started[name] = process
        with contextlib.suppress(psutil.NoSuchProcess):
            self._records.append(Record(name, process.pid, _created(process.pid)))
        self._save()
        return process

    def pid(self, name: str) -> int:
        """Return the id of a process that was started."""
        return self._started[name].pid

    def pids(self) -> list[int]:
        """Return the ids of all that were started and are still ours."""
        return [process.pid for process in self._started.values()]

    def ended(self) -> dict[str, int]:
        """Return the exit codes of the processes that have ended."""
        codes = {name: process.poll() for name, process in self._started.items()}
        return {name: code for name, code in codes.items() if code is not None}

    def run(
        self, name: str, command: Sequence[str], *, env: Mapping[str, str], log: Path, cwd: Path
    ) -> None:
        """Run a process to its end.

        Raises:
            RunnerError: if it fails; the text has the end of its output.
        """
        code = self.start(name, command, env=env, log=log, cwd=cwd).wait()
        del self._started[name]
        if code != 0:
            message = f"{name} ended with code {code}:\n{tail(log)}"
            raise RunnerError(message)

    def stop(self, grace: float = GRACE) -> None:
        """End everything that was started: politely first, then by force, and forget it."""
        for process in self._started.values():
            process.terminate()
        deadline = time.monotonic() + grace
        for process in self._started.values():
            _wait_or_kill(process, deadline)
        self._started.clear()
        kill_leftovers(self._file)

    def _save(self) -> None:
        records = [asdict(record) for record in self._records]
        write_private(self._file, json.dumps({"token": self._token, "processes": records}))


def _wait_or_kill(process: subprocess.Popen[bytes], deadline: float) -> None:
    try:
        process.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _created(pid: int) -> float:
    return float(psutil.Process(pid).create_time())


def leftovers(file: Path) -> list[psutil.Process]:
    """Return the living processes that a file of records speaks of, with their descendants."""
    if not file.exists():
        return []
    saved = json.loads(file.read_text(encoding="utf-8"))
    records = [Record(**fields) for fields in saved["processes"]]
    sessions = {record.pid for record in records if _is_alive(record)}
    return [
        process
        for process in psutil.process_iter()
        if process.pid != os.getpid() and _belongs(process, sessions, saved["token"])
    ]


def _is_alive(record: Record) -> bool:
    try:
        return _created(record.pid) == record.created
    except psutil.NoSuchProcess:
        return False


def _belongs(process: psutil.Process, sessions: set[int], token: str) -> bool:
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        return os.getsid(process.pid) in sessions or process.environ().get(TOKEN) == token
    except (psutil.Error, OSError):  # ended meanwhile, or somebody else's
        return False


def kill_leftovers(file: Path) -> int:
    """Kill what a file of records speaks of, remove the file, and return how many there were.

    Repeats until nothing is found: a process may fork while it is being killed.

    Raises:
        RunnerError: if some cannot be killed; the file then stays.
    """
    killed: set[int] = set()
    for _ in range(5):
        found = leftovers(file)
        if not found:
            file.unlink(missing_ok=True)
            return len(killed)
        for process in found:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        killed |= {process.pid for process in found}
        psutil.wait_procs(found, timeout=GRACE)
    message = f"cannot end the processes {sorted(p.pid for p in found)} of an earlier run"
    raise RunnerError(message)


def tail(file: Path, lines: int = 15) -> str:
    """Return the last lines of a text file; empty if it is not there."""
    if not file.exists():
        return ""
    return "\n".join(file.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
