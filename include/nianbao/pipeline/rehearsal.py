"""A harvest rehearsed: what it would ask for, by asking list pages only; nothing is written."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from nianbao.archive import History
from nianbao.archive.log import last_with_bytes, read_log
from nianbao.crawl.hosts import is_web
from nianbao.crawl.orders import Orders
from nianbao.crawl.walk import walk
from nianbao.crawl.years import wanted_years
from nianbao.model import Fetch, Lead, Portal
from nianbao.pipeline.conduct import client_of, orders_of, years_of
from nianbao.pipeline.harvest import readable_records
from nianbao.pipeline.log_lines import lines_by_portal
from nianbao.settings import Settings


def rehearse(
    settings: Settings, shard: list[str], years: list[int] | None, *, due_only: bool = False
) -> dict[str, Any]:
    """Return what `harvest` with the same arguments would ask the portals of a shard for.

    Robots files and list pages are asked for, since only they tell; no report is, and neither the
    archive nor the log gets a byte. `asks` has the addresses by portal, new ones and old ones that
    are due; an attachment shows only once its page is fetched. Portals are worked one by one.
    """
    portals, broken = readable_records(settings, shard)
    log = read_log(settings.archive_root, shard, cache=settings.cache_folder)
    known, lines = last_with_bytes(log), lines_by_portal(log)
    rows, trouble = [], list(broken)
    with client_of(settings) as client:
        now = client.clock.now()
        orders = orders_of(settings, portals, lines, "", years, now, due_only=due_only)
        for portal in portals:
            pages = wanted_years(portal, orders.pages_of.get(portal.id, years_of(years)), now)
            wanted = wanted_years(portal, years_of(years), now)
            items = list(walk(portal, client, wanted, pages=pages))
            rows.append(_row(portal, items, known, orders, now))
            trouble += _trouble(items)
    return {
        "portals": len(portals),
        "outcomes": dict(sum((Counter(row["counts"]) for row in rows), Counter())),
        "by_portal": rows,
        "trouble": trouble,
    }


def _row(
    portal: Portal, items: Sequence[Lead | Fetch], known: History, orders: Orders, now: datetime
) -> dict[str, Any]:
    counts: Counter[str] = Counter()
    asks: list[str] = []
    for lead in (item for item in items if isinstance(item, Lead)):
        state = _state(lead, known.get((portal.id, lead.url)), orders, now)
        counts[state] += 1
        if state != "not_due":
            asks.append(lead.url)
    return {"id": portal.id, "name": portal.name, "counts": dict(counts), "asks": asks}


def _state(lead: Lead, known: Fetch | None, orders: Orders, now: datetime) -> str:
    if known is None:
        return "would_be_new"
    revisit = orders.revisit if is_web(lead.url) else None
    return (
        "would_be_asked_again" if revisit is None or revisit.is_due(lead, known, now) else "not_due"
    )


def _trouble(items: Sequence[Lead | Fetch]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Fetch) and item.purpose == "list" and item.outcome != "fetched":
            yield f"{item.portal_id}: {item.outcome}: {item.message or item.status} ({item.url})"
