"""Agency pages: the server draws one agency's report of one year, so that no list is needed.

A year without a report answers with a page that has no report in it; the reader says so.
"""

from urllib.parse import urlencode

from nianbao.model import Lead, Portal
from nianbao.portals.families.base import Years


def agency_leads(portal: Portal, years: Years) -> tuple[Lead, ...]:
    """Return one lead per agency with a credit code and year; `fbtime` is the report year."""
    page = portal.params.get("annual_report_url")
    if page is None:
        return ()
    return tuple(
        Lead(
            portal.id,
            f"{page}?{urlencode({'area': agency.credit_code, 'fbtime': year})}",
            agency=agency.id,
            report_year=year,
        )
        for agency in portal.agencies
        if agency.credit_code
        for year in years or ()
    )
