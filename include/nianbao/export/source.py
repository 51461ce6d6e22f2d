"""A published version opened for reading, in bounded memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from nianbao.errors import ConfigurationError
from nianbao.export.masking import masked
from nianbao.export.sql import quoted


@dataclass(frozen=True)
class Published:
    """One published version and how it is cited."""

    path: Path
    """The DuckDB file."""
    version: str
    content_hash: str
    published_at: str
    """ISO time, UTC."""

    @property
    def marks(self) -> dict[str, str]:
        """What every Parquet file says of the version that it is from."""
        return {"nianbao.version": self.version, "nianbao.content_hash": self.content_hash}


@contextmanager
def reading(
    source: Published, temporary: Path, memory: str = "1GB"
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection to the version that writes nothing into it.

    What does not fit into `memory` goes to the folder `temporary`. The function `masked(text)` hides
    personal data. Raises `ConfigurationError` where there is no such file.
    """
    if not source.path.is_file():
        raise ConfigurationError(f"no published warehouse at {source.path}")
    with duckdb.connect() as database:
        database.execute(f"SET memory_limit = {quoted(memory)}")
        database.execute("SET enable_progress_bar = false")  # a command prints its result alone
        database.execute(f"SET temp_directory = {quoted(str(temporary))}")
        database.execute(f"ATTACH {quoted(str(source.path))} AS published (READ_ONLY)")
        database.create_function("masked", masked, ["VARCHAR"], "VARCHAR")
        try:
            # A connection of its own, so that a result that was not read to its end blocks nothing.
            with database.cursor() as con:
                con.execute("SET TimeZone = 'UTC'")
                con.execute("USE published")
                yield con
        finally:
            database.remove_function("masked")
