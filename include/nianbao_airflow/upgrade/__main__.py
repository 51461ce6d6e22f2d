"""`make upgrade`: what newer versions would change, tried out; go or no-go."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from nianbao.errors import NianbaoError
from nianbao_airflow.local.outcome import complain
from nianbao_airflow.local.place import CHECKOUT, up_place, write_private
from nianbao_airflow.upgrade.lock import Change, changes, versions_in
from nianbao_airflow.upgrade.trial import Result, resolve, tried

LOCK = CHECKOUT / "requirements.lock"


def main(arguments: Sequence[str] | None = None) -> int:
    """Try an upgrade; 0 for go, 1 for no-go, 2 where it could not be tried."""
    parser = argparse.ArgumentParser("make upgrade")
    parser.add_argument("--apply", action="store_true", help="write the lock where it is a go")
    parser.add_argument("--work", type=Path, default=CHECKOUT / "build" / "upgrade")
    parser.add_argument("--database", type=Path, help="Airflow's SQLite file; else that of make up")
    parser.add_argument("--lock", type=Path, help="try this lock; else one resolved anew")
    parser.add_argument("--tests", action="store_true", help="run the tests there too: 15 minutes")
    options = parser.parse_args(arguments)
    try:
        return upgrade(options, Console())
    except NianbaoError as error:
        complain(f"upgrade: {error}")
        return 2


def upgrade(options: argparse.Namespace, console: Console) -> int:
    """Resolve, show what changes, try it, and say what to do next."""
    work: Path = options.work
    work.mkdir(parents=True, exist_ok=True)
    new = (options.lock or resolve(work)).absolute()
    found = changes(versions_in(LOCK.read_text("utf-8")), versions_in(new.read_text("utf-8")))
    if not found:
        console.print("Nothing is newer within the bounds of pyproject.toml.")
        return 0
    _show(found, console)
    database = options.database or up_place().database
    results = tried(
        new,
        work.absolute(),
        database if database.exists() else None,
        lambda one: _say(one, console),
        tests=options.tests,
    )
    if not all(result.ok for result in results):
        console.print(f"No-go: {results[-1].name} failed. The tree is untouched.")
        return 1
    if options.apply:
        write_private(LOCK, new.read_text("utf-8"))
        LOCK.chmod(0o644)
        console.print(
            "Go: requirements.lock is written. Next: nianbao backup, make install, make test."
        )
    else:
        console.print("Go. The tree is untouched: make upgrade APPLY=1 writes requirements.lock.")
    return 0


def _show(found: Sequence[Change], console: Console) -> None:
    for change in sorted(found, key=lambda one: (_ORDER.index(one.kind), one.name)):
        arrow = " → ".join(filter(None, (change.old, change.new)))
        console.print(f"{change.kind:8}{change.name:40}{arrow}", highlight=False, soft_wrap=True)
    console.print(f"{len(found)} packages change.")


_ORDER = ("major", "removed", "added", "minor", "patch")


def _say(result: Result, console: Console) -> None:
    word = "ok" if result.ok else "FAILED"
    said = "" if result.ok else f": {result.said}"
    line = f"{word:8}{result.name} ({result.seconds:.0f} s){said}"
    console.print(line, markup=False, highlight=False, soft_wrap=True)


if __name__ == "__main__":
    sys.exit(main())
