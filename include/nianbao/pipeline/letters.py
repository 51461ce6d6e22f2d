"""Letters written from a published version, with the verdicts of this moment."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from nianbao.errors import ConfigurationError, VerdictError
from nianbao.export.catalog import read_catalog
from nianbao.export.neutral import neutralised
from nianbao.export.selection import Selection, choose
from nianbao.letters.circular import circular, write_table
from nianbao.letters.names import safe_name, safe_names
from nianbao.letters.notice import Heading, notice
from nianbao.letters.words import words
from nianbao.pipeline.verdicts_lists import last_events, opened, published_now
from nianbao.settings import Settings
from nianbao.verdicts.model import Event
from nianbao.verdicts.states import states
from nianbao.verdicts.worklist.dates import day_of

_EVENTS = pa.schema(
    {
        **dict.fromkeys(
            ("item_key", "report_id", "org_id", "organisation", "scope", "state"), pa.string()
        ),
        "report_year": pa.int64(),
        **dict.fromkeys(("responsible", "remark"), pa.string()),
        "due_on": pa.date32(),
    }
)
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Wanted:
    """Which letters are wanted, and what they say of who writes them."""

    place: str = ""
    agency: str = ""
    year: int | None = None
    """`None`: findings of all years, and the 通报 on the newest year of which something was due."""
    states: tuple[str, ...] = ("returned",)
    issuer: str = ""
    issued_on: date | None = None

    def __post_init__(self) -> None:
        """Raise `ConfigurationError` for what cannot be meant."""
        if bool(self.place) == bool(self.agency):
            raise ConfigurationError("letters are for one --agency, or for one --place")
        if unknown := sorted(set(self.states) - set(states())):
            raise ConfigurationError(f"no such state: {', '.join(unknown)}; {', '.join(states())}")


def write_letters(settings: Settings, wanted: Wanted, out: Path) -> Iterator[dict[str, Any]]:
    """Write a notice per agency that has findings and, for a place, the 通报; yield what was written.

    A file that is there and differs is never overwritten: somebody may have filled it in. Raises
    `VerdictError` for it and where the store cannot be read, `ConfigurationError` where nothing is
    published or nothing is chosen.
    """
    version = published_now(settings)
    events = last_events(settings)
    decided = max((event.decided_at for event in events.values()), default=None)
    published = datetime.fromisoformat(version.published_at).astimezone(UTC)
    heading = Heading(version.id, published, decided, wanted.issuer, wanted.issued_on)
    out.mkdir(parents=True, exist_ok=True)
    with opened(settings) as con:
        choose(con, read_catalog(con), Selection(place=wanted.place, agency=wanted.agency))
        _register(con, events)
        yield from _notices(con, wanted, heading, out)
        if wanted.place:
            yield from _circular(con, wanted, heading, out)


def _notices(
    con: duckdb.DuckDBPyConnection, wanted: Wanted, heading: Heading, out: Path
) -> Iterator[dict[str, Any]]:
    asked = {"year": wanted.year, "states": list(wanted.states)}
    rows = _rows(con, "findings", asked)
    names = safe_names({row["org_id"]: row["organisation"] for row in rows})
    for org_id, group in groupby(rows, key=lambda row: str(row["org_id"])):
        findings = list(group)
        name = words()["notice"]["file"].format(name=names[org_id])
        path = out / f"{name}.docx"
        _keep(path, notice(findings[0]["organisation"], findings, heading))
        yield {"path": str(path), "letter": "notice", "org_id": org_id, "findings": len(findings)}
    [gone] = _rows(con, "gone", asked)
    if gone["items"] or not rows:
        yield {"letter": "notice", "path": None, "findings": 0, "not_found_any_more": gone["items"]}


def _circular(
    con: duckdb.DuckDBPyConnection, wanted: Wanted, heading: Heading, out: Path
) -> Iterator[dict[str, Any]]:
    year = wanted.year or _rows(con, "last_year", {})[0]["report_year"]
    rows = _rows(con, "circular", {"year": year}) if year else []
    if not rows:
        yield {"path": None, "letter": "circular", "report_year": year, "rows": 0}
        return
    [*named] = _rows(con, "place", {"place": wanted.place})
    say = words()["circular"]
    place = named[0]["name"] if named else say["no_name"].format(place=wanted.place)
    name = say["file"].format(place=safe_name(place), year=year)
    title = say["title"].format(place=place, year=year)
    told = {"letter": "circular", "report_year": year, "rows": len(rows)}
    path = out / f"{name}.docx"
    _keep(path, circular(place, year, rows, heading))
    yield {"path": str(path), **told}
    table, beside = out / f"{name}.xlsx", out / f".{name}.xlsx.new"
    try:
        write_table(beside, title, rows, heading, neutralised)
        data = beside.read_bytes()
    finally:
        beside.unlink(missing_ok=True)
    _keep(table, data)
    yield {"path": str(table), **told}


def _keep(path: Path, data: bytes) -> None:
    if path.exists():
        if path.read_bytes() == data:
            return
        raise VerdictError(f"{path} is there already and differs; choose another --out")
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(data)
    beside.replace(path)


def _register(con: duckdb.DuckDBPyConnection, events: Mapping[str, Event]) -> None:
    rows = [event.row() for _, event in sorted(events.items())]
    kept = [{name: row[name] for name in _EVENTS.names} for row in rows]
    con.register("events_now", pa.Table.from_pylist(kept, _EVENTS))
    con.execute("CREATE OR REPLACE TEMP TABLE last_events AS FROM events_now")
    con.unregister("events_now")


def _rows(
    con: duckdb.DuckDBPyConnection, name: str, values: Mapping[str, Any]
) -> Sequence[dict[str, Any]]:
    text = (files("nianbao.letters") / "sql" / f"{name}.sql").read_text("utf-8")
    found = con.execute(text, dict(values))
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def parse_day(text: str) -> date | None:
    """Return the day of a letter; `None` for an empty text.

    Raises `ConfigurationError` for a text that is none.
    """
    day = day_of(text) if text else None
    if text and day is None:
        raise ConfigurationError(f"not a date: {text!r}; write 2026-03-05")
    return day
