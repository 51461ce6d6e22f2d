"""Increments of the archive, from the zone that can crawl to the one that keeps the warehouse."""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nianbao import __version__
from nianbao.archive.place import Place
from nianbao.archive.store import Archive
from nianbao.carry.copying import copy_items
from nianbao.carry.gather import Gathered, gather, gather_parsed
from nianbao.carry.item import Item, items_of, sizes
from nianbao.carry.manifest import Notes
from nianbao.carry.names import hash_in, kind_of
from nianbao.carry.opened import sha256_of_file
from nianbao.carry.packing import Made, write_packs
from nianbao.carry.state import State, alone, load_state, save_state
from nianbao.carry.unpacking import Target
from nianbao.carry.unpacking import unpack as unpack_pack
from nianbao.errors import ReadError
from nianbao.settings import Settings

logger = logging.getLogger(__name__)


def pack(
    settings: Settings,
    out: Path,
    since: Path | None = None,
    *,
    max_size: int | None = None,
    parsed: bool = False,
    now: datetime | None = None,
) -> dict[str, Any]:
    """Write what the archive has and a state has not; the state then tells of it.

    Returns the packs with their SHA-256, the number of files, and a line for each that was left out.
    """
    if since is None:
        return _pack(settings, out, State(), max_size, parsed, now)[0]
    with alone(since):
        state = load_state(since)
        told, made = _pack(settings, out, state, max_size, parsed, now)
        if made.taken or not since.exists():  # else the state before would be that of no pack
            save_state(since, state.with_items(made.taken, {}))
    return {**told, "state": str(since)}


def _pack(
    settings: Settings,
    out: Path,
    state: State,
    max_size: int | None,
    parsed: bool,
    now: datetime | None,
) -> tuple[dict[str, Any], Made]:
    gathered = gather(settings.archive_root, state)
    more = gather_parsed(settings.parsed_root) if parsed else []
    items = in_order(gathered, [item for item in more if state.lacks(item)])
    when = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    notes = Notes("archive", when, f"nianbao {__version__}")
    notes.absent |= gathered.absent
    notes.needs = gathered.needs
    made = write_packs(items, out, notes, max_size)
    return told(made, gathered.foreign), made


def in_order(gathered: Gathered, others: Sequence[Item]) -> list[Item]:
    """Return items with the log at the end: it rests on all before it."""
    first = [item for item in gathered.items if kind_of(item.path) == "bytes"]
    return [*first, *others, *gathered.items[len(first) :]]


def told(made: Made, foreign: Sequence[str] = ()) -> dict[str, Any]:
    """Return what was packed, as a command prints it; write each pack's hash beside it."""
    packs = []
    for path in made.packs:
        sha256 = sha256_of_file(path)
        path.with_name(f"{path.name}.sha256").write_text(f"{sha256}  {path.name}\n", "ascii")
        packs.append({"path": str(path), "size": path.stat().st_size, "sha256": sha256})
    kinds = [kind_of(item.path) for item in made.taken]
    left_out = [
        *made.left_out,
        *(f"{path} is no file of ours; left where it is" for path in foreign),
    ]
    for line in left_out:
        logger.warning("%s", line)
    return {
        "packs": packs,
        "files": len(made.taken),
        "documents": kinds.count("bytes"),
        "log_parts": kinds.count("log") + kinds.count("journal"),
        "left_out": left_out,
    }


def unpack(
    settings: Settings, files: Sequence[Path], expected: str = ""
) -> Iterator[dict[str, Any]]:
    """Take packs in, in any order, and yield what came with each."""
    target = Target(settings.archive_root, settings.parsed_root)
    for path in files:
        came = unpack_pack(path, target, datetime.now(UTC), expected)
        logger.info("%s", came)
        yield came


def keep_state(settings: Settings, out: Path, *, parsed: bool = False) -> dict[str, Any]:
    """Write a state of what this archive holds: packed since it, another brings only what is new here."""
    items = [*gather(settings.archive_root).items]
    if parsed:
        items += gather_parsed(settings.parsed_root)
    with alone(out):
        save_state(out, State().with_items(items, {}))
    return {"state": str(out), "files": len(items)}


def copy(settings: Settings, archive: str, parsed: str = "") -> dict[str, Any]:
    """Copy this archive, and with `parsed` what was read, to other roots: folders or buckets.

    In the order in which it has to arrive, so that whoever reads there meanwhile misses nothing.
    """
    gathered = gather(settings.archive_root)
    before = (
        copy_items(gather_parsed(settings.parsed_root), Place.at(parsed), "parsed/")
        if parsed
        else None
    )
    new, known = copy_items(in_order(gathered, ()), Place.at(archive))
    told = {"archive": {"new": new, "known": known}}
    return told | ({"parsed": {"new": before[0], "known": before[1]}} if before else {})


def verify(settings: Settings, report: Callable[[str], None]) -> dict[str, int]:
    """Hash everything that was fetched and read the whole log; report a line for each trouble."""
    place = Place.at(settings.archive_root)
    archive = Archive(settings.archive_root)
    held = items_of(place, sizes(place, "bytes"))
    damaged = 0
    for sha256 in filter(None, (hash_in(item.path) for item in held)):
        try:
            archive.get(sha256)
        except ReadError as error:
            damaged += 1
            report(f"{error.code}: {error}")
    gathered = gather(settings.archive_root)
    for sha256 in sorted(gathered.absent):
        report(f"archive_missing: the log names {sha256}, which is not here")
    waiting = len(sizes(place, "waiting"))
    if waiting:
        report(f"waiting: {waiting} parts of the log wait for bytes of another pack")
    counts = {"documents": len(held), "damaged": damaged, "missing": len(gathered.absent)}
    return {**counts, "waiting": waiting}
