"""A checked staging folder made the current version, and readers sent back to an earlier one."""

import json
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

from nianbao.errors import ConfigurationError
from nianbao.warehouse.content import counts, hash_of, table_digests
from nianbao.warehouse.delta import write_delta
from nianbao.warehouse.recovery import finish
from nianbao.warehouse.retention import clear_superseded, remove_old
from nianbao.warehouse.staging import next_sequence, settle
from nianbao.warehouse.versions import (
    VERSION_FILE,
    WAREHOUSE_FILE,
    Rollback,
    Version,
    current_version,
    is_kept,
    load_listing,
    replace_text,
    save_listing,
    switch,
    sync,
)

KEPT = 5
"""Versions kept where nobody says otherwise."""


def publish(
    root: Path,
    staging: Path,
    inputs_hash: str,
    now: datetime,
    *,
    sequence: int = 0,
    digests: dict[str, str] | None = None,
    keep: int = KEPT,
) -> Version:
    """Move a staging folder among the versions, switch the readers to it, and remove old versions.

    The rename of the whole folder is what publishes it; a kill before leaves the old version, and a
    kill after leaves steps that the next writer does. `digests` are those of the content tables,
    where the caller has just worked them out.
    """
    finish(root)
    version = _described(root, staging, inputs_hash, now, sequence, digests)
    replace_text(staging / VERSION_FILE, json.dumps(asdict(version), indent=1) + "\n")
    for path in (staging / WAREHOUSE_FILE, staging):
        sync(path)
    target = root / "versions" / version.id
    target.parent.mkdir(parents=True, exist_ok=True)
    staging.rename(target)
    sync(target.parent)
    finish(root)
    remove_old(root, keep, now)
    clear_superseded(root, sequence)
    return version


def _described(
    root: Path,
    staging: Path,
    inputs_hash: str,
    now: datetime,
    sequence: int,
    digests: dict[str, str] | None,
) -> Version:
    built = staging / WAREHOUSE_FILE
    settle(built)
    tables = digests or table_digests(built)
    content = hash_of(tables)
    version = Version(
        id=new_version_id(now, content),
        content_hash=content,
        inputs_hash=inputs_hash,
        published_at=now.isoformat(timespec="seconds"),
        counts=counts(built),
        sequence=sequence,
        tables=tables,
    )
    return replace(version, delta=write_delta(root, current_version(root), version, staging))


def new_version_id(now: datetime, content_hash: str) -> str:
    """Return an id that sorts by time and names the content: `20260105T023000Z-1a2b3c4d`."""
    return f"{now:%Y%m%dT%H%M%SZ}-{content_hash[:8]}"


def rollback(root: Path, version_id: str, now: datetime) -> Version:
    """Point readers at an earlier version, which holds until other content is there to publish.

    Builds that began before are not published any more. Going back to the newest version ends the
    rollback. Raises `ConfigurationError` where the version was removed or never published.
    """
    listing = load_listing(root)
    version = listing.named(version_id)
    if version is None or not is_kept(root, version_id):
        kept = ", ".join(v.id for v in listing.versions if is_kept(root, v.id)) or "none"
        gone = f"removed on {version.removed_at}" if version else "never published"
        raise ConfigurationError(f"version {version_id!r} was {gone}; kept are: {kept}")
    decision = Rollback(version_id, now.isoformat(timespec="seconds"), next_sequence(root))
    save_listing(root, replace(listing, rollback=decision))
    switch(root, version_id)
    return version
