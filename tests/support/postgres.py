"""A PostgreSQL server of our own on loopback, where its programs are on the machine."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def _program(name: str) -> str:
    found = shutil.which(name) or next(
        (str(folder / name) for folder in _FOLDERS if (folder / name).exists()), None
    )
    if found is None:
        pytest.skip("PostgreSQL's programs are not on this machine")
    return found


def _as_user(command: list[str]) -> list[str]:
    """Return a command for a user whom the server accepts: it refuses to run as root."""
    if os.getuid() != 0:
        return command
    runuser = shutil.which("runuser")
    if runuser is None:
        pytest.skip("the server cannot be run as another user here")
    return [runuser, "-u", "postgres", "--", *command]


@contextmanager
def postgres() -> Iterator[str]:
    """Give the URL of an empty database."""
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="nianbao-pg-") as name:
        if os.getuid() == 0:
            shutil.chown(name, "postgres")
        data, log = f"{name}/data", f"{name}/log"
        options = f"-h 127.0.0.1 -p {port} -k {name} -c fsync=off"
        _run([initdb, "-D", data, "-A", "trust", "-U", "nianbao", "--no-sync", "-E", "UTF8"], name)
        _run([pg_ctl, "-D", data, "-l", log, "-w", "-o", options, "start"], name)
        try:
            yield f"postgresql+psycopg://nianbao@127.0.0.1:{port}/postgres"
        finally:
            _run([pg_ctl, "-D", data, "-m", "immediate", "-w", "stop"], name)


def _run(command: list[str], folder: str) -> None:
    done = subprocess.run(
        _as_user(command), cwd=folder, capture_output=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr.decode()
