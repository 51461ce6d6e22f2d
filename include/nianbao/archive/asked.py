"""What each harvest was after: the log tells what was asked for, not what was looked for in vain.

A harvest of a single year reads the same lists as any other and skips what they show of other years.
Only with this record can anybody say later that a report was not there.
"""

import io
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, unquote
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from nianbao.archive.copies import contents
from nianbao.archive.place import Place
from nianbao.errors import BuildError

ASKED_SCHEMA = pa.schema(
    {"portal_id": pa.string(), "run_id": pa.string(), "years": pa.list_(pa.int64())}
)
"""`years` is null where any year would do."""


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
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=ASKED_SCHEMA), buffer, compression="zstd")
    name = f"asked/{quote(run_id, safe='')}/{quote(part, safe='')}-{uuid4().hex[:8]}.parquet"
    return Place.at(root_url).write(name, buffer.getvalue())


def read_asked(root_url: str, *, cache: Path | None = None) -> pa.Table:
    """Return what all finished harvests were after; `BuildError` where a file is damaged.

    `cache` is a folder for copies of what comes from an object store.
    """
    place = Place.at(root_url)
    files = contents(place, "asked", ".parquet", None if place.is_local else cache)
    return pa.concat_tables([ASKED_SCHEMA.empty_table(), *(_read(*file) for file in files)])


def _read(path: str, data: bytes) -> pa.Table:
    try:
        return pq.read_table(io.BytesIO(data)).cast(ASKED_SCHEMA)
    except (pa.ArrowInvalid, ValueError) as error:
        run = unquote(path.split("/")[-2])
        raise BuildError(f"damaged record of what {run} was after: {path}: {error}") from error
