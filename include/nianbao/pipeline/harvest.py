"""Portals asked for their reports: the plan by host, and one shard's work."""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from nianbao.archive import Archive, LogWriter
from nianbao.archive.asked import write_asked
from nianbao.archive.listed import write_listed
from nianbao.archive.log import last_with_bytes, read_log
from nianbao.crawl.alarms import Alarm, alarms
from nianbao.crawl.harvest import discover as discover_leads
from nianbao.crawl.harvest import harvest_shard
from nianbao.crawl.orders import Orders
from nianbao.crawl.shards import host_groups, plan_shards
from nianbao.crawl.years import wanted_years
from nianbao.errors import ConfigurationError
from nianbao.model import Fetch, Lead, Portal, sha256_of
from nianbao.pipeline.choosing import Choice, choose
from nianbao.pipeline.conduct import client_of, orders_of, years_of
from nianbao.pipeline.log_lines import Lines, lines_by_portal
from nianbao.pipeline.told import listed, told
from nianbao.portals.families import Years
from nianbao.portals.registry import find_portal, load_valid_portals
from nianbao.settings import Settings

logger = logging.getLogger(__name__)

_FINE = frozenset({"fetched", "unchanged", "changed"})


def plan(
    settings: Settings,
    only: Sequence[str] = (),
    *,
    portals: Sequence[str] = (),
    places: Sequence[str] = (),
    limit: int | None = None,
) -> list[list[str]]:
    """Return the shards of the registry as lists of portal ids, all portals of a host in one.

    `only`, `portals` and `places` narrow the registry down, see `Choice`; `limit` is the most shards
    that whoever runs them takes. Raises `ConfigurationError` for a choice that can't be meant. A
    broken record is logged and left out: it must not keep the other portals from being asked.
    """
    known, problems = load_valid_portals(settings.portals_dir)
    for problem in problems.values():
        logger.error("portal left out: %s", problem)
    chosen = choose(known, Choice(only, portals, places), settings)
    return [list(shard.portal_ids) for shard in plan_shards(chosen, limit=limit)]


def harvest(
    settings: Settings,
    shard: list[str],
    run_id: str,
    attempt: int,
    years: list[int] | None,
    *,
    due_only: bool = False,
) -> dict[str, Any]:
    """Harvest the portals of a shard, with each line put into the fetch log as it comes.

    With `years`, every report on them is asked for; without, last year's, and once in a while the
    older ones. With `due_only` the revisit policy holds for the `years` given too, as a harvest that
    comes every day wants it. What this run has had already, before an interruption, is not asked for
    again. Returns the numbers of portals and of hosts (those that portals share are one), the counts
    per outcome and per portal, the bytes, the alarms, and in `trouble` a line for each of them, for
    each request in trouble and for each record that broke since the plan.
    """
    portals, broken = readable_records(settings, shard)
    log = read_log(settings.archive_root, shard, cache=settings.cache_folder)
    lines = lines_by_portal(log)
    leads: list[Lead] = []
    part = f"{sha256_of(' '.join(shard).encode())[:16]}-{attempt}"
    with LogWriter(settings.archive_root, run_id, part) as writer, client_of(settings) as client:
        now = client.clock.now()
        orders = orders_of(settings, portals, lines, run_id, years, now, due_only=due_only)
        orders = replace(orders, keep=writer.add, heard=leads.append)
        archive, known = Archive(settings.archive_root), last_with_bytes(log)
        fetches = harvest_shard(portals, client, archive, known, years_of(years), orders)
        finished = client.clock.now()
    after = {portal.id: wanted_years(portal, years_of(years), now) for portal in portals}
    write_asked(settings.archive_root, run_id, part, after)
    write_listed(settings.archive_root, run_id, part, finished, listed(portals, leads))
    raised = _alarms(portals, leads, lines, years_of(years), now, orders)
    trouble = [_line(fetch) for fetch in fetches if _is_trouble(fetch)]
    return {
        "portals": len(portals),
        "hosts": len(host_groups(portals)),
        "outcomes": dict(Counter(fetch.outcome for fetch in fetches)),
        "by_portal": told(portals, leads, fetches),
        "bytes": sum(fetch.size or 0 for fetch in fetches),
        "alarms": [asdict(alarm) for alarm in raised],
        "trouble": broken + [_alarm_line(alarm) for alarm in raised] + trouble,
    }


def _alarms(
    portals: Sequence[Portal],
    leads: Sequence[Lead],
    lines: Lines,
    years: Years,
    now: datetime,
    orders: Orders,
) -> list[Alarm]:
    return [
        alarm
        for portal in portals
        for alarm in alarms(
            portal,
            [lead for lead in leads if lead.portal_id == portal.id],
            [fetch for _, fetch in lines.get(portal.id, ())],
            years,
            now,
            orders.pages_of.get(portal.id),
        )
    ]


def discover(
    settings: Settings, portal: str, years: Sequence[int] | None
) -> Iterator[dict[str, Any]]:
    """Yield what a portal's lists lead to; asks for list pages only."""
    record = find_portal(settings.portals_dir, portal)
    with client_of(settings) as client:
        for lead in discover_leads(record, client, years_of(years)):
            yield asdict(lead)


def readable_records(settings: Settings, shard: list[str]) -> tuple[list[Portal], list[str]]:
    """Return the portals of a shard, and a line for each record that broke since the plan."""
    portals, broken = [], []
    for portal_id in shard:
        try:
            portals.append(find_portal(settings.portals_dir, portal_id))
        except ConfigurationError as error:
            broken.append(f"{portal_id}: left out: {error}")
    return portals, broken


def _is_trouble(fetch: Fetch) -> bool:
    return fetch.outcome not in _FINE and fetch.purpose != "robots"


def _line(fetch: Fetch) -> str:
    return f"{fetch.portal_id}: {fetch.outcome}: {fetch.message or fetch.status} ({fetch.url})"


def _alarm_line(alarm: Alarm) -> str:
    return f"{alarm.portal_id}: {alarm.severity}: {alarm.message}"
