"""What each harvest saw listed: leads by portal and report year, asked for or not.

The fetch log has what was asked for; a report that was not due is in no line of it. Only with this
record can anybody tell a portal whose lists are empty today from one that has nothing new.
"""

import io
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, unquote
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from nianbao.archive.copies import contents
from nianbao.archive.place import Place
from nianbao.errors import BuildError

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
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(records, LISTED_SCHEMA), buffer, compression="zstd")
    name = f"listed/{quote(run_id, safe='')}/{quote(part, safe='')}-{uuid4().hex[:8]}.parquet"
    return Place.at(root_url).write(name, buffer.getvalue())


def read_listed(root_url: str, *, cache: Path | None = None) -> pa.Table:
    """Return what all finished harvests saw; `BuildError` where a file is damaged.

    `cache` is a folder for copies of what comes from an object store.
    """
    place = Place.at(root_url)
    files = contents(place, "listed", ".parquet", None if place.is_local else cache)
    return pa.concat_tables([LISTED_SCHEMA.empty_table(), *(_read(*file) for file in files)])


def _read(path: str, data: bytes) -> pa.Table:
    try:
        return pq.read_table(io.BytesIO(data)).cast(LISTED_SCHEMA)
    except (pa.ArrowInvalid, ValueError) as error:
        run = unquote(path.split("/")[-2])
        raise BuildError(f"damaged record of what {run} saw listed: {path}: {error}") from error
