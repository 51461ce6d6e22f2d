"""Parsed data as Parquet: one row per report in a document, or one that says why there is none."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa

from nianbao.errors import ReadError
from nianbao.model import Report
from nianbao.reports.signatures import sign
from nianbao.reports.version import READER_VERSION

_TEXT = pa.string()
_VALUE = pa.decimal128(18, 4)


def _list_of(**fields: pa.DataType) -> pa.DataType:
    return pa.list_(pa.struct(list(fields.items())))


SECTIONS = _list_of(
    number=pa.int16(),
    code=_TEXT,
    title=_TEXT,
    text=_TEXT,
    location=_TEXT,
    signature=pa.list_(pa.uint32()),
)
"""`signature` is that of `nianbao.reports.signatures`; null for a section too short for one."""
CELLS = _list_of(
    code=_TEXT,
    raw=_TEXT,
    kind=_TEXT,
    value=_VALUE,
    unit=_TEXT,
    note=_TEXT,
    matched=_TEXT,
    label=_TEXT,
    heading=_TEXT,
    location=_TEXT,
    source_place=_TEXT,
)
"""`source_place` is `Cell.where`, under a name that is no word of SQL."""
NARRATIVE = _list_of(
    measure=_TEXT,
    value=_VALUE,
    unit=_TEXT,
    quote=_TEXT,
    label=_TEXT,
    part_of=_VALUE,
    text=_TEXT,
    location=_TEXT,
)
FINDINGS = _list_of(code=_TEXT, severity=_TEXT, message=_TEXT, location=_TEXT)

PARSED_SCHEMA = pa.schema(
    {
        "sha256": _TEXT,
        "reader_version": _TEXT,
        "ordinal": pa.int16(),
        "reader": _TEXT,
        "error_code": _TEXT,
        "error_message": _TEXT,
        "organisation": _TEXT,
        "report_year": pa.int16(),
        "form": _TEXT,
        "scope": _TEXT,
        "title": _TEXT,
        "published_on": _TEXT,
        "sections": SECTIONS,
        "cells": CELLS,
        "narrative": NARRATIVE,
        "findings": FINDINGS,
    }
)
"""`ordinal` counts what one document gave, from one: its reports, and members that gave none.

`error_code` is null for a report; otherwise all that follows `error_message` is null.
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file gave: reports, and the reasons why it, or members of a bundle, gave none."""

    sha256: str
    reader: str = ""
    found: tuple[Report | ReadError, ...] = ()

    @property
    def reports(self) -> tuple[Report, ...]:
        """The reports alone."""
        return tuple(item for item in self.found if isinstance(item, Report))

    @property
    def errors(self) -> tuple[ReadError, ...]:
        """The reasons alone."""
        return tuple(item for item in self.found if isinstance(item, ReadError))


def to_table(readings: Iterable[Reading]) -> pa.Table:
    """Return readings as a table of `PARSED_SCHEMA`."""
    rows = [row for reading in readings for row in _rows(reading)]
    return pa.Table.from_pylist(rows, schema=PARSED_SCHEMA)


def _rows(reading: Reading) -> list[dict[str, Any]]:
    base = {
        "sha256": reading.sha256,
        "reader_version": READER_VERSION,
        "reader": reading.reader,
    }
    return [
        {**base, "ordinal": ordinal, **_fields(item)}
        for ordinal, item in enumerate(reading.found, start=1)
    ]


def _fields(item: Report | ReadError) -> dict[str, Any]:
    if isinstance(item, ReadError):
        return {"error_code": item.code, "error_message": str(item)}
    fields = asdict(item)
    for cell in fields["cells"]:
        cell["source_place"] = cell.pop("where")
    signatures = sign(item.sections, item.organisation)
    for section, signature in zip(fields["sections"], signatures, strict=True):
        section["signature"] = signature
    return fields
