"""`make bundle`: collects what an installation needs where there is no internet.

make bundle ARGS='--python 3.11 --python 3.12 --machine aarch64 --debian --tar'
"""

import argparse
import shutil
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from nianbao import __version__
from nianbao_airflow.bundle import debian, project, wheels
from nianbao_airflow.bundle.manifest import file_hash, write_manifest
from nianbao_airflow.bundle.targets import GLIBC, MACHINES, PYTHONS, Target, pinned
from nianbao_airflow.local.errors import RunnerError
from nianbao_airflow.local.outcome import complain
from nianbao_airflow.local.place import CHECKOUT

LOCK = "requirements.lock"
_HERE = f"{sys.version_info[0]}.{sys.version_info[1]}"
NAMING_DEBIAN = (".ci/run", "Dockerfile")
"""Files of the project that say which Debian packages it uses."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Make a bundle; 2 where something could not be had."""
    options = _parser().parse_args(arguments)
    # Filled in here, since argparse adds to a list's default instead of replacing it.
    options.python = options.python or [_HERE]
    options.machine = options.machine or list(MACHINES)
    try:
        make(options, Console())
    except RunnerError as error:
        complain(f"bundle: {error}")
        return 2
    return 0


def make(options: argparse.Namespace, console: Console) -> Path:
    """Collect all parts into a folder, and list them when they are complete.

    A bundle without its list is not taken for one: a bundle that was interrupted is made again.
    """
    name = f"nianbao-{__version__}"
    folder = Path(options.out or CHECKOUT / "build" / f"{name}-bundle")
    _empty(folder)
    lock = folder / LOCK
    lock.write_bytes(project.committed(CHECKOUT, LOCK))
    targets = [Target(python, machine) for machine in options.machine for python in options.python]
    for target in targets:
        packages = pinned(lock.read_text("utf-8"), target)
        console.print(f"{target.name}: {len(packages)} packages")
        wheels.collect(folder, target, packages, options.glibc)
    if options.debian:
        _add_debian(folder, options.machine, console)
    project.write_project(CHECKOUT, folder / f"{name}.tar.gz", name)
    if project.uncommitted(CHECKOUT):
        console.print("What is not committed is not in the bundle.")
    about = {
        "version": __version__,
        "commit": project.commit_of(CHECKOUT),
        "lock": file_hash(lock),
        "targets": [target.name for target in targets],
        "glibc": f"2.{options.glibc}",
    }
    write_manifest(folder, about)
    return _told(folder, tar=options.tar, console=console)


def _empty(folder: Path) -> None:
    """Make a folder empty that was a bundle; anything else there is not ours to remove."""
    if folder.exists() and any(folder.iterdir()) and not (folder / LOCK).exists():
        raise RunnerError(f"{folder} is no bundle; give an empty folder, or none")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def _add_debian(folder: Path, machines: Sequence[str], console: Console) -> None:
    texts = [project.committed(CHECKOUT, path).decode() for path in NAMING_DEBIAN]
    packages = sorted({"make", "python3-venv"}.union(*map(debian.packages_named, texts)))
    for machine in machines:
        found = debian.collect(folder, machine, packages)
        console.print(f"{found.name}: {len(list(found.glob('*.deb')))} Debian packages")


def _told(folder: Path, *, tar: bool, console: Console) -> Path:
    made = folder
    if tar:
        made = folder.with_name(f"{folder.name}.tar")
        with tarfile.open(made, "w") as archive:
            archive.add(folder, folder.name)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    console.print(f"{made}  {size / 1e6:,.0f} MB", markup=False, highlight=False, soft_wrap=True)
    return made


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("make bundle")
    add = parser.add_argument
    add("--python", action="append", choices=PYTHONS, help=f"may be repeated; else {_HERE}")
    add("--machine", action="append", choices=MACHINES, help="may be repeated; else both")
    add("--glibc", type=int, default=GLIBC, help=f"minor version of the C library; else {GLIBC}")
    add("--debian", action="store_true", help="Debian packages with their closure, half a gigabyte")
    add("--tar", action="store_true", help="all in one file as well")
    add("--out", help="folder; it is emptied first")
    return parser


if __name__ == "__main__":
    sys.exit(main())
