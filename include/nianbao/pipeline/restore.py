"""A backup put back into an empty place, and compared with what was kept."""

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from nianbao.archive.place import Place
from nianbao.carry.item import sizes
from nianbao.carry.manifest import Packed
from nianbao.carry.names import Kind, kind_of
from nianbao.carry.opened import Pack, opened, sha256_of_file
from nianbao.carry.putting import check_room, put_stream
from nianbao.carry.snapshot import sqlite_file
from nianbao.carry.state import load_state
from nianbao.errors import CarryError
from nianbao.model import sha256_of
from nianbao.pipeline.backup import STANDING, STATE, check_packs
from nianbao.settings import Settings
from nianbao.warehouse.recovery import writer
from nianbao.warehouse.versions import load_listing, save_listing

_MARKER = ".restoring"
"""Names the packs of a restore that was interrupted here: with the same ones it may be completed."""
_IN_TURN: Sequence[Kind] = (
    "bytes", "parsed", "checks", "version", "small", "log", "journal", "proof",
)  # fmt: skip
_OF_ARCHIVE = frozenset({"bytes", "log", "journal", "proof"})


@dataclass(frozen=True)
class Targets:
    """Where each kind of file is put back."""

    settings: Settings
    metadata: Path | None

    def file(self, path: str) -> Path | None:
        """Return the file of this machine for a name in a backup, or `None` for one without a place."""
        settings = self.settings
        first, _, rest = path.partition("/")
        if path == "stores/verdicts.sqlite":
            return sqlite_file(settings.verdicts_location)
        if path == "stores/airflow.sqlite":
            return self.metadata
        if first == "stores":
            return self.metadata and self.metadata.parent / Path(path).name
        roots = {
            "warehouse": settings.warehouse_root,
            "roster": settings.roster_root,
            "portals": settings.portals_dir,
        }
        return roots[first] / rest if first in roots else settings.identities_file

    def place(self, kind: Kind) -> tuple[Place, str] | None:
        """Return the place of a kind that may be an object store, with what its names begin with."""
        if kind in _OF_ARCHIVE:
            return Place.at(self.settings.archive_root), ""
        return (Place.at(self.settings.parsed_root), "parsed/") if kind == "parsed" else None


def restore(settings: Settings, sources: Sequence[Path], metadata: Path | None) -> dict[str, Any]:
    """Put a backup back and return what was put, and a line for each thing that was not.

    Every pack is verified first, and every file read back at the end. Raises `CarryError` where a
    pack is missing or not whole, or where the place is not empty; a restore that was interrupted is
    simply run again.
    """
    targets = Targets(settings, metadata)
    with ExitStack() as stack:
        packs = [stack.enter_context(opened(path, "backup")) for path in _packs(sources)]
        packs.sort(key=lambda pack: (pack.manifest.made_at, pack.manifest.part))
        _check_whole(packs)
        marker, mark = settings.home / _MARKER, _mark(packs)
        if not _is_resumed(marker, mark):
            _refuse_used(targets)
        chosen = _chosen(packs)
        try:
            put_stream(marker, [mark])
            check_room(Place.at(str(settings.home)), sum(one.size for _, one in chosen.values()))
            left = [*_put_all(targets, chosen)]
            _prove(targets, chosen)
            left += _mend_listing(settings)
            marker.unlink()
        except OSError as error:
            raise CarryError(f"the backup could not be restored: {error}; run it again") from error
    kinds = [kind_of(path) for path in chosen]
    return {
        "packs": len(packs),
        "files": len(kinds),
        "documents": kinds.count("bytes"),
        "left": left,
    }


def _packs(sources: Sequence[Path]) -> Iterator[Path]:
    for source in sources:
        if not source.is_dir():
            yield source
            continue
        found = sorted(source.glob("backup-*.zip"))
        if not found or not (source / STATE).exists():
            raise CarryError(f"{source} holds no backup, or its {STATE} is missing: name its files")
        check_packs(source, load_state(source / STATE))
        yield from found


def _check_whole(packs: Sequence[Pack]) -> None:
    for made_at, together in groupby(packs, key=lambda pack: pack.manifest.made_at):
        found = [(pack.manifest.part, pack.manifest.last) for pack in together]
        if found != [(part, part == len(found)) for part in range(1, len(found) + 1)]:
            raise CarryError(f"of the backup of {made_at} a part is missing, or is there twice")


def _mark(packs: Sequence[Pack]) -> bytes:
    return "".join(f"{pack.manifest.id}\n" for pack in packs).encode()


def _is_resumed(marker: Path, mark: bytes) -> bool:
    """Tell whether a restore of the same packs was interrupted here; `CarryError` if of others."""
    found = marker.read_bytes() if marker.exists() else None
    if found is not None and found != mark:
        # What was put of it may be of kinds that nobody looks for: two backups would be mixed.
        raise CarryError(
            f"a restore of other packs was interrupted here: run that one again, or empty"
            f" {marker.parent}"
        )
    return found is not None


def _refuse_used(targets: Targets) -> None:
    settings = targets.settings
    used = [
        *(root for root in (settings.archive_root, settings.parsed_root) if sizes(Place.at(root))),
        *(
            str(path)
            for path in (
                settings.warehouse_root / "versions.json",
                settings.identities_file,
                targets.file("stores/verdicts.sqlite"),
                targets.metadata,
                *settings.roster_root.glob("*.csv"),
            )
            if path is not None and path.exists()
        ),
    ]
    if used:
        raise CarryError(f"{used[0]} is in use; a backup is restored into an empty place")


def _chosen(packs: Sequence[Pack]) -> dict[str, tuple[Pack, Packed]]:
    """Return the last of each file; of those that change, the ones that stood at the last backup."""
    found = {one.path: (pack, one) for pack in packs for one in pack.manifest.files}
    standing = {STANDING}
    if STANDING in found:
        pack, one = found.pop(STANDING)
        standing = set(json.loads(pack.data(one)))
    gone = [
        path
        for path in found
        if (kind_of(path) in {"small", "version"} and path not in standing)
        or (kind_of(path) == "journal" and path.removesuffix(".journal") + ".parquet" in found)
    ]
    return {path: where for path, where in found.items() if path not in gone}


def _put_all(targets: Targets, chosen: dict[str, tuple[Pack, Packed]]) -> Iterator[str]:
    """Put the files in the order in which they rest on each other; yield what has no place here."""
    for kind in _IN_TURN:
        for path, (pack, one) in chosen.items():
            if kind_of(path) == kind:
                yield from _put(targets, kind, pack, one)


def _prove(targets: Targets, chosen: dict[str, tuple[Pack, Packed]]) -> None:
    """Read everything back and compare it with what was kept."""
    for path, (_, one) in chosen.items():
        kind = kind_of(path)
        if kind is None or path.startswith("portals/"):  # a record that was here stays
            continue
        if found := targets.place(kind):
            place, prefix = found
            same = sha256_of(place.read(path.removeprefix(prefix))) == one.sha256
        else:
            file = targets.file(path)
            same = file is None or sha256_of_file(file) == one.sha256
        if not same:
            raise CarryError(f"{path} was restored, and reads otherwise than it was kept")


def _put(targets: Targets, kind: Kind, pack: Pack, one: Packed) -> Iterator[str]:
    if found := targets.place(kind):
        place, prefix = found
        path = one.path.removeprefix(prefix)
        if not place.exists(path) or place.filesystem.size(place.full(path)) != one.size:
            place.write(path, pack.data(one))
        return
    file = targets.file(one.path)
    if file is None:
        yield f"{one.path}: kept in a server's database here; see docs/operations.md"
    elif one.path.startswith("portals/") and file.exists():
        if sha256_of_file(file) != one.sha256:
            yield f"{one.path}: the record here is another one, and stays"
    else:
        private = one.path.startswith(("stores/", "warehouse/."))
        put_stream(file, pack.pieces(one), private=private)


def _mend_listing(settings: Settings) -> Iterator[str]:
    """Let the list of versions say which files are here, and point readers at the one due.

    What has no files is marked as removed; a rollback to it cannot hold, which is told.
    """
    root = settings.warehouse_root
    if not (root / "versions.json").exists():
        return
    listing, now = load_listing(root), datetime.now(UTC).isoformat(timespec="seconds")
    for version in listing.versions:
        if version.removed_at is None and not (root / "versions" / version.id).is_dir():
            listing = listing.changed(replace(version, removed_at=now))
    if listing.rollback and not (root / "versions" / listing.rollback.to).is_dir():
        yield f"the rollback to {listing.rollback.to} does not hold any more: its files are not here"
        listing = replace(listing, rollback=None)
    save_listing(root, listing)
    with writer(root):
        pass
