"""`docker-compose.yaml` as processes: what each service runs, and with which environment.

The places of the containers are put in the place of this machine's; nothing else is changed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "docker-compose.yaml"
_VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^${}]*))?\}")


@dataclass(frozen=True)
class Service:
    """One service, as a process on this machine."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]


@cache
def compose() -> dict[str, Any]:
    """Return the file with its anchors resolved and its variables as they are written."""
    read: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return read


def interpolated(text: str, variables: Mapping[str, str]) -> str:
    """Fill the variables of a text in, as `docker compose` does.

    Raises `LookupError` with the file's own words where one is required and not given.
    """

    def value(found: re.Match[str]) -> str:
        name, kind, words = found.groups()
        if name in variables:
            return variables[name]
        if kind == "-":
            return str(words)
        raise LookupError(words or name)

    while (filled := _VARIABLE.sub(value, text)) != text:  # what stands for one may name another
        text = filled
    return text.replace("$$", "$")


def service(
    name: str, places: Mapping[str, str], variables: Mapping[str, str] | None = None
) -> Service:
    """Return a service with `places` (what the container knows, what is so here) put in."""
    described = compose()["services"][name]

    def here(text: object) -> str:
        filled = interpolated(str(text), variables or {})
        for there, ours in places.items():
            filled = filled.replace(there, ours)
        return filled

    environment = {key: here(value) for key, value in described.get("environment", {}).items()}
    return Service(name, tuple(here(word) for word in described.get("command", [])), environment)
