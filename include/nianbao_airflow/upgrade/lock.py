"""Locks: what one holds, and what changes from one to another."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["major", "minor", "patch", "added", "removed"]


@dataclass(frozen=True)
class Change:
    """One package that differs between two locks."""

    name: str
    old: str
    new: str

    @property
    def kind(self) -> Kind:
        """How much may differ, by the numbers of its version."""
        if not self.old or not self.new:
            return "removed" if self.old else "added"
        # Of a package with several versions, the last is that of the newest Python.
        before, after = _numbers(self.old.split()[-1]), _numbers(self.new.split()[-1])
        if before[:1] != after[:1]:
            return "major"
        return "minor" if before[:2] != after[:2] else "patch"


def versions_in(lock: str) -> dict[str, str]:
    """Return the versions by package; one that is pinned several times has them all, joined."""
    found: dict[str, str] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", lock, re.MULTILINE):
        found[name] = f"{found[name]} {version}" if name in found else version
    return found


def changes(old: Mapping[str, str], new: Mapping[str, str]) -> list[Change]:
    """Return what differs, by name."""
    return [
        Change(name, old.get(name, ""), new.get(name, ""))
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    ]


def _numbers(version: str) -> list[str]:
    return [*re.findall(r"\d+", version.split("+")[0]), "0", "0"]
