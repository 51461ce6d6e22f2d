"""For which machines a bundle is made, and what of the lock each of them needs."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from nianbao_airflow.local.errors import RunnerError

MACHINES = ("x86_64", "aarch64")
PYTHONS = ("3.11", "3.12", "3.13")
GLIBC = 28
"""Minor version of the C library 2.x that wheels may need: 2.28 is that of Kylin V10 and of RHEL 8."""


@dataclass(frozen=True)
class Target:
    """One Python on one kind of machine, both as `3.11` and `x86_64`."""

    python: str
    machine: str

    @property
    def name(self) -> str:
        """Name as `cp311-x86_64`."""
        return f"cp{self.python.replace('.', '')}-{self.machine}"

    @property
    def abi(self) -> str:
        """Name of the interpreter's binary interface."""
        return f"cp{self.python.replace('.', '')}"

    def platforms(self, glibc: int = GLIBC) -> Iterator[str]:
        """Yield the platform tags whose wheels run here; pip expands none of them by itself."""
        yield from (f"manylinux_2_{minor}_{self.machine}" for minor in range(glibc, 4, -1))
        old = ("manylinux2014", "manylinux2010", "manylinux1")
        yield from (f"{name}_{self.machine}" for name in old)
        yield f"linux_{self.machine}"

    def markers(self) -> dict[str, str]:
        """Return the environment in which the lock's conditions are decided."""
        return {
            "python_version": self.python,
            "python_full_version": f"{self.python}.0",
            "platform_machine": self.machine,
            "sys_platform": "linux",
            "platform_system": "Linux",
            "os_name": "posix",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
            "extra": "",
        }


@dataclass(frozen=True)
class Pinned:
    """One package of the lock."""

    name: str
    version: str
    hashes: tuple[str, ...]

    def line(self, hashes: Iterable[str]) -> str:
        """Return it as a line of requirements with these hashes."""
        return " ".join(
            [f"{self.name}=={self.version}", *(f"--hash=sha256:{one}" for one in hashes)]
        )


def pinned(lock: str, target: Target) -> list[Pinned]:
    """Return what a target needs of a lock.

    pip would decide the conditions for the Python that it runs in, and not for the target.
    Raises `RunnerError` where a line is not pinned with hashes.
    """
    return [one for line in _lines(lock) if (one := _pinned(line, target)) is not None]


def _lines(lock: str) -> Iterator[str]:
    for line in lock.replace("\\\n", " ").splitlines():
        if (text := line.strip()) and not text.startswith("#"):
            yield text


def _pinned(line: str, target: Target) -> Pinned | None:
    head, *hashes = re.split(r"\s+--hash=sha256:", line)
    try:
        wanted = Requirement(head)
    except InvalidRequirement as error:
        raise RunnerError(f"requirements.lock: {head}: {error}") from error
    if wanted.marker is not None and not wanted.marker.evaluate(target.markers()):
        return None
    version = str(wanted.specifier).removeprefix("==")
    if not hashes or not re.fullmatch(r"[\w.+!]+", version):
        raise RunnerError(f"requirements.lock: not pinned with hashes: {head}")
    return Pinned(canonicalize_name(wanted.name), version, tuple(one.strip() for one in hashes))
