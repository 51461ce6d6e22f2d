"""From the rows of one list page to leads, and to the lists that its links lead to."""

from collections.abc import Iterable, Iterator, Sequence

from nianbao.model import Lead, Portal
from nianbao.portals.families.base import ListRequest, Years
from nianbao.portals.families.rows import Row
from nianbao.portals.families.shape import Shape, folder_of, host_of, is_web
from nianbao.portals.families.titles import (
    is_agency,
    is_column,
    is_group,
    is_index,
    is_report,
    is_year,
    report_year,
)
from nianbao.portals.families.visit import Visit

DEEPEST = 4
"""Lists below a start URL: year, kind of agency, agency, collection."""


def leads_of(portal: Portal, visit: Visit, rows: Iterable[Row], shape: Shape) -> tuple[Lead, ...]:
    """Return the leads among some rows: those whose title is an annual report's.

    Below a folder or on a collection the column is known, so that a year or an agency's name is
    title enough, if the link leads to an article.
    """
    found: dict[str, Lead] = {}
    for row in rows:
        if is_web(row.url) and _is_lead(row, visit, shape):
            year = _year_of(row, visit)
            lead = Lead(portal.id, row.url, row.title, row.published_on, report_year=year)
            found.setdefault(row.url, lead)
    return tuple(found.values())


def folders_of(
    portal: Portal, visit: Visit, rows: Sequence[Row], page_url: str, shape: Shape
) -> tuple[ListRequest, ...]:
    """Return the requests for the lists that some rows lead to, on hosts of the portal only."""
    if visit.depth >= DEEPEST:
        return ()
    return tuple(
        ListRequest(row.url, referer=page_url, state=visit.below(row.title))
        for row in _followed(portal, visit, rows, page_url, shape)
    )


def _followed(
    portal: Portal, visit: Visit, rows: Sequence[Row], page_url: str, shape: Shape
) -> Iterator[Row]:
    for row in rows:
        if row.url == page_url or not is_web(row.url) or not _may_hold(row.title, visit.years):
            continue
        if not {host_of(row.url), host_of(row.url).partition(":")[0]} & {*portal.hosts}:
            continue
        if is_index(row.title) or (
            shape.is_folder(row.url)
            and _leads_on(row, visit, row.url.startswith(folder_of(page_url)))
        ):
            yield row


def _is_lead(row: Row, visit: Visit, shape: Shape) -> bool:
    if shape.is_folder(row.url):
        return False
    if is_report(row.title):
        return True
    known = visit.depth > 0 or is_index(visit.about)
    named = is_year(row.title) or is_agency(row.title)
    return known and named and shape.is_article(row.url)


def _leads_on(row: Row, visit: Visit, inside: bool) -> bool:
    """Tell whether a link to a list leads to annual reports.

    What lies inside the column may be named by a kind of agency; elsewhere, as in a page's
    navigation, only a name that tells of the reports counts.
    """
    if is_report(row.title) or is_year(row.title):
        return True
    if inside and (is_group(row.title) or is_agency(row.title)):
        return True
    return visit.depth == 0 and is_column(row.title) and report_year(row.title) is None


def _may_hold(title: str, years: Years) -> bool:
    """Tell whether a list of that name may hold a wanted year.

    A folder's year is the reports' on one site and that of their publication on another.
    """
    year = report_year(title)
    return years is None or year is None or year in years or year - 1 in years


def _year_of(row: Row, visit: Visit) -> int | None:
    """Return the report year that the title tells, or the collection's whose row it is."""
    year = report_year(row.title)
    return report_year(visit.about) if year is None and is_index(visit.about) else year
