"""What an installation may throw away: old versions, exports of them, and what kills left behind.

The archive, the parsed data, the verdicts and the check history are sources of truth: nothing here
touches them.
"""

import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nianbao.pipeline.export import SELECTIONS_FOLDER
from nianbao.settings import Settings
from nianbao.warehouse.recovery import writer
from nianbao.warehouse.retention import clear_superseded, old_versions, remove_old
from nianbao.warehouse.versions import EXPORTS_FOLDER, load_listing

_DAY = 86_400.0


@dataclass(frozen=True)
class Keep:
    """How much stays."""

    versions: int
    """Published versions with their expectation reports; the one that readers see always stays."""
    export_days: int
    """Days after which the exports of versions that readers no longer see go; they can be made again."""
    least_free: float = 0.1
    """Share of a disk below which it is told to be nearly full."""


@dataclass(frozen=True)
class Removal:
    """One thing that goes."""

    kind: str
    """`version`, `exports` or `staging`."""
    path: str
    bytes: int


def housekeeping(
    settings: Settings, keep: Keep, *, dry_run: bool = False, now: float | None = None
) -> dict[str, Any]:
    """Remove what need not stay, or with `dry_run` only tell what would go.

    Returns the removals, the bytes that they free, what could not be removed in `problems`, and in
    `disk` a line for each disk that is nearly full. Raises `LockedError` where a build is under way.
    """
    root = settings.warehouse_root
    if not root.is_dir():
        return _told([], [], _disks(settings, keep.least_free), dry_run=dry_run)
    with writer(root):
        going = list(_going(root, keep, time.time() if now is None else now))
        if not dry_run:
            remove_old(root, keep.versions, datetime.now(UTC))
            clear_superseded(root, load_listing(root).sequence)
            for removal in going:
                if removal.kind == "exports":
                    shutil.rmtree(removal.path, ignore_errors=True)
    left = [] if dry_run else [r.path for r in going if Path(r.path).exists()]
    return _told(going, left, _disks(settings, keep.least_free), dry_run=dry_run)


def _going(root: Path, keep: Keep, now: float) -> Iterator[Removal]:
    listing = load_listing(root)
    old = {version.id for version in old_versions(listing, keep.versions)}
    for folder in sorted((root / "versions").glob("*")):
        # A version that is marked as removed is one that a kill left, and so is a hidden folder.
        known = listing.named(folder.name)
        if folder.name in old or known is None or known.removed_at:
            if known or folder.name.startswith("."):
                yield Removal("version", str(folder), _size(folder))
        elif folder.name != listing.due:
            yield from _exports(folder, now - keep.export_days * _DAY)
    for folder in sorted((root / "staging").glob("*")):
        number = folder.name.partition("-")[0]
        if number.isdecimal() and int(number) <= listing.sequence:
            yield Removal("staging", str(folder), _size(folder))


def _exports(version: Path, before: float) -> Iterator[Removal]:
    for name in (EXPORTS_FOLDER, SELECTIONS_FOLDER):
        folder = version / name
        if folder.is_dir() and folder.stat().st_mtime < before:
            yield Removal("exports", str(folder), _size(folder))


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _disks(settings: Settings, least_free: float) -> list[str]:
    places = {"warehouse": settings.warehouse_root, "home": settings.home}
    places |= {
        name: Path(root)
        for name, root in (("archive", settings.archive_root), ("parsed", settings.parsed_root))
        if "://" not in root
    }
    lines = []
    for name, place in places.items():
        standing = next((at for at in (place, *place.resolve().parents) if at.exists()), None)
        if standing is None:
            continue
        usage = shutil.disk_usage(standing)
        if usage.free < least_free * usage.total:
            lines.append(f"{name}: {usage.free / 1e9:.1f} GB of {usage.total / 1e9:.1f} GB free")
    return lines


def _told(
    going: list[Removal], problems: list[str], disk: list[str], *, dry_run: bool
) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "removals": [asdict(removal) for removal in going],
        "freed_bytes": sum(removal.bytes for removal in going),
        "problems": problems,
        "disk": disk,
    }
