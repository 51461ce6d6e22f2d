"""Wheels of the lock for each target, and the requirements that name exactly these files."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from packaging.utils import InvalidWheelFilename, parse_wheel_filename

from nianbao_airflow.bundle.manifest import file_hash
from nianbao_airflow.bundle.targets import GLIBC, Pinned, Target
from nianbao_airflow.local.errors import RunnerError

_HEAD = ("--no-index", "--find-links ../wheels")
Wheels = dict[tuple[str, str], list[Path]]


def collect(folder: Path, target: Target, packages: Sequence[Pinned], glibc: int = GLIBC) -> Path:
    """Download the wheels of a target below a bundle and write its requirements.

    A package that has no wheel for it is built here, if it is Python alone. Raises `RunnerError`
    where one can't be had.
    """
    listed, own = folder / f".{target.name}.txt", folder / f".{target.name}"
    own.mkdir()
    try:
        _download(listed, own, target, packages, glibc)
        found = wheels_in(own)
        lines = [one.line(map(file_hash, _wheel(found, one))) for one in packages]
        _move(own, folder / "wheels")
    finally:
        listed.unlink(missing_ok=True)
        shutil.rmtree(own)
    requirements = folder / "requirements" / f"{target.name}.txt"
    requirements.parent.mkdir(exist_ok=True)
    requirements.write_text("\n".join([*_HEAD, *lines]) + "\n", "utf-8")
    return requirements


def _move(own: Path, shared: Path) -> None:
    """Put wheels where those of all targets lie; most are the same for all."""
    shared.mkdir(exist_ok=True)
    for wheel in own.glob("*.whl"):
        wheel.replace(shared / wheel.name)


def wheels_in(folder: Path) -> Wheels:
    """Return the wheels of a folder by package and version."""
    found: Wheels = {}
    for path in sorted(folder.glob("*.whl")):
        try:
            name, version, _, _ = parse_wheel_filename(path.name)
        except InvalidWheelFilename as error:
            raise RunnerError(f"{path.name}: {error}") from error
        found.setdefault((name, str(version)), []).append(path)
    return found


def _wheel(found: Wheels, one: Pinned) -> list[Path]:
    paths = found.get((one.name, one.version))
    if not paths:
        raise RunnerError(f"no wheel of {one.name} {one.version} was downloaded")
    return paths


def _download(
    listed: Path, own: Path, target: Target, packages: Sequence[Pinned], glibc: int
) -> None:
    """Download all at once; where that fails, one by one, and build those without a wheel."""
    listed.write_text("".join(one.line(one.hashes) + "\n" for one in packages), "utf-8")
    options = ["--only-binary=:all:", *_options(target, glibc), "--require-hashes"]
    if _pip("download", *options, "-r", str(listed), "--dest", str(own)) is None:
        return
    for one in packages:
        listed.write_text(one.line(one.hashes) + "\n", "utf-8")
        if _pip("download", *options, "-r", str(listed), "--dest", str(own)) is not None:
            _build(listed, own, one, target)


def _build(listed: Path, own: Path, one: Pinned, target: Target) -> None:
    before = set(own.glob("*.whl"))
    error = _pip("wheel", "--no-deps", "--require-hashes", "-r", str(listed), "-w", str(own))
    if error is not None:
        raise RunnerError(f"{one.name} {one.version} has no wheel for {target.name}: {error}")
    for path in set(own.glob("*.whl")) - before:
        if not path.name.endswith("-none-any.whl"):
            path.unlink()
            raise RunnerError(f"{one.name} {one.version} has to be built on {target.name} itself")


def _options(target: Target, glibc: int) -> list[str]:
    platforms = [f"--platform={name}" for name in target.platforms(glibc)]
    abis = [f"--abi={name}" for name in (target.abi, "abi3", "none")]
    return [
        "--no-deps",
        f"--python-version={target.python}",
        "--implementation=cp",
        *abis,
        *platforms,
    ]


def _pip(*arguments: str) -> str | None:
    """Run pip, and return the last line of its complaint where it fails."""
    done = subprocess.run(  # noqa: S603 - our own arguments
        [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return None
    said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
    return (said or done.stderr.splitlines() or ["pip said nothing"])[-1]
