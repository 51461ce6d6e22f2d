"""How each portal stands by the log: what a harvest of troublesome portals only is chosen by."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Literal, get_args

from nianbao.crawl.years import last_report_year
from nianbao.model import Fetch, Portal

Standing = Literal["failed", "blocked", "never_seen", "late"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)
_BYTES = frozenset({"fetched", "unchanged", "changed"})


def standings(
    portals: Iterable[Portal], runs: Mapping[str, Sequence[tuple[str, Fetch]]], now: datetime
) -> dict[str, frozenset[Standing]]:
    """Return how each portal stands; a portal in order has none of the words.

    `runs` has the lines of the log with their run ids, by portal. `failed` and `blocked` speak of
    the latest run; `never_seen` is a portal that never gave a report; `late` one that has fewer
    reports on last year than it should, though the last statutory day is over.
    """
    return {portal.id: _standing(portal, runs.get(portal.id, ()), now) for portal in portals}


def _standing(
    portal: Portal, lines: Sequence[tuple[str, Fetch]], now: datetime
) -> frozenset[Standing]:
    latest = max(lines, key=lambda line: line[1].fetched_at)[0] if lines else None
    outcomes = {
        fetch.outcome for run, fetch in lines if run == latest and fetch.purpose != "robots"
    }
    fetches = [fetch for _, fetch in lines]
    found: dict[Standing, bool] = {
        "failed": bool(outcomes & {"failed", "over_limit"}),
        "blocked": "blocked" in outcomes,
        "never_seen": not any(_is_report(fetch) for fetch in fetches),
        "late": _is_late(portal, fetches, now),
    }
    return frozenset(standing for standing, holds in found.items() if holds)


def _is_late(portal: Portal, fetches: Sequence[Fetch], now: datetime) -> bool:
    year = last_report_year(now)
    expected = portal.expected.in_year(year)
    covered = portal.years is None or portal.years.last is None or year <= portal.years.last
    if expected.max == 0 or not covered or not is_over(year, now):
        return False
    had = {fetch.url for fetch in fetches if _is_report(fetch) and fetch.lead_report_year == year}
    return len(had) < max(1, expected.min)


def is_over(report_year: int, now: datetime) -> bool:
    """Tell whether every agency should have reported on a year: Article 49 gives until 31 March."""
    return now.date() > date(report_year + 1, 3, 31)


def _is_report(fetch: Fetch) -> bool:
    return fetch.purpose == "report" and fetch.outcome in _BYTES
