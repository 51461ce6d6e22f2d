"""What a harvest saw and brought, portal by portal: for the task's log and for the next health check."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from nianbao.model import Fetch, Lead, Portal

_COUNTED = {
    "fetched": "new",
    "changed": "changed",
    "unchanged": "unchanged",
    "blocked": "blocked",
    "gone": "gone",
}
"""Outcomes with a count of their own; any other is `failed`."""
COUNTS = ("seen", "new", "changed", "unchanged", "gone", "blocked", "failed")


def told(
    portals: Sequence[Portal], leads: Sequence[Lead], fetches: Sequence[Fetch]
) -> list[dict[str, Any]]:
    """Return for each portal its id, its name and the numbers of `COUNTS`.

    `seen` are the reports listed, asked for or not; `blocked` and `failed` are list pages too.
    """
    seen = Counter(lead.portal_id for lead in leads)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for fetch in fetches:
        is_fine_list = fetch.purpose == "list" and fetch.outcome in {"fetched", "unchanged"}
        if fetch.purpose != "robots" and not is_fine_list:
            counts[fetch.portal_id][_COUNTED.get(fetch.outcome, "failed")] += 1
    return [
        {"id": portal.id, "name": portal.name, "seen": seen[portal.id]}
        | {name: counts[portal.id][name] for name in COUNTS[1:]}
        for portal in portals
    ]


def listed(
    portals: Sequence[Portal], leads: Sequence[Lead]
) -> Mapping[str, Mapping[int | None, int]]:
    """Return the number of leads by portal and report year; a lead heard of twice counts once."""
    once = {(lead.portal_id, lead.url): lead.report_year for lead in leads}
    counts: dict[str, Counter[int | None]] = {portal.id: Counter() for portal in portals}
    for (portal_id, _), year in once.items():
        counts[portal_id][year] += 1
    return counts
