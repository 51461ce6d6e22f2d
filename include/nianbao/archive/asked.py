"""What each harvest was after: the log tells what was asked for, not what was looked for in vain.

A harvest of a single year reads the same lists as any other and skips what they show of other years.
Only with this record can anybody say later that a report was not there.
"""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from nianbao.archive.records import Records

ASKED_SCHEMA = pa.schema(
    {"portal_id": pa.string(), "run_id": pa.string(), "years": pa.list_(pa.int64())}
)
"""`years` is null where any year would do."""
_RECORDS = Records("asked", ASKED_SCHEMA, "was after")


def write_asked(
    root_url: str, run_id: str, part: str, years: Mapping[str, tuple[int, ...] | None]
) -> str:
    """Write the years that a finished harvest was after, by portal id, and return the file's path.

    It is written at the end: a harvest that was killed or failed proves nothing.
    """
    rows = [
        {"portal_id": portal_id, "run_id": run_id, "years": list(after) if after else None}
        for portal_id, after in sorted(years.items())
    ]
    return _RECORDS.write(root_url, run_id, part, rows)


def read_asked(root_url: str, *, cache: Path | None = None) -> pa.Table:
    """Return what all finished harvests were after; `BuildError` where a file is damaged.

    `cache` is a folder for copies of what comes from an object store.
    """
    return _RECORDS.read(root_url, cache)
