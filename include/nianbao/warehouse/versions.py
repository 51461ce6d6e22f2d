"""The published versions: immutable folders, a pointer, and the list in `versions.json`.

warehouse/
  nianbao.duckdb         → current/nianbao.duckdb
  expectation_reports    → current/expectation_reports
  current                → versions/<id>          the one pointer, switched by one rename
  versions.json
  versions/<id>/…        never written again; portals.json has the records it was built from
  staging/<build>/…      a build that is not published yet
  checks/<id>.parquet    the check history
"""

import json
import os
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from nianbao.errors import ConfigurationError

WAREHOUSE_FILE = "nianbao.duckdb"
REPORTS_FOLDER = "expectation_reports"


@dataclass(frozen=True)
class Version:
    """One published version."""

    id: str
    content_hash: str
    inputs_hash: str
    published_at: str
    """ISO time, UTC."""
    counts: dict[str, int]


def load_versions(root: Path) -> list[Version]:
    """Return the published versions, oldest first.

    Raises `ConfigurationError` where the list is damaged.
    """
    path = root / "versions.json"
    if not path.exists():
        return []
    try:
        entries = json.loads(path.read_text("utf-8"))["versions"]
        return [Version(**entry) for entry in entries]
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(f"{path} is damaged: {error}") from error


def current_version(root: Path) -> Version | None:
    """Return the version that readers see, which the pointer alone decides."""
    pointer = root / "current"
    if not pointer.is_symlink():
        return None
    name = pointer.readlink().name
    return next((version for version in load_versions(root) if version.id == name), None)


def new_version_id(now: datetime, content_hash: str) -> str:
    """Return an id that sorts by time and names the content: `20260105T023000Z-1a2b3c4d`."""
    return f"{now:%Y%m%dT%H%M%SZ}-{content_hash[:8]}"


def add_version(root: Path, version: Version) -> None:
    """Write a version into the list, whole or not at all."""
    entries = [asdict(entry) for entry in (*load_versions(root), version)]
    _replace(root / "versions.json", json.dumps({"versions": entries}, indent=1) + "\n")


def switch(root: Path, version_id: str) -> None:
    """Point readers at a version by one rename; whoever reads the old file finishes undisturbed.

    Raises `ConfigurationError` where there is no such version.
    """
    is_id = re.fullmatch(r"\d{8}T\d{6}Z-[0-9a-f]{8}", version_id)
    if not is_id or not (root / "versions" / version_id / WAREHOUSE_FILE).exists():
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


def _replace(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.new")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
