"""A file with all tables, views and comments and no rows, made once per process.

The comments on a thousand columns take a second. One build does not mind; `nianbao check` of a single
file does, and so do hundreds of builds in one process.
"""

import tempfile
from functools import cache
from pathlib import Path

import duckdb

from nianbao.warehouse.schema import create_tables, create_views

STORAGE_VERSION = "v1.0.0"
"""The file format that DuckDB clients from 1.0 on can open; the library's own default is newer."""


@cache
def empty_warehouse() -> bytes:
    """Return the bytes of a file without rows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.duckdb"
        with duckdb.connect() as con:
            con.execute(f"ATTACH '{path}' AS warehouse (STORAGE_VERSION '{STORAGE_VERSION}')")
            con.execute("USE warehouse")
            con.execute("BEGIN")  # one transaction: hundreds of small statements, one write
            create_tables(con)
            create_views(con)
            con.execute("COMMIT")
            con.execute("CHECKPOINT")
            con.execute("USE memory")
            con.execute("DETACH warehouse")
        return path.read_bytes()
