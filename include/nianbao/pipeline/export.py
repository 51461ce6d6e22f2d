"""Published versions exported: on demand, and as the step after publishing."""

from pathlib import Path
from typing import Any

import duckdb

from nianbao.errors import BuildError, ConfigurationError
from nianbao.export.run import Order, export
from nianbao.export.selection import parse_years
from nianbao.export.source import Published
from nianbao.settings import Settings
from nianbao.warehouse.versions import (
    EXPORTS_FOLDER,
    WAREHOUSE_FILE,
    Version,
    current_version,
    is_kept,
    load_versions,
)

SELECTIONS_FOLDER = "selections"

__all__ = ["Order", "export_published", "export_version", "parse_years"]


def export_version(
    settings: Settings, order: Order, version_id: str = "", out: Path | None = None
) -> dict[str, Any]:
    """Export a published version, the current one by default.

    Without `out`, a whole export stands beside the version's file as `exports`, and any other in a
    folder of its own below `selections`. Raises `ConfigurationError` where there is no such version,
    `BuildError` where the database could not read it or write the files.
    """
    version = _version(settings.warehouse_root, version_id)
    folder = settings.warehouse_root / "versions" / version.id
    source = Published(
        folder / WAREHOUSE_FILE, version.id, version.content_hash, version.published_at
    )
    beside = EXPORTS_FOLDER if order == Order() else f"{SELECTIONS_FOLDER}/{order.name}"
    try:
        return export(source, order, out or folder / beside, settings.exports_memory)
    except duckdb.Error as error:
        # A version of an older layout that was rolled back to, or a full disk.
        reason = " ".join(str(error).split())[:300]
        raise BuildError(f"version {version.id} could not be exported: {reason}") from error


def export_published(settings: Settings, published: dict[str, Any]) -> dict[str, Any]:
    """Export what was just published, where the settings ask for it; say why not otherwise.

    `published` is what publishing returned, also where nothing was new: the version that stands may
    lack its exports after a kill or a full disk. One that is exported already is left as it is, so
    the step may run again.
    """
    root = settings.warehouse_root
    version = _version(root, published["version"] or "")
    reports = version.counts.get("reports", 0)
    if not is_kept(root, version.id):
        return {"path": None, "new": False, "reason": f"version {version.id} was removed since"}
    if settings.exports == "never":
        return {"path": None, "new": False, "reason": "the setting `exports` is `never`"}
    if settings.exports == "small" and reports > settings.exports_small_reports:
        reason = (
            f"{reports} reports are more than {settings.exports_small_reports}: `nianbao export`"
        )
        return {"path": None, "new": False, "reason": reason}
    return export_version(settings, Order(), version.id)


def _version(root: Path, version_id: str) -> Version:
    if not version_id:
        current = current_version(root)
        if current is None:
            raise ConfigurationError(f"nothing is published in {root} yet")
        return current
    known = {version.id: version for version in load_versions(root)}
    if version_id not in known:
        raise ConfigurationError(f"no published version {version_id!r}")
    return known[version_id]
