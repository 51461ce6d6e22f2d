"""Which report years a harvest is after."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from nianbao.model import Fetch, Lead, Portal
from nianbao.portals.families import Years

_ANSWERS = frozenset({"fetched", "unchanged", "changed", "gone"})
_CHINA = ZoneInfo("Asia/Shanghai")


def last_report_year(now: datetime) -> int:
    """Return last year by the calendar in China: a report comes the year after."""
    return now.astimezone(_CHINA).year - 1


def wanted_years(portal: Portal, asked: Years, now: datetime) -> Years:
    """Return the years that are asked for and that the portal covers; `None` is any year.

    An open end goes to last year.
    """
    if portal.years is None:
        return asked
    covered = range(portal.years.first, (portal.years.last or last_report_year(now)) + 1)
    return tuple(year for year in covered if asked is None or year in asked)


def years_due(lines: Iterable[Fetch], every_days: int, now: datetime) -> Years:
    """Return the years to ask a portal for where nobody says which, given its lines of the log.

    That is last year; and any year, where the older ones were not asked for these many days, or
    never. A site that has a page per agency and year would else be asked for all of them each day.
    """
    last, since = last_report_year(now), now - timedelta(days=every_days)
    outcomes = {
        line.outcome
        for line in lines
        if line.fetched_at > since and line.lead_report_year and line.lead_report_year < last
    }
    # Where a run had to stop short, the rest is still to be asked for.
    return (last,) if outcomes & _ANSWERS and "over_limit" not in outcomes else None


def is_wanted(lead: Lead, years: Years) -> bool:
    """Tell whether a lead is of a wanted year; one whose year the list doesn't tell may be."""
    return years is None or lead.report_year is None or lead.report_year in years
