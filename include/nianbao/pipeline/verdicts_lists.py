"""Work-lists written from a published version, and items listed with their states."""

import hashlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from nianbao.errors import ConfigurationError
from nianbao.export.catalog import read_catalog
from nianbao.export.neutral import neutralised
from nianbao.export.selection import Selection, choose
from nianbao.export.source import Published, reading
from nianbao.privacy import masked
from nianbao.settings import Settings
from nianbao.verdicts.items import items_of, query
from nianbao.verdicts.model import Event, Item
from nianbao.verdicts.states import OPEN, state_of, states
from nianbao.verdicts.store import Store
from nianbao.verdicts.worklist.rows import list_row, state_text
from nianbao.verdicts.worklist.write import Heading, write_worklist
from nianbao.warehouse.versions import WAREHOUSE_FILE, Version, current_version

UNSETTLED = ("open", "returned")
_SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True)
class Chosen:
    """Which findings are wanted; the empty choice takes all of them."""

    place: str = ""
    portal: str = ""
    agency: str = ""
    years: tuple[int, ...] = ()
    states: tuple[str, ...] = ()
    infos: bool = False
    """True where findings of severity info are wanted too."""

    def __post_init__(self) -> None:
        """Raise `ConfigurationError` for what cannot be meant."""
        if sum(map(bool, (self.place, self.portal, self.agency))) > 1:
            raise ConfigurationError("give one of a place, a portal and an agency")
        if unknown := sorted(set(self.states) - set(states())):
            raise ConfigurationError(f"no such state: {', '.join(unknown)}; {', '.join(states())}")

    @property
    def text(self) -> str:
        """Return it in words, for people."""
        parts = [self.place, self.portal, self.agency, "、".join(map(str, self.years))]
        return " ".join(part for part in parts if part) or "全部"


def parse_states(text: str) -> tuple[str, ...]:
    """Return the states of a list with commas, by their names or Chinese words."""
    words = [word.strip() for word in text.split(",") if word.strip()]
    return tuple(state_of(word) or word for word in words)


def write_list(settings: Settings, chosen: Chosen, path: Path) -> dict[str, Any]:
    """Write a work-list of what is not settled, or of the states asked for.

    Raises `ConfigurationError` where nothing is published, or nothing is chosen.
    """
    if not (chosen.place or chosen.portal or chosen.agency):
        raise ConfigurationError("a work-list is for one --place, --portal or --agency")
    version = published_now(settings)
    now = datetime.now(UTC).replace(tzinfo=None)
    wanted = chosen.states or UNSETTLED
    list_id = hashlib.sha256(f"{version.id} {chosen} {now.isoformat()}".encode()).hexdigest()[:16]
    rows: list[dict[str, Any]] = []
    for found, item, last in _found(settings, chosen):
        if (last.state if last else OPEN) in wanted:
            rows.append(list_row(len(rows) + 1, found, item, last, list_id, neutralised))
    write_worklist(path, rows, Heading(chosen.text, version.id, now))
    return {"path": str(path), "items": len(rows), "version": version.id, "list_id": list_id}


def listed_items(settings: Settings, chosen: Chosen) -> Iterator[dict[str, Any]]:
    """Yield the findings with their states; of those that are not found any more what was decided."""
    keys = set()
    for found, item, last in _found(settings, chosen):
        keys.add(item.item_key)
        state = last.state if last else OPEN
        if not chosen.states or state in chosen.states:
            yield _listed(item, last, state) | {
                "severity": found["severity"], "title": found["title_zh"], "found": True,
            }  # fmt: skip
    org_ids = _org_ids(settings, chosen)
    for last in last_events(settings).values():
        is_wanted = not chosen.states or last.state in chosen.states
        is_chosen = org_ids is None or last.org_id in org_ids
        in_years = not chosen.years or last.report_year in chosen.years
        if last.item_key not in keys and is_wanted and is_chosen and in_years:
            yield _listed(None, last, last.state) | {"found": False}


def _listed(item: Item | None, last: Event | None, state: str) -> dict[str, Any]:
    known: Item | Event | None = item or last
    assert known is not None  # noqa: S101 - an item is found, or was decided on
    return {
        "item_key": known.item_key,
        "state": state,
        "state_text": masked(state_text(last)),
        "organisation": known.organisation,
        "report_year": known.report_year,
        "scope": known.scope,
        "rule_id": known.rule_id,
        "subject": masked(known.subject),
        "finding": masked(known.finding) if known.finding else None,
        "report_id": known.report_id,
    }


def current_items(settings: Settings, keys: Sequence[str]) -> dict[str, Item]:
    """Return the findings of these keys that fail in the published version."""
    with opened(settings) as con:
        return items_of(con, keys)


def keys_beginning(settings: Settings, prefix: str) -> list[str]:
    """Return the keys of the published findings that begin so."""
    with opened(settings) as con:
        rows = con.execute(
            "SELECT DISTINCT item_key FROM check_results WHERE starts_with(item_key, ?) "
            "AND status = 'fail' ORDER BY item_key LIMIT 5",
            [prefix],
        ).fetchall()
    return [str(key) for (key,) in rows]


def _found(
    settings: Settings, chosen: Chosen
) -> Iterator[tuple[Mapping[str, Any], Item, Event | None]]:
    """Yield findings in the order of a work-list, with their latest events."""
    with opened(settings) as con:
        _choose(con, chosen)
        kept = _SEVERITIES if chosen.infos else _SEVERITIES[:2]
        con.execute("SET VARIABLE severities = ?", [list(kept)])
        rows = query(con, "worklist")
        items = items_of(con, [row["item_key"] for row in rows])
    lasts = last_events(settings)
    for row in rows:
        yield row, items[row["item_key"]], lasts.get(row["item_key"])


def last_events(settings: Settings) -> dict[str, Event]:
    """Return the latest decision on each item, as the store has it this moment."""
    with Store(settings.verdicts_location) as store, store.reading() as found:
        return found.latest()


def _choose(con: duckdb.DuckDBPyConnection, chosen: Chosen) -> None:
    choose(con, read_catalog(con), Selection(place=chosen.place, agency=chosen.agency))
    con.execute(
        "CREATE OR REPLACE TEMP TABLE listed_reports AS SELECT report_id FROM reports "
        "WHERE org_id IN (FROM chosen) AND ($portal = '' OR portal_id = $portal) "
        "AND (len($years::INTEGER[]) = 0 OR list_contains($years::INTEGER[], report_year))",
        {"portal": chosen.portal, "years": list(chosen.years)},
    )
    if chosen.portal and not con.execute("SELECT 1 FROM listed_reports LIMIT 1").fetchone():
        known = con.execute("SELECT 1 FROM portals WHERE portal_id = ?", [chosen.portal]).fetchone()
        if not known:
            raise ConfigurationError(
                f"no portal {chosen.portal!r} is known to the published version"
            )


def _org_ids(settings: Settings, chosen: Chosen) -> set[str] | None:
    if not (chosen.place or chosen.portal or chosen.agency):
        return None
    with opened(settings) as con:
        _choose(con, chosen)
        rows = con.execute(
            "SELECT DISTINCT org_id FROM reports WHERE report_id IN (FROM listed_reports)"
        ).fetchall()
    return {str(org_id) for (org_id,) in rows}


def published_now(settings: Settings) -> Version:
    """Return the version that readers have; raises `ConfigurationError` where there is none."""
    version = current_version(settings.warehouse_root)
    if version is None:
        raise ConfigurationError(f"nothing is published in {settings.warehouse_root} yet")
    return version


@contextmanager
def opened(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection to the published version that writes nothing into it."""
    version = published_now(settings)
    path = settings.warehouse_root / "versions" / version.id / WAREHOUSE_FILE
    source = Published(path, version.id, version.content_hash, version.published_at)
    with (
        tempfile.TemporaryDirectory(prefix="nianbao-list-") as spill,
        reading(source, Path(spill), settings.exports_memory) as con,
    ):
        yield con
