"""What a killed publication left, brought to its end by the next writer.

A version is published by the rename of its folder. All that follows can be done again: the check
history, the line in the list, the pointer. So a kill leaves either the old version, or the new one
whose last steps are done here.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from nianbao.errors import ConfigurationError
from nianbao.warehouse.lock import writing
from nianbao.warehouse.versions import (
    VERSION_FILE,
    WAREHOUSE_FILE,
    Listing,
    Version,
    is_kept,
    load_listing,
    save_listing,
    switch,
)


@contextmanager
def writer(root: Path) -> Iterator[None]:
    """Hold the warehouse's lock over a warehouse whose last publication is complete.

    Raises `LockedError` where another process holds it.
    """
    with writing(root):
        finish(root)
        yield


def finish(root: Path) -> None:
    """List the versions whose folders are there, and point readers at the one that is due.

    A version ends a rollback: whoever published it has seen that its content is another one.
    """
    listing = load_listing(root)
    for version in _unlisted(root, listing):
        _keep_checks(root, version.id)
        listing = Listing((*listing.versions, version))
        save_listing(root, listing)
    if listing.due is not None and is_kept(root, listing.due):
        switch(root, listing.due)


def _unlisted(root: Path, listing: Listing) -> Iterator[Version]:
    for path in sorted((root / "versions").glob(f"*/{VERSION_FILE}")):
        name = path.parent.name
        if is_kept(root, name) and listing.named(name) is None:
            try:
                yield Version(**json.loads(path.read_text("utf-8")))
            except (ValueError, TypeError) as error:
                raise ConfigurationError(f"{path} is damaged: {error}") from error


def _keep_checks(root: Path, version_id: str) -> None:
    """Add the version's failed checks to the history, from which comparisons over time are made."""
    path = root / "checks" / f"{version_id}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".new")
    built = root / "versions" / version_id / WAREHOUSE_FILE
    with duckdb.connect(str(built), read_only=True) as con:
        con.table("check_results").write_parquet(str(temporary))
    temporary.replace(path)
