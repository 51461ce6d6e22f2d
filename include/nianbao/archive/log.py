"""The fetch log: Parquet parts, one per task attempt, never a file that two writers share."""

import io
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from nianbao.archive.copies import contents_of
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

JOURNAL_SUFFIX = ".journal"
"""Ends the name of a part that its writer has not finished: lines of JSON, see `LogWriter`."""

History = dict[tuple[str, str], Fetch]
"""The last fetch with archived bytes, by portal id and URL."""


def part_path(run_id: str, part_name: str) -> str:
    """Return the place of a part below the archive, its names percent-encoded.

    A run id may hold any character.
    """
    return f"log/{quote(run_id, safe='')}/{quote(part_name, safe='')}.parquet"


def write_part(root_url: str, run_id: str, part_name: str, fetches: Sequence[Fetch]) -> str:
    """Write the fetches of one task attempt, whole or not at all, and return the part's path."""
    table = pa.Table.from_pylist([asdict(fetch) for fetch in fetches], schema=FETCH_SCHEMA)
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return Place.at(root_url).write(part_path(run_id, part_name), buffer.getvalue())


def read_log(
    root_url: str, portal_ids: Collection[str] | None = None, *, cache: Path | None = None
) -> pa.Table:
    """Return all parts in the order of their paths, with the column `run_id` after the others.

    A journal stands for the part that its writer did not come to write. `portal_ids` leaves out the
    other portals, part by part. `cache` is a folder for copies of what comes from an object store.
    """
    place = Place.at(root_url)
    tables = _on_disk(place) if place.is_local else _on_store(place, cache)
    wanted = (of_portals(table, portal_ids) for table in tables)
    return pa.concat_tables([LOG_SCHEMA.empty_table(), *wanted])


def _on_store(place: Place, cache: Path | None) -> Iterator[pa.Table]:
    # A store keeps the journals that were carried there from a disk; none is written there.
    listed = place.listed("log", (".parquet", JOURNAL_SUFFIX))
    standing = {
        path: version
        for path, version in listed.items()
        if path.endswith(".parquet") or _as_part(path) not in listed
    }
    for path, data in contents_of(place, "log", standing, cache):
        yield _of_journal(path, data) if path.endswith(JOURNAL_SUFFIX) else _table(path, data)


def _on_disk(place: Place) -> Iterator[pa.Table]:
    # Journals first: one that becomes a part meanwhile is then found as a part.
    journals = place.filesystem.glob(place.full(f"log/*/*{JOURNAL_SUFFIX}"))
    parts = place.filesystem.glob(place.full("log/*/*.parquet"))
    left = {_as_part(path) for path in journals} - set(parts)
    for path in sorted({*parts, *left}):
        yield _left(place, path) if path in left else _part(place, path)


def _as_part(journal: str) -> str:
    return journal.removesuffix(JOURNAL_SUFFIX) + ".parquet"


def _left(place: Place, part: str) -> pa.Table:
    """Return the lines of a part that is still a journal."""
    journal = part.removesuffix(".parquet") + JOURNAL_SUFFIX
    try:
        data = place.filesystem.cat_file(journal)
    except FileNotFoundError:  # its writer has just finished
        return _part(place, part)
    return _of_journal(journal, data)


def _of_journal(path: str, data: bytes) -> pa.Table:
    try:
        table = pa.Table.from_pylist(list(journal_lines(data)), schema=FETCH_SCHEMA)
    except (ValueError, KeyError, TypeError) as error:
        # Only the last line may be cut short; to leave out another would lose a report unseen.
        raise BuildError(f"damaged journal of the fetch log: {path}: {error}") from error
    return _with_run(table, path)


def _part(place: Place, path: str) -> pa.Table:
    return _table(path, place.filesystem.cat_file(path))


def _table(path: str, data: bytes) -> pa.Table:
    try:
        table = pq.read_table(io.BytesIO(data))
    except pa.ArrowInvalid as error:
        # Parts are written whole, so this one was damaged later; to go on without it would drop
        # its reports from the next version.
        raise BuildError(f"damaged part of the fetch log: {path}: {error}") from error
    return _with_run(table, path)


def _with_run(table: pa.Table, path: str) -> pa.Table:
    run_id = unquote(path.split("/")[-2])
    return table.append_column("run_id", pa.array([run_id] * len(table), pa.string()))


def history(root_url: str, portal_ids: Collection[str] | None = None) -> History:
    """Return what is known of every URL: its last fetch with a hash, per portal and URL.

    `portal_ids` leaves out the other portals; a worker needs those of its shard only.
    """
    return last_with_bytes(read_log(root_url, portal_ids))


def of_portals(log: pa.Table, portal_ids: Collection[str] | None) -> pa.Table:
    """Return the lines of some portals, or all where it is `None`."""
    if portal_ids is None:
        return log
    return log.filter(pc.is_in(log["portal_id"], pa.array(sorted(portal_ids), pa.string())))


def last_with_bytes(log: pa.Table) -> History:
    """Return the last line with a hash for each portal and URL."""
    rows = log.select(FETCH_SCHEMA.names).filter(pc.is_valid(log["sha256"])).sort_by("fetched_at")
    return {(row["portal_id"], row["url"]): Fetch(**row) for row in rows.to_pylist()}


def journal_lines(data: bytes) -> Iterator[dict[str, Any]]:
    """Yield the whole lines of a journal; the last one may be cut short by a kill."""
    for line in data.split(b"\n")[:-1]:
        fields = json.loads(line)
        yield {**fields, "fetched_at": datetime.fromisoformat(fields["fetched_at"])}


if [field.name for field in fields(Fetch)] != FETCH_SCHEMA.names:
    raise AssertionError("the schema of the fetch log has to name the fields of Fetch")
