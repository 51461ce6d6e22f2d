"""The harvest: leads to archived bytes, and every request to exactly one line of the log."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from nianbao.archive import Archive, History
from nianbao.crawl.client import Client
from nianbao.crawl.exchange import Answer, Question
from nianbao.crawl.record import Asked, record
from nianbao.crawl.shards import host_groups
from nianbao.crawl.walk import walk
from nianbao.errors import FetchError
from nianbao.model import Fetch, Lead, Outcome, Portal
from nianbao.portals.families import Years

_MOST_THREADS = 16


def harvest_shard(
    portals: Sequence[Portal], client: Client, archive: Archive, history: History, years: Years
) -> list[Fetch]:
    """Harvest some portals, host by host side by side; return the log ordered by portal.

    Portals that share a host are worked one after the other. Within a portal the order is that of
    the requests. Raises only for our own faults, such as an archive that can't be written.
    """

    def work(group: list[Portal]) -> list[Fetch]:
        return [
            fetch
            for portal in group
            for fetch in harvest_portal(portal, client, archive, history, years)
        ]

    groups = host_groups(portals)
    with ThreadPoolExecutor(max_workers=min(len(groups), _MOST_THREADS) or 1) as threads:
        logs = list(threads.map(work, groups))
    return sorted((fetch for log in logs for fetch in log), key=lambda fetch: fetch.portal_id)


def harvest_portal(
    portal: Portal, client: Client, archive: Archive, history: History, years: Years
) -> Iterator[Fetch]:
    """Yield the line of every request made for a portal, with report bodies put in the archive.

    A portal's trouble is an outcome and never raises.
    """
    for item in walk(portal, client, years):
        if isinstance(item, Lead):
            known = history.get((portal.id, item.url))
            yield from _fetch(portal, item, client, archive, known)
        else:
            yield item


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


def _fetch(
    portal: Portal, lead: Lead, client: Client, archive: Archive, known: Fetch | None
) -> Iterator[Fetch]:
    # Without the bytes at hand, `not modified` would leave us with nothing.
    have = known if known and known.sha256 and archive.has(known.sha256) else None
    asked = Asked(portal.id, lead.url, "report", client.clock.monotonic(), lead)
    notes: list[Fetch] = []
    try:
        answer = client.get(portal, _question(lead, have), notes.append)
    # Nothing is ours in here but the asking; the archive's faults, below, are raised.
    except Exception as error:  # noqa: BLE001
        fetch = record(asked, client.clock, error=error)
    else:
        answer = _completed(answer, have)
        outcome, sha256 = _keep(answer, archive, have)
        fetch = record(asked, client.clock, outcome=outcome, answer=answer, sha256=sha256)
    yield from notes
    yield fetch


def _question(lead: Lead, have: Fetch | None) -> Question:
    if have is None:
        return Question(lead.url)
    return Question(lead.url, etag=have.etag, last_modified=have.last_modified)


def _completed(answer: Answer, have: Fetch | None) -> Answer:
    """Give a `not modified` what it rarely repeats: the next harvest has to ask with it again."""
    if have is None or not answer.not_modified:
        return answer
    return replace(
        answer,
        media_type=answer.media_type or have.media_type or "",
        etag=answer.etag or have.etag,
        last_modified=answer.last_modified or have.last_modified,
    )


def _keep(answer: Answer, archive: Archive, have: Fetch | None) -> tuple[Outcome, str | None]:
    if have is None:
        return "fetched", archive.put(answer.body)
    if answer.not_modified:
        return "unchanged", have.sha256
    sha256 = archive.put(answer.body)
    return ("unchanged" if sha256 == have.sha256 else "changed"), sha256
