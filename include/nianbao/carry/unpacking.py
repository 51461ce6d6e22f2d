"""A pack taken into an archive: bytes first, then the log that names them, then the proofs."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from nianbao.archive.place import Place
from nianbao.carry.gather import hashes_in
from nianbao.carry.item import sizes
from nianbao.carry.manifest import Packed
from nianbao.carry.names import ARCHIVE, kind_of, path_of_bytes
from nianbao.carry.opened import Pack, opened, sha256_of_file
from nianbao.carry.putting import (
    check_room,
    is_longer,
    put_beside,
    put_log,
    put_same,
    read_if_there,
)
from nianbao.carry.waiting import Waiting, let_wait, settle
from nianbao.errors import CarryError
from nianbao.model import sha256_of

RECEIVED = "received"


@dataclass(frozen=True)
class Target:
    """Where a pack is put."""

    archive_url: str
    parsed_url: str


def unpack(path: Path, target: Target, now: datetime, expected: str = "") -> dict[str, Any]:
    """Take a pack in and return what came: per kind how many were new and how many were here.

    All of it is verified first; `expected` is the SHA-256 of the whole file as the sender told it by
    another way. Raises `CarryError` where it is not whole, or the disk is full: what was put until
    then is whole, and the same pack is simply unpacked again.
    """
    found = sha256_of_file(path) if path.is_file() else ""
    if expected and found != expected.lower():
        raise CarryError(f"{path.name} has the SHA-256 {found or 'of no file'}, not {expected}")
    with opened(path, "archive", ARCHIVE) as pack:
        try:
            return _Unpacking(pack, target).run(now, found)
        except OSError as error:
            raise CarryError(
                f"{path.name} could not be put in place: {error}; unpack it again"
            ) from error


class _Unpacking:
    """One pack on its way into one archive."""

    def __init__(self, pack: Pack, target: Target) -> None:
        self._pack = pack
        self._archive, self._parsed = Place.at(target.archive_url), Place.at(target.parsed_url)
        self._here: dict[str, int] = sizes(self._archive, "bytes")
        self._counts: dict[str, Counter[str]] = {}

    def run(self, now: datetime, sha256: str) -> dict[str, Any]:
        files = self._by_kind()
        check_room(self._archive, sum(one.size for one in self._new_bytes(files)))
        self._refuse_other_logs(files)
        for one in files.get("bytes", ()):
            self._count("bytes", new=self._put_bytes(one))
        for one in files.get("parsed", ()):
            path = one.path.removeprefix("parsed/")
            self._count("parsed", new=put_beside(self._parsed, path, self._pack.data(one)))
        for kind in ("log", "journal", "proof"):
            for one in files.get(kind, ()):
                self._put_or_wait(kind, one)
        settled, waiting = settle(self._archive, self._put)
        return self._received(now, sha256, settled, waiting)

    def _by_kind(self) -> Mapping[str, list[Packed]]:
        found: dict[str, list[Packed]] = {}
        for one in self._pack.manifest.files:
            found.setdefault(str(kind_of(one.path)), []).append(one)
        return found

    def _new_bytes(self, files: Mapping[str, list[Packed]]) -> Iterator[Packed]:
        return (one for one in files.get("bytes", ()) if self._here.get(one.path) != one.size)

    def _refuse_other_logs(self, files: Mapping[str, list[Packed]]) -> None:
        """Find out before anything is put that a name is taken by something else."""
        for one in (*files.get("log", ()), *files.get("journal", ())):
            here = read_if_there(self._archive, one.path)
            if here is not None and sha256_of(here) != one.sha256:
                is_longer(self._pack.data(one), here, one.path)

    def _put_bytes(self, one: Packed) -> bool:
        if self._here.get(one.path) == one.size:
            return False
        self._archive.write(one.path, self._pack.data(one))
        self._here[one.path] = one.size
        return True

    def _put_or_wait(self, kind: str, one: Packed) -> None:
        data = self._pack.data(one)
        waiting = Waiting(one.path, tuple(self._missing(kind, one, data)), data)
        if waiting.needs:
            let_wait(self._archive, waiting)
            self._counts.setdefault(kind, Counter())["waiting"] += 1
        else:
            self._count(kind, new=self._put(waiting))

    def _missing(self, kind: str, one: Packed, data: bytes) -> Iterator[str]:
        if kind == "proof":
            needs = self._pack.manifest.needs.get(one.path, ())
            yield from (path for path in needs if not self._archive.exists(path))
            return
        named = set(hashes_in(data, one.path)) - set(self._pack.manifest.absent)
        paths = (path_of_bytes(sha256) for sha256 in sorted(named))
        yield from (path for path in paths if path not in self._here)

    def _put(self, one: Waiting) -> bool:
        if kind_of(one.path) == "proof":
            return put_same(self._archive, one.path, one.data)
        part = one.path.removesuffix(".journal") + ".parquet"
        if part != one.path and self._archive.exists(part):
            return False  # the part that the journal became
        return put_log(self._archive, one.path, one.data)

    def _count(self, kind: str, *, new: bool) -> None:
        self._counts.setdefault(kind, Counter())["new" if new else "known"] += 1

    def _received(self, now: datetime, sha256: str, settled: int, waiting: int) -> dict[str, Any]:
        """Return what came, and keep it beside the archive's log."""
        manifest = self._pack.manifest
        came = {
            "pack": self._pack.name,
            "sha256": sha256,
            "made_at": manifest.made_at,
            "part": manifest.part,
            "last": manifest.last,
            "unpacked_at": now.isoformat(timespec="seconds"),
            **{kind: dict(counts) for kind, counts in self._counts.items()},
            "settled": settled,
            "still_waiting": waiting,
        }
        name = f"{RECEIVED}/{now:%Y%m%dT%H%M%SZ}-{manifest.id}.json"
        self._archive.write(name, json.dumps(came, ensure_ascii=False, indent=1).encode())
        return came
