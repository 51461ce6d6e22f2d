"""Verdicts in a build: copied in from the store, followed over the checks, and handed back to it."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import MISSING, fields
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from nianbao.verdicts.items import seen_of
from nianbao.verdicts.lifecycle import follow
from nianbao.verdicts.model import Event, Seen

_NAMES = tuple(field.name for field in fields(Event))
_NEEDED = {field.name for field in fields(Event) if field.default is MISSING}
_TYPES = {
    "step": pa.int32(), "rule_version": pa.int16(), "report_year": pa.int16(), "due_on": pa.date32(),
    "decided_at": pa.timestamp("us"), "automatic": pa.bool_(),
}  # fmt: skip
_SCHEMA = pa.schema([(name, _TYPES.get(name, pa.string())) for name in _NAMES])


def decisions_hash(events: Iterable[Event]) -> str:
    """Return a hash that changes with every decision of a person.

    What a build decided is no input of the next one: it follows from the others and from the build.
    """
    found = hashlib.sha256()
    for event in events:
        if not event.automatic:
            found.update(repr(sorted(event.row().items())).encode())
    return found.hexdigest()


def copy_events(path: Path, events: Sequence[Event]) -> None:
    """Copy the events into a staging warehouse that has none."""
    if events:
        with duckdb.connect(str(path)) as con:
            _insert(con, events)


def follow_checks(path: Path, at: datetime) -> list[Event]:
    """Decide what follows from a staging warehouse's checks, and write it into it.

    Run twice it decides nothing more. Returns the new events.
    """
    with duckdb.connect(str(path)) as con:
        lasts = {event.item_key: event for event in _read(con, "verdict_states")}
        con.execute("DELETE FROM verdict_standing")
        if not lasts:
            return []
        seen = seen_of(con, lasts)
        decided = (follow(lasts[key], one, at) for key, one in sorted(seen.items()))
        new = [event for event in decided if event is not None]
        _insert(con, new)
        _stand(con, lasts | {event.item_key: event for event in new}, seen)
        return new


def published_events(path: Path) -> list[Event]:
    """Return the events that a published warehouse holds; none where it is of an older program."""
    if not path.exists():
        return []
    with duckdb.connect(str(path), read_only=True) as con:
        rows = con.execute(
            "SELECT column_name FROM duckdb_columns() WHERE table_name = 'verdict_events'"
        ).fetchall()
        known = {name for (name,) in rows}
        if not known >= _NEEDED:
            return []
        return list(_read(con, "verdict_events", [name for name in _NAMES if name in known]))


def _read(
    con: duckdb.DuckDBPyConnection, name: str, names: Sequence[str] = _NAMES
) -> Iterable[Event]:
    columns = ", ".join(f'"{column}"' for column in names)
    rows = con.execute(f"SELECT {columns} FROM {name} ORDER BY item_key, step").fetchall()  # noqa: S608
    return [Event(**dict(zip(names, row, strict=True))) for row in rows]


def _insert(con: duckdb.DuckDBPyConnection, events: Sequence[Event]) -> None:
    rows = sorted((event.row() for event in events), key=lambda row: (row["item_key"], row["step"]))
    con.register("new_events", pa.Table.from_pylist(rows, schema=_SCHEMA))
    con.execute("INSERT INTO verdict_events BY NAME FROM new_events")
    con.unregister("new_events")


def _stand(con: duckdb.DuckDBPyConnection, lasts: dict[str, Event], seen: dict[str, Seen]) -> None:
    rows = [
        {
            "item_key": key,
            "standing": one.standing,
            "rule_changed": one.rule_version != lasts[key].rule_version,
        }
        for key, one in sorted(seen.items())
    ]
    con.register("new_standing", pa.Table.from_pylist(rows))
    con.execute("INSERT INTO verdict_standing BY NAME FROM new_standing")
    con.unregister("new_standing")
