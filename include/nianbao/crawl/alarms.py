"""What a quiet run may hide: fewer leads than there were, or than there should be."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from nianbao.crawl.standing import is_over
from nianbao.crawl.years import is_wanted, last_report_year, wanted_years
from nianbao.model import Fetch, Lead, Portal
from nianbao.portals.families import Years

_PAGES = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing that somebody should look at."""

    portal_id: str
    severity: Literal["error", "warning"]
    message: str


def alarms(
    portal: Portal,
    leads: Collection[Lead],
    before: Collection[Fetch],
    years: Years,
    now: datetime,
    pages: Years = None,
) -> list[Alarm]:
    """Return what is odd about the leads of one harvest of a portal.

    `before` are the portal's lines of earlier harvests, `pages` the years whose leads are counted,
    where they aren't all of `years`. A year with fewer leads than expected is an error once the
    last statutory day for it is over, one with more a warning.
    """
    pages = wanted_years(portal, years if pages is None else pages, now)
    years = wanted_years(portal, years, now)
    had = {fetch.url for fetch in before if _is_lead(fetch, years)}
    found = [*_lost(portal, had, leads), *_unlisted(portal, before, leads, pages)]
    counts = Counter(lead.report_year for lead in leads)
    listed = {year for year in counts if year and (pages is None or year in pages)}
    # Where any year will do, last year's reports are the ones that have to be there.
    due = (last_report_year(now),) if pages is None else pages
    checked = [
        _of_year(portal, year, counts, now)
        for year in sorted({*due, *listed, *_named(portal, pages)})
    ]
    return found + [alarm for alarm in checked if alarm]


def _lost(portal: Portal, had: Collection[str], leads: Collection[Lead]) -> list[Alarm]:
    if leads or not had or portal.expected.max == 0:
        return []
    return [Alarm(portal.id, "error", f"no leads, where there were {len(had)}")]


def _unlisted(
    portal: Portal, before: Collection[Fetch], leads: Collection[Lead], pages: Years
) -> list[Alarm]:
    """Return a warning where a list became shorter: a page of it may have been answered by another.

    Files are left out: most are found on pages and not on lists.
    """
    had = {fetch.url for fetch in before if _is_lead(fetch, pages) and fetch.media_type in _PAGES}
    lost = had - {lead.url for lead in leads}
    if not lost or not leads:
        return []
    message = f"{len(lost)} of {len(had)} reports listed before are listed no more"
    return [Alarm(portal.id, "warning", message)]


def _is_lead(fetch: Fetch, years: Years) -> bool:
    if fetch.purpose != "report" or fetch.outcome not in {"fetched", "unchanged", "changed"}:
        return False
    lead = Lead(fetch.portal_id, fetch.url, report_year=fetch.lead_report_year)
    return is_wanted(lead, years)


def _named(portal: Portal, years: Years) -> set[int]:
    """Return the years that the record gives a count of their own."""
    return {year for year in portal.expected.years if years is None or year in years}


def _of_year(portal: Portal, year: int, counts: Counter[int | None], now: datetime) -> Alarm | None:
    expected, count = portal.expected.in_year(year), counts[year]
    # A lead whose year the list doesn't tell may be of any.
    if count + counts[None] < expected.min and is_over(year, now):
        message = f"{count} leads for {year}, expected at least {expected.min}"
        return Alarm(portal.id, "error", message)
    if expected.max is not None and count > expected.max:
        message = f"{count} leads for {year}, expected at most {expected.max}"
        return Alarm(portal.id, "warning", message)
    return None
