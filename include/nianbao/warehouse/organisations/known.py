"""What is known of bodies beside reports and portal records."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import pyarrow as pa

from nianbao.errors import ConfigurationError
from nianbao.model import RosterEntry

ASKED_SCHEMA = pa.schema(
    {"portal_id": pa.string(), "run_id": pa.string(), "years": pa.list_(pa.int64())}
)
"""What each harvest that came to its end was after: `years` is null where any year would do."""

DEADLINE_COLUMNS = (
    *("first_year", "last_year", "kind", "level", "place", "scope"),
    *("month", "day", "basis"),
)
_NUMBERS = frozenset({"first_year", "last_year", "month", "day"})


@dataclass(frozen=True)
class Known:
    """The sources of organisations and coverage."""

    roster: Sequence[RosterEntry] = ()
    deadlines: Sequence[Mapping[str, object]] = ()
    """Local rules beside the national ones, see `read_deadlines`."""
    identities: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Ids that were given to printed names: by normalised name and division of the site."""
    asked: pa.Table = field(default_factory=ASKED_SCHEMA.empty_table)


@cache
def national_deadlines() -> tuple[Mapping[str, object], ...]:
    """Return the deadlines of the national regulations."""
    text = (files("nianbao.warehouse.organisations") / "deadlines.csv").read_text("utf-8")
    return read_deadlines(text, "deadlines.csv")


def read_deadlines(text: str, name: str) -> tuple[Mapping[str, object], ...]:
    """Return the rules of a CSV file; an empty cell is any value, `place` the beginning of a code.

    Raises `ConfigurationError` with file and line.
    """
    rows = csv.DictReader(text.splitlines(), strict=True)
    if tuple(rows.fieldnames or ()) != DEADLINE_COLUMNS:
        raise ConfigurationError(f"{name}:1: the columns are {','.join(DEADLINE_COLUMNS)}")
    return tuple(_deadline(row, f"{name}:{rows.line_num}") for row in rows)


def _deadline(row: dict[str, str], where: str) -> Mapping[str, object]:
    try:
        found: dict[str, object] = {
            column: (int(text) if column in _NUMBERS else text) if text else None
            for column, text in row.items()
        }
    except ValueError as error:
        raise ConfigurationError(f"{where}: {error}") from error
    missing = [name for name in ("first_year", "month", "day", "basis") if found[name] is None]
    if missing:
        raise ConfigurationError(f"{where}: no {', '.join(missing)}")
    return found
