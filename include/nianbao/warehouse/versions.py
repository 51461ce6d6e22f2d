"""The published versions: immutable folders, a pointer, and the list in `versions.json`.

warehouse/
  nianbao.duckdb         → current/nianbao.duckdb
  expectation_reports    → current/expectation_reports
  current                → versions/<id>          the one pointer, switched by one rename
  versions.json          the list, which says where the pointer belongs
  versions/<id>/…        never written again, only exports/ and selections/ appear in it; version.json
                         is its line in the list, portals.json has the records it was built from,
                         delta/ what changed against the one before
  staging/<build>/…      a build that is not published yet
  checks/<id>.parquet    the check history
"""

import json
import os
import re
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from nianbao.errors import ConfigurationError

WAREHOUSE_FILE = "nianbao.duckdb"
REPORTS_FOLDER = "expectation_reports"
EXPORTS_FOLDER = "exports"
VERSION_FILE = "version.json"


@dataclass(frozen=True)
class Version:
    """One published version."""

    id: str
    content_hash: str
    inputs_hash: str
    published_at: str
    """ISO time, UTC."""
    counts: dict[str, int]
    sequence: int = 0
    """Which build it was: later builds have seen later inputs. Times would hang on a clock."""
    tables: dict[str, str] = field(default_factory=dict)
    """Digest of each content table, which tells what else changed than reports and cells."""
    delta: dict[str, Any] = field(default_factory=dict)
    """Counts of what changed, see `nianbao.warehouse.delta`."""
    removed_at: str | None = None
    """ISO time, UTC, at which its folder went; null while it is kept."""


@dataclass(frozen=True)
class Rollback:
    """What an operator decided; it holds until another content is published."""

    to: str
    """Id of the version that readers see instead of the newest."""
    at: str
    """ISO time, UTC."""
    sequence: int
    """Builds that began before are not published any more."""


@dataclass(frozen=True)
class Listing:
    """The list of versions in the order of publication, and the rollback in force."""

    versions: tuple[Version, ...] = ()
    rollback: Rollback | None = None

    @property
    def due(self) -> str | None:
        """Id of the version that the pointer belongs on."""
        if self.rollback is not None:
            return self.rollback.to
        return self.versions[-1].id if self.versions else None

    @property
    def held(self) -> tuple[Version, ...]:
        """The versions that were rolled back from: those published after the one readers see."""
        if self.rollback is None:
            return ()
        ids = [version.id for version in self.versions]
        return self.versions[ids.index(self.rollback.to) + 1 :]

    @property
    def sequence(self) -> int:
        """The newest build or decision that readers have seen."""
        known = [version.sequence for version in self.versions]
        return max([*known, self.rollback.sequence if self.rollback else 0], default=0)

    def named(self, version_id: str) -> Version | None:
        """Return a version by its id."""
        return next((version for version in self.versions if version.id == version_id), None)

    def changed(self, version: Version) -> "Listing":
        """Return the list with another line for a version."""
        lines = (version if known.id == version.id else known for known in self.versions)
        return replace(self, versions=tuple(lines))


def load_listing(root: Path) -> Listing:
    """Return the list, which is empty before the first version.

    Raises `ConfigurationError` where it is damaged.
    """
    path = root / "versions.json"
    if not path.exists():
        return Listing()
    try:
        kept = json.loads(path.read_text("utf-8"))
        rollback = kept.get("rollback")
        return Listing(
            tuple(Version(**entry) for entry in kept["versions"]),
            Rollback(**rollback) if rollback else None,
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError(f"{path} is damaged: {error}") from error


def save_listing(root: Path, listing: Listing) -> None:
    """Write the list, whole or not at all."""
    kept = {
        "versions": [asdict(entry) for entry in listing.versions],
        "rollback": asdict(listing.rollback) if listing.rollback else None,
    }
    replace_text(root / "versions.json", json.dumps(kept, indent=1) + "\n")


def load_versions(root: Path) -> list[Version]:
    """Return the published versions in the order of publication, removed ones included."""
    return list(load_listing(root).versions)


def current_version(root: Path) -> Version | None:
    """Return the version that readers see, which the pointer alone decides."""
    pointer = root / "current"
    if not pointer.is_symlink() or not (pointer / WAREHOUSE_FILE).exists():
        return None
    return load_listing(root).named(pointer.readlink().name)


def is_kept(root: Path, version_id: str) -> bool:
    """Tell whether the folder of a version is there; anything but an id of ours is not."""
    is_id = re.fullmatch(r"\d{8}T\d{6}Z-[0-9a-f]{8}", version_id)
    return bool(is_id) and (root / "versions" / version_id / WAREHOUSE_FILE).exists()


def switch(root: Path, version_id: str) -> None:
    """Point readers at a version by one rename; whoever reads the old file finishes undisturbed.

    Raises `ConfigurationError` where there is no such version.
    """
    if not is_kept(root, version_id):
        raise ConfigurationError(f"no published version {version_id!r}")
    _point(root / "current", Path("versions") / version_id)
    for name in (WAREHOUSE_FILE, REPORTS_FOLDER):
        if (root / "current" / name).exists():
            _point(root / name, Path("current") / name)


def _point(link: Path, target: Path) -> None:
    if link.is_symlink() and link.readlink() == target:
        return
    temporary = link.with_name(f".{link.name}.new")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(target)
    temporary.replace(link)


def replace_text(path: Path, text: str) -> None:
    """Write a small file, whole or not at all, so that it outlives a power cut."""
    temporary = path.with_name(f".{path.name}.new")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
