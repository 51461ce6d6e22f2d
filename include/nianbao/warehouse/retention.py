"""Old versions removed, and builds that nothing will publish any more."""

import logging
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from nianbao.warehouse.versions import Listing, Version, load_listing, save_listing

logger = logging.getLogger(__name__)

_GOING = ".removed-"
"""Begins the name of a folder that is being removed, so that no half of one looks like a version."""


def remove_old(root: Path, keep: int, now: datetime) -> None:
    """Keep the last `keep` versions and the one that readers see; their lines stay in the list.

    The line is written first: whoever is killed in between leaves a folder that the next one
    removes. A reader that has a removed file open keeps it until it closes it.
    """
    listing = load_listing(root)
    for version in old_versions(listing, keep):
        listing = listing.changed(replace(version, removed_at=now.isoformat(timespec="seconds")))
    if listing != load_listing(root):
        save_listing(root, listing)
    for version in listing.versions:
        folder = root / "versions" / version.id
        if version.removed_at and folder.exists():
            folder.rename(folder.with_name(_GOING + version.id))
    for folder in (root / "versions").glob(f"{_GOING}*"):
        _remove(folder)


def old_versions(listing: Listing, keep: int) -> list[Version]:
    """Return the versions that go where so many stay; never the one that readers see."""
    standing = [version for version in listing.versions if version.removed_at is None]
    return [version for version in standing[:-keep] if version.id != listing.due]


def clear_superseded(root: Path, sequence: int) -> None:
    """Remove the staging folders of builds before a published one; they can't be published."""
    for folder in (root / "staging").glob("*"):
        number = folder.name.partition("-")[0]
        if number.isdecimal() and int(number) <= sequence:
            _remove(folder)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        logger.warning("could not be removed: %s", folder)
