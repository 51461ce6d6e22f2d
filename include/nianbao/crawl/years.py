"""Which report years a harvest is after."""

from datetime import datetime
from zoneinfo import ZoneInfo

from nianbao.model import Lead, Portal
from nianbao.portals.families import Years

_CHINA = ZoneInfo("Asia/Shanghai")


def wanted_years(portal: Portal, asked: Years, now: datetime) -> Years:
    """Return the years that are asked for and that the portal covers; `None` is any year.

    An open end goes to last year by the calendar in China: a report comes the year after.
    """
    if portal.years is None:
        return asked
    last = portal.years.last or now.astimezone(_CHINA).year - 1
    covered = range(portal.years.first, last + 1)
    return tuple(year for year in covered if asked is None or year in asked)


def is_wanted(lead: Lead, years: Years) -> bool:
    """Tell whether a lead is of a wanted year; one whose year the list doesn't tell may be."""
    return years is None or lead.report_year is None or lead.report_year in years
