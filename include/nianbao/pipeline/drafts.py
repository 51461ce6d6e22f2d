"""Drafts against what was then published.

Drafts enter no published file, and neither does what is found by comparing them: a file is built from
them alone, in a folder of this user's that is gone when the comparison ends. Its rows are read, compared
with the published version, and told to whoever asked.
"""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from nianbao.archive.log import read_log
from nianbao.errors import ConfigurationError, VerdictError
from nianbao.export.catalog import read_catalog
from nianbao.export.neutral import neutralised
from nianbao.export.selection import Selection, choose
from nianbao.letters.comparison import compared, unread, write_workbook
from nianbao.model import Portal, normalise_name
from nianbao.pipeline.registered import known_portals
from nianbao.pipeline.roster import known_bodies
from nianbao.pipeline.storage import ParsedStore
from nianbao.pipeline.verdicts_lists import opened, published_now
from nianbao.reports.parsed import PARSED_SCHEMA
from nianbao.settings import Settings
from nianbao.warehouse.build import Limits, Sources, build
from nianbao.warehouse.organisations.context import contexts

_TEXT = pa.string()
_DRAFTS = pa.schema(
    {
        **dict.fromkeys(("report_id", "org_id", "organisation", "name_normalised"), _TEXT),
        "report_year": pa.int64(),
        **dict.fromkeys(("scope", "form", "source_url", "portal_id", "place"), _TEXT),
        "first_seen_at": pa.timestamp("us"),
        "is_live": pa.bool_(),
        "drafts": pa.int64(),
    }
)
_CELLS = pa.schema(
    {
        **dict.fromkeys(("report_id", "code", "raw", "kind"), _TEXT),
        "value": pa.decimal128(18, 4),
        "unit": _TEXT,
    }
)
Row = Mapping[str, Any]


def compare_drafts(
    settings: Settings, agency: str = "", year: int | None = None, out: Path | None = None
) -> list[dict[str, Any]]:
    """Return one row per draft with the cells that differ, and write them as a workbook.

    Raises `ConfigurationError` where nothing is published, no portal is an inbox of drafts, or there
    is no draft of the agency and year; `VerdictError` where the workbook is there already.
    """
    version = published_now(settings)
    if out is not None and (out.exists() or out.suffix.lower() != ".xlsx"):
        raise VerdictError(f"{out}: give the name of a new .xlsx file")
    with tempfile.TemporaryDirectory(prefix="nianbao-drafts-") as folder:
        read = _read_drafts(settings, Path(folder) / "drafts.duckdb")
    with opened(settings) as con:
        _insert(con, "drafts", read.drafts, _DRAFTS)
        _insert(con, "draft_cells", read.cells, _CELLS)
        con.execute(_sql("draft_matches"))
        matches = _chosen(con, agency, year)
        kept = {row["report_id"] for row in matches}
        differences = [
            row for row in _query(con, _sql("draft_differences")) if row["report_id"] in kept
        ]
    rows = list(compared(matches, differences))
    if not agency and year is None:
        rows += [unread(row) for row in read.unread]
    elif not rows:
        raise ConfigurationError("there is no draft of this agency and year")
    if out is not None:
        _write(out, rows, version.id)
    return rows


class _Read:
    """What the drafts say."""

    def __init__(self, con: duckdb.DuckDBPyConnection, sites: Mapping[str, str]) -> None:
        """Take what is needed out of the file that is built from drafts alone.

        `sites` has the places of the portals that have one.
        """
        found = _query(con, _sql("draft_reports"))
        versions = {row["version"]: row["report_id"] for row in found}
        self.drafts = [
            {
                **row,
                "name_normalised": normalise_name(row["organisation"]),
                "place": row["place"] or sites.get(row["portal_id"]),
            }
            for row in found
        ]
        self.cells = _query(con, _sql("draft_cells"), {"versions": list(versions)})
        self.unread = _query(con, _sql("draft_unread"))


def _read_drafts(settings: Settings, path: Path) -> _Read:
    sources = _sources(settings)
    path.parent.chmod(0o700)
    build(path, sources, Limits(settings.build_memory, settings.build_threads))
    with duckdb.connect(path, read_only=True) as con:
        return _Read(con, contexts(sources.portals))


def _sources(settings: Settings) -> Sources:
    """Return the sources of drafts, as a build reads them: as if their portals were public."""
    portals = known_portals(settings)
    drafts = {portal.id for portal in portals if portal.stage == "draft"}
    if not drafts:
        raise ConfigurationError("no portal is an inbox of drafts (stage: draft)")
    log = read_log(settings.archive_root, drafts, cache=settings.cache_folder)
    parts = ParsedStore(settings.parsed_root, settings.cache_folder).parts()
    known = known_bodies(settings)
    return Sources(
        fetch_log=log,
        parsed=_holding(parts, log["sha256"]),
        parsed_schema=PARSED_SCHEMA,
        portals=tuple(_as_published(portal) for portal in portals),
        known=replace(known, asked=known.asked.slice(0, 0)),
    )


def _as_published(portal: Portal) -> Portal:
    return portal.model_copy(update={"stage": "published"})


def _holding(parts: Sequence[str], hashes: pa.ChunkedArray) -> list[str]:
    """Return the parts that hold one of the documents: the others need not be read again."""
    wanted = hashes.drop_null().combine_chunks()
    return [
        part
        for part in parts
        if pc.any(
            pc.is_in(pq.read_table(part, columns=["sha256"], partitioning=None)["sha256"], wanted)
        ).as_py()
    ]


def _chosen(con: duckdb.DuckDBPyConnection, agency: str, year: int | None) -> list[dict[str, Any]]:
    rows = _query(con, "FROM draft_matches ORDER BY organisation, report_year, scope, report_id")
    if year is not None:
        rows = [row for row in rows if row["report_year"] == year]
    if not agency:
        return rows
    names = {agency, normalise_name(agency), *_published_ids(con, agency)}
    return [
        row
        for row in rows
        if names & {row["org_id"], row["published_org_id"], row["name_normalised"]}
    ]


def _published_ids(con: duckdb.DuckDBPyConnection, agency: str) -> list[str]:
    """Return the published organisation of a name; none where only a draft names it."""
    try:
        return choose(con, read_catalog(con), Selection(agency=agency))
    except ConfigurationError:
        return []


def _write(path: Path, rows: Sequence[Row], version: str) -> None:
    beside = path.with_name(f".{path.name}.new")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        beside.touch(mode=0o600)  # drafts are nobody else's business
        write_workbook(beside, rows, version, neutralised)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _insert(
    con: duckdb.DuckDBPyConnection, name: str, rows: Sequence[Row], schema: pa.Schema
) -> None:
    kept = [{column: row[column] for column in schema.names} for row in rows]
    con.register("arriving", pa.Table.from_pylist(kept, schema))
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM arriving")
    con.unregister("arriving")


def _query(
    con: duckdb.DuckDBPyConnection, text: str, values: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    found = con.execute(text, values) if values else con.execute(text)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _sql(name: str) -> str:
    return (files("nianbao.letters") / "sql" / f"{name}.sql").read_text("utf-8")
