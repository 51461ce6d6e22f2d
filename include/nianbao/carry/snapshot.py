"""A SQLite file copied as it stands at one moment, while others write to it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from nianbao.errors import CarryError


def snapshot(source: Path, target: Path) -> Path:
    """Copy a database by SQLite's own online backup and return the copy.

    A plain copy of the file would miss what stands in the journal beside it. Raises `CarryError`
    where the file is damaged or no database.
    """
    try:
        with (
            closing(sqlite3.connect(f"file:{source.absolute()}?mode=ro", uri=True)) as here,
            closing(sqlite3.connect(target)) as copy,
        ):
            here.backup(copy)
            found = copy.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.Error as error:
        raise CarryError(f"{source} could not be copied: {error}") from error
    if found != "ok":
        raise CarryError(f"{source} is damaged: {found}")
    return target


def sqlite_file(url: str) -> Path | None:
    """Return the file of a SQLAlchemy URL, or `None` for a server's database."""
    scheme, _, rest = url.partition(":///")
    return Path(rest) if scheme.partition("+")[0] == "sqlite" and rest else None
