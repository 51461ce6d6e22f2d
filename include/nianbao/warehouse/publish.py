"""A checked staging folder made the current version."""

import os
from datetime import datetime
from pathlib import Path

import duckdb

from nianbao.warehouse.content import content_hash, counts
from nianbao.warehouse.versions import (
    WAREHOUSE_FILE,
    Version,
    add_version,
    load_versions,
    new_version_id,
    switch,
)


def publish(root: Path, staging: Path, inputs_hash: str, now: datetime) -> Version:
    """Move a staging folder among the versions and switch the readers to it.

    The order makes a kill at any point harmless: the folder is renamed whole, then listed, then
    pointed at; a folder that is not listed is never shown.
    """
    built = staging / WAREHOUSE_FILE
    content = content_hash(built)
    version = Version(
        id=new_version_id(now, content),
        content_hash=content,
        inputs_hash=inputs_hash,
        published_at=now.isoformat(timespec="seconds"),
        counts=counts(built),
    )
    _keep_checks(built, root / "checks" / f"{version.id}.parquet")
    target = root / "versions" / version.id
    target.parent.mkdir(parents=True, exist_ok=True)
    _sync(built)
    staging.rename(target)
    if version.id not in {known.id for known in load_versions(root)}:
        add_version(root, version)
    switch(root, version.id)
    return version


def _keep_checks(built: Path, path: Path) -> None:
    """Add the version's failed checks to the history, from which comparisons over time are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".new")
    with duckdb.connect(str(built), read_only=True) as con:
        con.execute(f"COPY (FROM check_results) TO '{temporary}' (FORMAT parquet)")
    temporary.replace(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
