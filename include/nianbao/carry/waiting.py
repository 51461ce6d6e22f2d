"""Parts of the log that came before the bytes which they name: kept apart until those are there.

A line of the log without its bytes would be read as a document that is lost. So a part of it waits
below `waiting/`, with its content, where no reader of the log looks.
"""

import base64
import binascii
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from nianbao.archive.place import Place
from nianbao.carry.item import sizes
from nianbao.carry.putting import read_if_there
from nianbao.errors import CarryError
from nianbao.model import sha256_of

FOLDER = "waiting"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One file that waits for others."""

    path: str
    needs: tuple[str, ...]
    """Paths below the archive."""
    data: bytes


def let_wait(place: Place, one: Waiting) -> None:
    """Keep a file until what it needs is there; the same one is kept once."""
    kept = {
        "path": one.path,
        "needs": list(one.needs),
        "data": base64.b64encode(one.data).decode(),
    }
    name = sha256_of(one.path.encode() + b"\n" + one.data)
    place.write(f"{FOLDER}/{name}.json", json.dumps(kept).encode())


def settle(place: Place, put: Callable[[Waiting], bool]) -> tuple[int, int]:
    """Put what waits no longer; return how many were put, and how many go on waiting.

    Looked up anew after everything else was written: of two that unpack at once, the one that
    comes last sees all that the other wrote.
    """
    done = 0
    while settled := [name for name in sizes(place, FOLDER) if _settled(place, name, put)]:
        done += len(settled)
    return done, len(sizes(place, FOLDER))


def _settled(place: Place, name: str, put: Callable[[Waiting], bool]) -> bool:
    data = read_if_there(place, name)
    if data is None:  # another process has just put it
        return False
    one = _read(data, name)
    if missing(place, one.needs):
        return False
    put(one)
    if place.exists(name):
        place.filesystem.rm_file(place.full(name))
    return True


def missing(place: Place, needs: Iterable[str]) -> bool:
    """Tell whether any of these files is not there yet."""
    return any(not place.exists(path) for path in needs)


def _read(data: bytes, name: str) -> Waiting:
    try:
        kept = json.loads(data)
        content = base64.b64decode(kept["data"], validate=True)
        return Waiting(kept["path"], tuple(kept["needs"]), content)
    except (ValueError, KeyError, TypeError, binascii.Error) as error:
        raise CarryError(f"{name} is damaged; remove it, and unpack its pack again") from error
