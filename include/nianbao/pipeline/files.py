"""Files read and checked at once, without an archive or a warehouse: for the command line."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from nianbao.archive.log import FETCH_SCHEMA
from nianbao.documents.tools import format_needs
from nianbao.errors import ReadError
from nianbao.model import Fetch, Portal, Report, sha256_of
from nianbao.pipeline.reading import read_reports
from nianbao.quality.rule import load_rules
from nianbao.quality.run import run_checks
from nianbao.reports.parsed import PARSED_SCHEMA, Reading, to_table
from nianbao.warehouse.build import Sources, build

_PORTAL = Portal(id="files", name="files given on the command line", family="inbox")
_EVERY_STATUS = ("fail", "not_assessable", "pass")


def parse_files(paths: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """Yield one object per report found, or one with `error` for a file that cannot be read."""
    for path in paths:
        reading = _read(path)
        for error in reading.errors:
            yield {"source": str(path), "sha256": reading.sha256, "error": _error(error)}
        for report in reading.reports:
            yield {"source": str(path), "sha256": reading.sha256, **report_json(report)}


def missing_by_format() -> dict[str, str]:
    """Return what this machine lacks for formats that need more than Python; empty where nothing."""
    return {need.formats: need.missing for need in format_needs()}


def report_json(report: Report) -> dict[str, Any]:
    """Return a report as plain JSON data, its cells by code; numbers stay numbers."""
    data = _plain(asdict(report))
    cells = {cell.pop("code"): _without_nulls(cell) for cell in data.pop("cells")}
    return {**data, "cells": cells}


def check_files(paths: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """Yield every check of every report in the files, failing ones first, then one per error.

    Reports of several years are laid side by side, as in the warehouse.
    """
    readings = [(path, _read(path)) for path in paths]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "check.duckdb"
        build(file, _sources(readings, Path(folder) / "parsed.parquet"))
        run_checks(file, load_rules(), keep=_EVERY_STATUS)
        yield from _checks(file)


def _checks(file: Path) -> Iterator[dict[str, Any]]:
    query = (Path(__file__).with_name("checks.sql")).read_text("utf-8")
    with duckdb.connect(str(file), read_only=True) as con:
        for statement in query.split(";\n"):
            cursor = con.execute(statement)
            names = [column[0] for column in cursor.description or ()]
            yield from (dict(zip(names, row, strict=True)) for row in cursor.fetchall())


def _read(path: Path) -> Reading:
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = ReadError("unreadable_file", error.strerror or str(error))
        return Reading("", found=(reason,))
    return read_reports(sha256_of(data), data)


def _sources(readings: Sequence[tuple[Path, Reading]], parsed: Path) -> Sources:
    pq.write_table(to_table(reading for _, reading in readings), parsed)
    now = datetime.now(UTC)
    fetches = [
        Fetch("files", str(path), "report", "fetched", now, 0, sha256=reading.sha256)
        for path, reading in readings
    ]
    log = pa.Table.from_pylist([asdict(fetch) for fetch in fetches], schema=FETCH_SCHEMA)
    log = log.append_column("run_id", pa.array(["files"] * len(log), pa.string()))
    return Sources(log, [str(parsed)], PARSED_SCHEMA, [_PORTAL])


def _error(error: ReadError) -> dict[str, str]:
    return {"code": error.code, "message": str(error)}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _without_nulls(cell: dict[str, Any]) -> dict[str, Any]:
    """Leave out `unit` and `note` where there is none; a null `value` says that there is no number."""
    return {key: item for key, item in cell.items() if item is not None or key == "value"}
