"""The published versions as an operator asks for them."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import pyarrow.parquet as pq

from nianbao.errors import ConfigurationError
from nianbao.settings import Settings
from nianbao.warehouse.delta import DELTA_FOLDER
from nianbao.warehouse.publish import rollback
from nianbao.warehouse.recovery import writer
from nianbao.warehouse.versions import Version, current_version, load_listing


def described_versions(settings: Settings) -> list[dict[str, Any]]:
    """Return the versions in the order of publication; `state` is current, kept, held or removed."""
    root = settings.warehouse_root
    listing, current = load_listing(root), current_version(root)

    def state(version: Version) -> str:
        if version == current:
            return "current"
        if version.removed_at:
            return "removed"
        return "held" if version in listing.held else "kept"

    return [{**asdict(version), "state": state(version)} for version in listing.versions]


def changed_reports(
    settings: Settings, version_id: str
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return a version and the rows of its delta, which has none for the first version.

    Raises `ConfigurationError` where it was never published, or its files were removed.
    """
    root = settings.warehouse_root
    version = load_listing(root).named(version_id)
    if version is None:
        raise ConfigurationError(f"no published version {version_id!r}")
    if version.removed_at:
        raise ConfigurationError(f"version {version_id} was removed on {version.removed_at}")
    path = root / "versions" / version_id / DELTA_FOLDER / "reports.parquet"
    return asdict(version), pq.read_table(path).to_pylist() if path.exists() else []


def roll_back(settings: Settings, version_id: str) -> tuple[Version, ...]:
    """Send readers back to a version; return the versions that are held back from now on.

    Raises `ConfigurationError` where there is no such version, and `LockedError` where another
    process is writing.
    """
    root = settings.warehouse_root
    with writer(root):
        rollback(root, version_id, datetime.now(UTC))
        return load_listing(root).held
