"""Where a local Airflow keeps its state: one place for the demo, one for real work.

They share nothing: sample reports never enter the real warehouse, and a DAG that the demo has
switched on never crawls a real portal.
"""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]
"""The folder that holds `dags/` and `include/`."""


@dataclass(frozen=True, slots=True)
class Place:
    """The folders and files of one local Airflow."""

    name: str
    airflow_home: Path
    """Folder of Airflow's database, logs and passwords."""
    data: Path
    """`NIANBAO_HOME`: archive, parsed data, warehouse."""
    root: Path = CHECKOUT

    @property
    def lock(self) -> Path:
        """File locked for as long as a run lasts."""
        return self.airflow_home / "run.lock"

    @property
    def records(self) -> Path:
        """File that names the processes started, for whoever comes after a kill."""
        return self.airflow_home / "processes.json"

    @property
    def prepared(self) -> Path:
        """File that says for which Airflow and pools the database was set up."""
        return self.airflow_home / "prepared.json"

    @property
    def database(self) -> Path:
        """Airflow's SQLite file."""
        return self.airflow_home / "airflow.db"

    @property
    def passwords(self) -> Path:
        """File of the first users' passwords, JSON by name, as Airflow's simple auth manager reads it."""
        return self.airflow_home / "passwords.json"

    def process_log(self, name: str) -> Path:
        """Return the file that takes a process's output."""
        return self.airflow_home / "logs" / f"{name}.log"

    def secret(self, name: str) -> str:
        """Return a secret that was made up once for this place and is readable by its owner."""
        file = self.airflow_home / "secrets.json"
        known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        if name not in known:
            known[name] = secrets.token_urlsafe(32)
            write_private(file, json.dumps(known))
        return str(known[name])


def demo_place() -> Place:
    """Return the place of the demo."""
    state = CHECKOUT / ".state"
    return Place("demo", state / "airflow" / "demo", state / "demo")


def up_place() -> Place:
    """Return the place of real work; `NIANBAO_HOME` moves its data."""
    data = Path(os.environ.get("NIANBAO_HOME", ".state/nianbao"))
    return Place("up", CHECKOUT / ".state" / "airflow" / "up", CHECKOUT / data)


def write_private(file: Path, text: str) -> None:
    """Write a small file that only its owner reads; a kill leaves the old one or the new."""
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(file.name + ".new")
    temporary.unlink(missing_ok=True)
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as target:
        target.write(text)
    temporary.replace(file)
