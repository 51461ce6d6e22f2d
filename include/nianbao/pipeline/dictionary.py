"""The data dictionary, from a warehouse without reports."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from nianbao.archive.log import read_log
from nianbao.export import dictionary
from nianbao.reports.parsed import PARSED_SCHEMA
from nianbao.warehouse.build import Sources, build


def data_dictionary() -> str:
    """Return `docs/data-dictionary.md`."""
    with _empty_warehouse() as con:
        return dictionary.data_dictionary(con)


def columns_without_meaning() -> list[str]:
    """Return the columns of tables and views that no comment explains."""
    with _empty_warehouse() as con:
        return dictionary.without_meaning(con)


@contextmanager
def _empty_warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "empty.duckdb"
        log = read_log(str(Path(name) / "archive"))
        build(path, Sources(fetch_log=log, parsed=[], parsed_schema=PARSED_SCHEMA, portals=[]))
        with duckdb.connect(str(path), read_only=True) as con:
            yield con
