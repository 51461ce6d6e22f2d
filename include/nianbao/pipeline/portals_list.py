"""The registry as a table: what there is, how far it is known, and what the last harvest made of it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from nianbao.archive.log import read_log
from nianbao.model import Portal
from nianbao.portals.checks import registry_faults
from nianbao.portals.registry import load_valid_portals
from nianbao.settings import Settings

_COLUMNS = ("id", "family", "agencies", "verified", "enabled", "last harvest")


def list_portals(settings: Settings) -> tuple[list[dict[str, Any]], list[str]]:
    """Return one object per portal, by id, and a line per broken or contradictory record."""
    portals, problems = load_valid_portals(settings.portals_dir)
    harvested = _last_harvests(settings)
    rows = [_row(portal, harvested.get(portal.id)) for portal in portals]
    return rows, [*problems.values(), *registry_faults(portals)]


def show_portals(rows: Sequence[dict[str, Any]], console: Console | None = None) -> None:
    """Print the portals as a table, with the counts below."""
    console = console or Console()
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for column in _COLUMNS:
        table.add_column(column, overflow="fold", no_wrap=column == "id")
    for row in rows:
        table.add_row(*(_shown(row[column.replace(" ", "_")]) for column in _COLUMNS))
    console.print(table)
    families = Counter(row["family"] for row in rows)
    counts = ", ".join(f"{count} {family}" for family, count in families.most_common())
    enabled = sum(row["enabled"] for row in rows)
    console.print(f"{len(rows)} portals, {enabled} enabled: {counts}", markup=False)


def _row(portal: Portal, harvested: str | None) -> dict[str, Any]:
    return {
        "id": portal.id,
        "name": portal.name,
        "family": portal.family,
        "agencies": len(portal.agencies),
        "verified": portal.verified,
        "verified_on": portal.verified_on,
        "enabled": portal.enabled,
        "last_harvest": harvested,
        "status_note": portal.status_note,
    }


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    # Most terminals are narrow, and the second word says nothing more.
    return "" if value is None else str(value).removesuffix(" behaviour")


def _last_harvests(settings: Settings) -> dict[str, str]:
    """Return the day and the outcomes of every portal's last run; empty without an archive."""
    log = read_log(settings.archive_root, cache=settings.cache_folder).select(
        ["portal_id", "run_id", "fetched_at", "outcome", "purpose"]
    )
    runs: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for line in log.to_pylist():
        runs.setdefault(line["portal_id"], {}).setdefault(line["run_id"], []).append(line)
    return {portal_id: _told(max(of.values(), key=_ended)) for portal_id, of in runs.items()}


def _ended(lines: list[dict[str, Any]]) -> Any:
    return max(line["fetched_at"] for line in lines)


def _told(lines: list[dict[str, Any]]) -> str:
    """Return `2026-01-20: 12 unchanged, 1 failed`: reports, and whatever went wrong with lists."""
    outcomes = Counter(
        line["outcome"]
        for line in lines
        if line["purpose"] == "report"
        or (line["purpose"] == "list" and line["outcome"] != "fetched")
    )
    counts = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common())
    return f"{_ended(lines).date()}: {counts or 'no report'}"
