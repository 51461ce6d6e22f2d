"""The harvest: leads to archived bytes, and every request to exactly one line of the log."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from nianbao.archive import Archive, History
from nianbao.crawl.client import Client
from nianbao.crawl.orders import Orders
from nianbao.crawl.shards import host_groups
from nianbao.crawl.visit import Visit
from nianbao.crawl.walk import walk
from nianbao.crawl.years import wanted_years
from nianbao.errors import FetchError
from nianbao.model import Fetch, Lead, Portal
from nianbao.portals.families import Years

_MOST_THREADS = 16
_PLAIN = Orders()


def harvest_shard(
    portals: Sequence[Portal],
    client: Client,
    archive: Archive,
    history: History,
    years: Years,
    orders: Orders = _PLAIN,
) -> list[Fetch]:
    """Harvest some portals, host by host side by side; return the log ordered by portal.

    Portals that share a host are worked one after the other. Within a portal the order is that of
    the requests. Raises only for our own faults, such as an archive that can't be written.
    """

    def work(group: list[Portal]) -> list[Fetch]:
        return [
            fetch
            for portal in group
            for fetch in harvest_portal(portal, client, archive, history, years, orders)
        ]

    groups = host_groups(portals)
    with ThreadPoolExecutor(max_workers=min(len(groups), _MOST_THREADS) or 1) as threads:
        logs = list(threads.map(work, groups))
    return sorted((fetch for log in logs for fetch in log), key=lambda fetch: fetch.portal_id)


def harvest_portal(
    portal: Portal,
    client: Client,
    archive: Archive,
    history: History,
    years: Years,
    orders: Orders = _PLAIN,
) -> Iterator[Fetch]:
    """Yield the line of every request made for a portal, with report bodies put in the archive.

    A portal's trouble is an outcome and never raises.
    """
    now = client.clock.now()
    pages = wanted_years(portal, orders.pages_of.get(portal.id, years), now)
    years = wanted_years(portal, years, now)
    visit = Visit(portal, client, archive, history, orders, years)
    for item in walk(portal, client, years, visit.lists.saw, pages):
        for fetch in visit.follow(item) if isinstance(item, Lead) else (item,):
            orders.keep(fetch)
            yield fetch


def discover(portal: Portal, client: Client, years: Years) -> Iterator[Lead]:
    """Yield what a portal's lists lead to, asking for list pages only.

    Raises `FetchError` after the last lead where a list could not be had or understood.
    """
    troubles: list[Fetch] = []
    for item in walk(portal, client, years):
        if isinstance(item, Lead):
            yield item
        elif item.purpose == "list" and item.outcome != "fetched":
            troubles.append(item)
    if troubles:
        first = troubles[0]
        message = first.message.removesuffix(f": {first.url}")
        raise FetchError(message, url=first.url, status=first.status)
