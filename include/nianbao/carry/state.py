"""What earlier packs took, so that the next one takes what came since.

The file is replaced when the packs stand, never before; the one that it replaces stays beside it as
`….before`. Whoever loses a medium on its way packs again with that one.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from nianbao.carry.item import Item
from nianbao.errors import CarryError, LockedError

_FORMAT = "nianbao-state/1"


@dataclass(frozen=True)
class State:
    """The marks of the files that were packed, by path, and the packs, where they stay in reach."""

    files: Mapping[str, str] = field(default_factory=dict)
    packs: Mapping[str, int] = field(default_factory=dict)
    """Size of each pack by name; of a backup only, where all of them are needed to restore."""

    def lacks(self, item: Item) -> bool:
        """Tell whether a file is new or has changed."""
        return self.files.get(item.path) != item.mark

    def with_items(self, items: Iterable[Item], packs: Mapping[str, int]) -> "State":
        """Return the state after these were packed."""
        marks = {item.path: item.mark for item in items}
        return State({**self.files, **marks}, {**self.packs, **packs})


def load_state(path: Path) -> State:
    """Return a state, empty where there is no file yet; `CarryError` where it is damaged."""
    if not path.exists():
        return State()
    try:
        kept: Any = json.loads(path.read_text("utf-8"))
        if kept["format"] != _FORMAT:
            raise CarryError(f"{path}: not a state of this version: {kept['format']!r}")
        return State(dict(kept["files"]), dict(kept["packs"]))
    except (ValueError, KeyError, TypeError) as error:
        raise CarryError(f"{path} is damaged, or no state of ours: {error}") from error


def save_state(path: Path, state: State) -> None:
    """Write a state, whole or not at all, and keep the one before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {"format": _FORMAT, "packs": dict(state.packs), "files": dict(state.files)}
    new = path.with_name(f".{path.name}.new")
    with new.open("w", encoding="utf-8") as file:
        json.dump(kept, file, indent=0)
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        before = path.with_name(f"{path.name}.before")
        before.unlink(missing_ok=True)
        # A second name for the old file: at no moment is there none.
        _second_name(path, before)
    new.replace(path)


def _second_name(path: Path, before: Path) -> None:
    try:
        before.hardlink_to(path)
    except OSError:  # a stick formatted for Windows has no second names
        before.write_bytes(path.read_bytes())


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Let one process at a time work with a state or an output; the system frees it on a kill.

    Raises `LockedError` where another does.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path.with_name(f".{path.name}.lock"))
    try:
        lock.acquire(timeout=1)
    except Timeout:
        raise LockedError(f"another process is packing with {path}") from None
    try:
        yield
    finally:
        # Nothing stays on the medium; whoever waits for this file finds it gone and makes its own.
        Path(lock.lock_file).unlink(missing_ok=True)
        lock.release()
