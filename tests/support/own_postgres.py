"""A PostgreSQL of a test's own: made in a folder, on a port of loopback, by Debian's programs."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

USER = "postgres"
"""Whom the server runs as where we are root, which it refuses."""


@dataclass(frozen=True)
class OwnPostgres:
    """One server; `secrets` holds the passwords of its roles, a file each."""

    folder: Path
    port: int
    secrets: Path

    def make(self) -> None:
        """Make the cluster."""
        self.folder.mkdir()
        password = self.folder / "password"
        shutil.copy(self.secrets / "postgres_password", password)
        if os.geteuid() == 0:
            for path in (self.folder, password):
                shutil.chown(path, USER, USER)
        flags = ["--auth=scram-sha-256", f"--username={USER}", "--no-sync", "--encoding=UTF8"]
        command = [_program("initdb"), "-D", str(self.folder / "data"), *flags]
        _run(_as_its_user([*command, f"--pwfile={password}"]), {})

    def command(self) -> list[str]:
        """Return what starts the server."""
        options = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": self.folder,
        }
        flags = [word for key, value in options.items() for word in ("-c", f"{key}={value}")]
        return _as_its_user([_program("postgres"), "-D", str(self.folder / "data"), *flags])

    def make_roles(self, script: Path) -> None:
        """Make the roles by the script that the container of the server runs."""
        variables = {
            "PGHOST": "127.0.0.1",
            "PGPORT": str(self.port),
            "PGPASSWORD": (self.secrets / "postgres_password").read_text("utf-8"),
            "SECRETS": str(self.secrets),
        }
        _run(["sh", str(script)], variables)

    def answers(self) -> bool:
        """Tell whether the server takes connections."""
        command = [_program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(command, check=False).returncode == 0


def _program(name: str) -> str:
    """Return a program of PostgreSQL; Debian keeps them by version, and not on the path."""
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(kept[-1]) if kept else name


def _as_its_user(command: Sequence[str]) -> list[str]:
    if os.geteuid() != 0:
        return list(command)
    return ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", *command]


def _run(command: Sequence[str], variables: Mapping[str, str]) -> None:
    done = subprocess.run(
        command,
        env={**os.environ, **variables},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
