"""A lock tried out: installed in an environment of its own, with a copy of Airflow's database.

Nothing of the tree, its environment or its database is written to.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nianbao.carry.snapshot import snapshot
from nianbao_airflow.local.errors import RunnerError
from nianbao_airflow.local.place import CHECKOUT

_DAGS = """
import sys
from airflow.dag_processing.dagbag import DagBag
bag = DagBag(dag_folder=sys.argv[1])
for path, error in bag.import_errors.items():
    print(path, error.strip().splitlines()[-1], file=sys.stderr)
print(len(bag.dags), "DAGs")
sys.exit(bool(bag.import_errors) or not bag.dags)
"""


@dataclass(frozen=True)
class Step:
    """One thing that has to work."""

    name: str
    command: Sequence[str]


@dataclass(frozen=True)
class Result:
    """How a step ended; `said` is the last line of its output."""

    name: str
    ok: bool
    seconds: float
    said: str


def resolve(work: Path) -> Path:
    """Resolve the lock anew with the newest versions within pyproject.toml's bounds."""
    new = work.absolute() / "requirements.lock"
    command = [
        "uv", "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes",
        "--no-emit-index-url", "--upgrade", "--custom-compile-command", "make lock",
        "--all-extras", "--group", "dev", "pyproject.toml", "-o", str(new),
    ]  # fmt: skip
    result = run(Step("resolve", command), CHECKOUT, os.environ)
    if not result.ok:
        raise RunnerError(f"the lock could not be resolved: {result.said}")
    return new


def steps(lock: Path, work: Path, database: Path | None, *, tests: bool) -> Iterator[Step]:
    """Yield what is tried, in turn; each rests on those before it.

    Where there is no database yet, the one in use now makes one, so that a migration is tried.
    """
    venv = str(work / "venv")
    python = f"{venv}/bin/python"
    uv = ["uv", "pip", "install", "--quiet", "--python", python]
    yield Step(
        "environment",
        ["uv", "venv", "--quiet", "--clear", "--seed", "--python", sys.executable, venv],
    )
    yield Step("install", [*uv, "--require-hashes", "-r", str(lock)])
    project = ["--no-deps", "--no-build-isolation", "-e", str(CHECKOUT)]
    yield Step("project", [python, "-m", "pip", "install", "--quiet", *project])
    yield Step("consistent", ["uv", "pip", "check", "--python", python])
    if database is None:
        yield Step("a database as of now", [str(CHECKOUT / ".venv/bin/airflow"), "db", "migrate"])
    airflow = str(work / "venv" / "bin" / "airflow")
    yield Step("migrate a copy", [airflow, "db", "migrate"])
    yield Step("migrations complete", [airflow, "db", "check-migrations"])
    yield Step("DAGs", [python, "-c", _DAGS, str(CHECKOUT / "dags")])
    yield Step("the library", [str(work / "venv" / "bin" / "nianbao"), "--help"])
    if tests:
        yield Step("tests", [python, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile"])


def tried(
    lock: Path,
    work: Path,
    database: Path | None,
    report: Callable[[Result], None],
    *,
    tests: bool = False,
) -> list[Result]:
    """Take the steps until one fails."""
    home = work / "airflow"
    home.mkdir(parents=True, exist_ok=True)
    if database is not None:
        snapshot(database, home / "airflow.db")
    results: list[Result] = []
    for step in steps(lock, work, database, tests=tests):
        results.append(run(step, CHECKOUT, environment(home)))
        report(results[-1])
        if not results[-1].ok:
            break
    return results


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a trial: nothing of the Airflow in use, and a database of its own."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AIRFLOW_", "NIANBAO_")) and name != "VIRTUAL_ENV"
    }
    return kept | {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home / 'airflow.db'}",
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_FOLDER": str(CHECKOUT / "dags"),
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "NIANBAO_HOME": str(home.parent / "nianbao"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def run(step: Step, folder: Path, env: Mapping[str, str]) -> Result:
    """Take one step; its output is kept to its last line."""
    began = time.monotonic()
    try:
        done = subprocess.run(  # noqa: S603 - our own commands
            step.command, cwd=folder, env=dict(env), capture_output=True, text=True, check=False
        )
        code, output = done.returncode, done.stdout + done.stderr
    except FileNotFoundError as error:
        code, output = 127, str(error)
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return Result(step.name, code == 0, time.monotonic() - began, lines[-1] if lines else "")
