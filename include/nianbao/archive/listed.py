"""What each harvest saw listed: leads by portal and report year, asked for or not.

The fetch log has what was asked for; a report that was not due is in no line of it. Only with this
record can anybody tell a portal whose lists are empty today from one that has nothing new.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from nianbao.archive.records import Records

LISTED_SCHEMA = pa.schema(
    {
        "portal_id": pa.string(),
        "run_id": pa.string(),
        "finished_at": pa.timestamp("us", tz="UTC"),
        "report_year": pa.int64(),
        "leads": pa.int64(),
    }
)
"""`report_year` is null for leads whose year the list does not tell; a portal without any lead has
one line, with no year and 0."""
_RECORDS = Records("listed", LISTED_SCHEMA, "saw listed")


def write_listed(
    root_url: str,
    run_id: str,
    part: str,
    finished_at: datetime,
    counts: Mapping[str, Mapping[int | None, int]],
) -> str:
    """Write what a finished harvest saw, by portal id and report year; return the file's path."""
    rows = [
        (portal_id, run_id, finished_at, year, count)
        for portal_id, years in sorted(counts.items())
        for year, count in (years or {None: 0}).items()
    ]
    records = [dict(zip(LISTED_SCHEMA.names, row, strict=True)) for row in rows]
    return _RECORDS.write(root_url, run_id, part, records)


def read_listed(root_url: str, *, cache: Path | None = None) -> pa.Table:
    """Return what all finished harvests saw; `BuildError` where a file is damaged.

    `cache` is a folder for copies of what comes from an object store.
    """
    return _RECORDS.read(root_url, cache)
