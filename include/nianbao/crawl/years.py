"""Which report years a harvest is after."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from nianbao.model import Fetch, Lead, Portal
from nianbao.portals.families import Years

_ANSWERS = frozenset({"fetched", "unchanged", "changed", "gone"})
_OK = 200
"""The status of the empty shell that many sites serve for a year without a report."""
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


def years_due(
    lines: Iterable[Fetch], pages: Iterable[Lead], every_days: int, now: datetime
) -> Years:
    """Return the years to ask for where nobody says which, of a portal with a page for each year.

    That is last year; and any year, where one of the older `pages` was not answered in these many
    days, or never: a run may have been killed or blocked half-way. A site that has a page per agency
    and year would else be asked for all of them each day.
    """
    last, since = last_report_year(now), now - timedelta(days=every_days)
    answered = {line.url for line in lines if line.fetched_at > since and _is_answer(line)}
    older = {page.url for page in pages if page.report_year and page.report_year < last}
    return (last,) if older <= answered else None


def _is_answer(line: Fetch) -> bool:
    """Tell whether a page was had, or the site said of this one page that there is nothing."""
    return line.outcome in _ANSWERS or (line.outcome == "blocked" and line.status == _OK)


def is_wanted(lead: Lead, years: Years) -> bool:
    """Tell whether a lead is of a wanted year; one whose year the list doesn't tell may be."""
    return years is None or lead.report_year is None or lead.report_year in years
