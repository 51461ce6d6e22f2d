"""What a warehouse holds, as one hash and a few counts."""

import hashlib
from pathlib import Path

import duckdb

from nianbao.warehouse.tables import content_tables


def content_hash(path: Path) -> str:
    """Return the hash over the rows of the content tables, without the columns that tell of a run.

    The rows of a table are hashed one by one and added up, so their order does not matter and no
    sort of a large table is needed.
    """
    digest = hashlib.sha256()
    with duckdb.connect(str(path), read_only=True) as con:
        for table, columns in content_tables():
            names = ", ".join(f'"{name}"' for name in columns)
            row = con.execute(
                f"SELECT count(*), sum(md5_number_lower(row({names})::VARCHAR)) FROM {table}"  # noqa: S608 - our own names
            ).fetchone()
            digest.update(f"{table}:{row}\n".encode())
    return digest.hexdigest()


def counts(path: Path) -> dict[str, int]:
    """Return how much the public part of a warehouse holds."""
    queries = {
        "portals": "SELECT count(*) FROM portals",
        "documents": "SELECT count(*) FROM documents",
        "quarantined": "SELECT count(*) FROM quarantine",
        "reports": "SELECT count(*) FROM reports",
        "cells": "SELECT count(*) FROM report_cells",
        "checks_failed": "SELECT coalesce(sum(failed), 0) FROM check_counts",
        "checks_not_assessable": "SELECT coalesce(sum(not_assessable), 0) FROM check_counts",
        "checks_passed": "SELECT coalesce(sum(passed), 0) FROM check_counts",
    }
    with duckdb.connect(str(path), read_only=True) as con:
        return {
            name: int((con.execute(query).fetchone() or (0,))[0]) for name, query in queries.items()
        }
