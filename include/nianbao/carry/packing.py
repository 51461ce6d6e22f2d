"""Items written into one pack, or into several of a size that a medium takes."""

import glob
import io
import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from nianbao.carry.item import Item
from nianbao.carry.manifest import Manifest, Notes
from nianbao.carry.names import hash_in
from nianbao.carry.state import alone
from nianbao.carry.writing import PackWriter, need_of, partial_of
from nianbao.errors import CarryError
from nianbao.model import sha256_of

IN_MEMORY = 256_000_000
"""Bytes of a file that is held whole; fetched bodies stay far below."""
_UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9}


@dataclass(frozen=True)
class Made:
    """What was written."""

    packs: tuple[Path, ...]
    manifests: tuple[Manifest, ...]
    taken: tuple[Item, ...]
    left_out: tuple[str, ...]
    """One line for each file that is damaged here."""


def bytes_of(size: str) -> int:
    """Return the bytes that a text such as `700MB` or `4G` means."""
    match = re.fullmatch(r"([0-9]+)\s*([KMG]?)B?", size.strip().upper())
    if match is None or int(match[1]) == 0:
        raise CarryError(f"no size: {size!r}; write it as 700MB or 4G")
    return int(match[1]) * _UNITS[match[2]]


def write_packs(
    items: Sequence[Item], out: Path, notes: Notes, max_size: int | None = None
) -> Made:
    """Write items in their order; with `max_size` as `name-001.zip` and so on, else as `out`.

    All packs get their names at the end, so a kill leaves none. Raises `CarryError` where a pack of
    the name is there already or the disk is full, and `LockedError` where another process writes it.
    """
    with alone(out):
        _refuse_to_replace(out)
        work = _Work(out, notes, max_size)
        try:
            for item in items:
                work.take(item)
            return work.finish()
        except OSError as error:
            raise CarryError(f"{out} could not be written: {error}") from error
        finally:
            work.clear()


def _refuse_to_replace(out: Path) -> None:
    for path in (out, *_numbered(out)):
        if path.exists():
            raise CarryError(f"{path} is there already; carry it first, or give another name")
    partial = partial_of(out)
    for left in (partial, *_numbered(partial)):
        left.unlink(missing_ok=True)  # of one that was killed: nobody else works under this lock


def _numbered(out: Path) -> Iterable[Path]:
    return out.parent.glob(f"{glob.escape(out.stem)}-[0-9][0-9][0-9]{glob.escape(out.suffix)}")


class _Work:
    """The packs of one set while they are written."""

    def __init__(self, out: Path, notes: Notes, max_size: int | None) -> None:
        self._out, self._notes, self._limit = out, notes, max_size
        self._writers: list[PackWriter] = []
        self._manifests: list[Manifest] = []
        self._taken: list[Item] = []
        self._left_out: list[str] = []
        self._placed = False

    def take(self, item: Item) -> None:
        """Put an item into the pack that has room; one that went or is damaged is left out."""
        try:
            stream = item.open()
        except FileNotFoundError:
            self._leave_out(item.path, "went while the pack was made")
            return
        with stream:
            data = stream.read() if item.size <= IN_MEMORY else None
            expected = hash_in(item.path)
            if expected and (data is None or sha256_of(data) != expected):
                self._leave_out(item.path, "is damaged here")
            else:
                self._put(item, data, stream)

    def _leave_out(self, path: str, reason: str) -> None:
        self._left_out.append(f"{path} {reason} and was left out")
        if sha256 := hash_in(path):
            self._notes.absent.add(sha256)

    def _put(self, item: Item, data: bytes | None, stream: BinaryIO) -> None:
        need = need_of(item, data if self._limit else None) + self._notes.need_of(item.path)
        writer = self._with_room(item, need)
        writer.add(item, stream if data is None else io.BytesIO(data), need)
        self._taken.append(item)

    def _with_room(self, item: Item, need: int) -> PackWriter:
        if self._writers and self._writers[-1].has_room(need, self._limit):
            return self._writers[-1]
        if self._writers:
            self._manifests.append(self._writers[-1].close(last=False))
        writer = self._begin()
        if not writer.has_room(need, self._limit):
            raise CarryError(f"{item.path} has {item.size} bytes: no room for it in --max-size")
        return writer

    def _begin(self) -> PackWriter:
        number = len(self._writers) + 1
        name = self._out.name
        if self._limit is not None:
            name = f"{self._out.stem}-{number:03d}{self._out.suffix}"
        self._writers.append(PackWriter(self._out.with_name(name), self._notes, number))
        return self._writers[-1]

    def finish(self) -> Made:
        if self._writers:
            self._manifests.append(self._writers[-1].close(last=True))
        for writer in self._writers:
            writer.place()
        self._placed = True
        _sync_folder(self._out.parent)
        packs = tuple(writer.target for writer in self._writers)
        return Made(packs, tuple(self._manifests), tuple(self._taken), tuple(self._left_out))

    def clear(self) -> None:
        """Remove what a failure left."""
        if not self._placed:
            for writer in self._writers:
                writer.drop()


def _sync_folder(folder: Path) -> None:
    """Make the new names outlast a power cut, where the medium's file system can."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
