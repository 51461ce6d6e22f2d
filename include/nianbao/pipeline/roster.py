"""Rosters kept as a source of truth: checked, stored, and read by every build."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nianbao.archive.asked import read_asked
from nianbao.errors import ConfigurationError
from nianbao.model import RosterEntry
from nianbao.pipeline.identities import read_identities
from nianbao.pipeline.portals_import import roster_cells
from nianbao.portals.registry import load_valid_portals
from nianbao.portals.roster import table_text
from nianbao.settings import Settings
from nianbao.warehouse.organisations.known import Known, read_deadlines
from nianbao.warehouse.organisations.roster import COLUMNS, Roster, read_roster

DEADLINES = "deadlines.csv"
"""File of local deadlines in the folder of the rosters."""
_MOST_TOLD = 5


def known_bodies(settings: Settings) -> Known:
    """Return what rosters, local rules and finished harvests say, for a build.

    Raises `ConfigurationError` where a stored roster has errors: to leave a line out would make a
    body that owes a report look as if it didn't.
    """
    return Known(
        roster=tuple(stored_entries(settings)),
        deadlines=local_deadlines(settings),
        identities=read_identities(settings.identities_file),
        asked=read_asked(settings.archive_root, cache=settings.cache_folder),
    )


def check_roster(settings: Settings, path: Path) -> Roster:
    """Return what a roster file says and what is wrong with it."""
    portals = None
    if settings.portals_dir.is_dir():
        found, broken = load_valid_portals(settings.portals_dir)
        portals = {*broken, *(portal.id for portal in found)}
    return read_roster(roster_cells(path), path.name, portals)


def add_roster(settings: Settings, path: Path, *, replace: bool = False) -> Path:
    """Store a roster in the folder of the rosters as UTF-8 CSV and return its place there.

    Raises `ConfigurationError` where it has errors, or where one of its name is stored and may not
    be replaced.
    """
    roster = check_roster(settings, path)
    if roster.errors or not roster.entries:
        raise ConfigurationError(f"{path}: not stored: {_told(roster) or 'it names nobody'}")
    target = settings.roster_root / f"{path.stem}.csv"
    if target.name == DEADLINES:
        raise ConfigurationError(f"{path}: {DEADLINES} is the name of the file of local deadlines")
    if target.exists() and not replace:
        raise ConfigurationError(f"{target} is there; --replace puts this one in its place")
    _write(target, _csv(roster.entries))
    return target


def stored_entries(settings: Settings) -> Iterator[RosterEntry]:
    """Yield the entries of every stored roster, by file and line."""
    for path in stored_rosters(settings):
        roster = read_roster(roster_cells(path), path.name)
        if roster.errors:
            raise ConfigurationError(f"{path}: {_told(roster)}")
        yield from roster.entries


def stored_rosters(settings: Settings) -> list[Path]:
    """Return the files of the stored rosters."""
    paths = settings.roster_root.glob("*.csv")
    return sorted(path for path in paths if path.name != DEADLINES)


def local_deadlines(settings: Settings) -> tuple[Any, ...]:
    """Return the local rules, none where there is no file of them."""
    path = settings.roster_root / DEADLINES
    return read_deadlines(table_text(path.read_bytes()), str(path)) if path.exists() else ()


def add_deadlines(settings: Settings, path: Path) -> int:
    """Store a file of local deadlines in place of the one that was there; return its rules' number."""
    try:
        text = table_text(path.read_bytes())
    except OSError as error:
        raise ConfigurationError(f"{path}: {error}") from error
    rules = read_deadlines(text, path.name)
    _write(settings.roster_root / DEADLINES, text)
    return len(rules)


def _told(roster: Roster) -> str:
    lines = [f"line {one.line}: {one.message}" for one in roster.errors]
    more = len(lines) - _MOST_TOLD
    return "; ".join(lines[:_MOST_TOLD]) + (f"; and {more} more errors" if more > 0 else "")


def _csv(entries: tuple[RosterEntry, ...]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for entry in entries:
        values: dict[str, Any] = {name: getattr(entry, name) for name in COLUMNS}
        values["aliases"] = "、".join(entry.aliases)
        writer.writerow({name: "" if value is None else value for name, value in values.items()})
    return text.getvalue()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, "utf-8", newline="")
    beside.replace(path)
