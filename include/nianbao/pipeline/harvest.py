"""Portals asked for their reports: the plan by host, and one shard's work."""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from nianbao.archive.log import history, write_part
from nianbao.archive.store import Archive
from nianbao.crawl.client import Client
from nianbao.crawl.harvest import discover as discover_leads
from nianbao.crawl.harvest import harvest_shard
from nianbao.crawl.shards import plan_shards
from nianbao.errors import ConfigurationError
from nianbao.model import Fetch, Portal, sha256_of
from nianbao.portals.registry import find_portal, load_valid_portals
from nianbao.settings import Settings

logger = logging.getLogger(__name__)

_FINE = frozenset({"fetched", "unchanged", "changed"})


def plan(settings: Settings) -> list[list[str]]:
    """Return the shards of the registry as lists of portal ids, all portals of a host in one.

    A broken record is logged and left out: it must not keep the other portals from being asked.
    """
    portals, problems = load_valid_portals(settings.portals_dir)
    for problem in problems.values():
        logger.error("portal left out: %s", problem)
    return [list(shard.portal_ids) for shard in plan_shards(portals)]


def harvest(
    settings: Settings, shard: list[str], run_id: str, attempt: int, years: list[int] | None
) -> dict[str, Any]:
    """Harvest the portals of a shard and write one part of the fetch log.

    Returns the number of portals, the counts per outcome, and a line for each request in trouble
    and for each portal whose record broke since the plan.
    """
    portals, broken = _records(settings, shard)
    archive = Archive(settings.archive_root)
    known = history(settings.archive_root, shard)
    with Client(settings.user_agent) as client:
        fetches = harvest_shard(portals, client, archive, known, _years(years))
    part = f"{sha256_of(' '.join(shard).encode())[:16]}-{attempt}"
    write_part(settings.archive_root, run_id, part, fetches)
    return {
        "portals": len(portals),
        "outcomes": dict(Counter(fetch.outcome for fetch in fetches)),
        "trouble": broken + [_line(fetch) for fetch in fetches if _is_trouble(fetch)],
    }


def discover(
    settings: Settings, portal: str, years: Sequence[int] | None
) -> Iterator[dict[str, Any]]:
    """Yield what a portal's lists lead to; asks for list pages only."""
    record = find_portal(settings.portals_dir, portal)
    with Client(settings.user_agent) as client:
        for lead in discover_leads(record, client, _years(years)):
            yield asdict(lead)


def _records(settings: Settings, shard: list[str]) -> tuple[list[Portal], list[str]]:
    portals, broken = [], []
    for portal_id in shard:
        try:
            portals.append(find_portal(settings.portals_dir, portal_id))
        except ConfigurationError as error:
            broken.append(f"{portal_id}: left out: {error}")
    return portals, broken


def _years(years: Sequence[int] | None) -> tuple[int, ...] | None:
    return tuple(years) if years else None


def _is_trouble(fetch: Fetch) -> bool:
    return fetch.outcome not in _FINE and fetch.purpose != "robots"


def _line(fetch: Fetch) -> str:
    return f"{fetch.portal_id}: {fetch.outcome}: {fetch.message or fetch.status} ({fetch.url})"
