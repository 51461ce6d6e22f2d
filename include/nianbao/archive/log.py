"""The fetch log: Parquet parts, one per task attempt, never a file that two writers share."""

import io
from collections.abc import Collection, Sequence
from dataclasses import asdict, fields
from urllib.parse import quote, unquote

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from nianbao.archive.place import Place
from nianbao.errors import BuildError
from nianbao.model import Fetch

FETCH_SCHEMA = pa.schema(
    [
        pa.field("portal_id", pa.string(), nullable=False),
        pa.field("url", pa.string(), nullable=False),
        pa.field("purpose", pa.string(), nullable=False),
        pa.field("outcome", pa.string(), nullable=False),
        pa.field("fetched_at", pa.timestamp("us", tz="UTC"), nullable=False),
        pa.field("duration_ms", pa.int64(), nullable=False),
        pa.field("status", pa.int64()),
        pa.field("size", pa.int64()),
        pa.field("sha256", pa.string()),
        pa.field("media_type", pa.string()),
        pa.field("etag", pa.string()),
        pa.field("last_modified", pa.string()),
        pa.field("message", pa.string(), nullable=False),
        pa.field("lead_title", pa.string(), nullable=False),
        pa.field("lead_published_on", pa.string()),
        pa.field("lead_agency", pa.string()),
        pa.field("lead_report_year", pa.int64()),
    ]
)
"""The fields of `Fetch`, in their order."""

LOG_SCHEMA = FETCH_SCHEMA.append(pa.field("run_id", pa.string()))
"""The log as it is read: each line knows the harvest that it belongs to."""

History = dict[tuple[str, str], Fetch]
"""The last fetch with archived bytes, by portal id and URL."""


def write_part(root_url: str, run_id: str, part_name: str, fetches: Sequence[Fetch]) -> str:
    """Write the fetches of one task attempt, whole or not at all, and return the part's path.

    It is `<root>/log/<run_id>/<part_name>.parquet`, with the names percent-encoded: a run id may
    hold any character.
    """
    table = pa.Table.from_pylist([asdict(fetch) for fetch in fetches], schema=FETCH_SCHEMA)
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    path = f"log/{quote(run_id, safe='')}/{quote(part_name, safe='')}.parquet"
    return Place.at(root_url).write(path, buffer.getvalue())


def read_log(root_url: str) -> pa.Table:
    """Return all parts in the order of their paths, with the column `run_id` after the others."""
    place = Place.at(root_url)
    place.filesystem.invalidate_cache()  # other workers write parts while this process lives
    parts = sorted(place.filesystem.glob(place.full("log/*/*.parquet")))
    return pa.concat_tables([LOG_SCHEMA.empty_table(), *(_part(place, part) for part in parts)])


def _part(place: Place, path: str) -> pa.Table:
    try:
        table = pq.read_table(io.BytesIO(place.filesystem.cat_file(path)))
    except pa.ArrowInvalid as error:
        # Parts are written whole, so this one was damaged later; to go on without it would drop
        # its reports from the next version.
        raise BuildError(f"damaged part of the fetch log: {path}: {error}") from error
    run_id = unquote(path.split("/")[-2])
    return table.append_column("run_id", pa.array([run_id] * len(table), pa.string()))


def history(root_url: str, portal_ids: Collection[str] | None = None) -> History:
    """Return what is known of every URL: its last fetch with a hash, per portal and URL.

    `portal_ids` leaves out the other portals; a worker needs those of its shard only.
    """
    table = read_log(root_url)
    wanted = pc.is_valid(table["sha256"])
    if portal_ids is not None:
        of_portals = pc.is_in(table["portal_id"], pa.array(sorted(portal_ids), pa.string()))
        wanted = pc.and_(wanted, of_portals)
    rows = table.select(FETCH_SCHEMA.names).filter(wanted).sort_by("fetched_at").to_pylist()
    return {(row["portal_id"], row["url"]): Fetch(**row) for row in rows}


if [field.name for field in fields(Fetch)] != FETCH_SCHEMA.names:
    raise AssertionError("the schema of the fetch log has to name the fields of Fetch")
