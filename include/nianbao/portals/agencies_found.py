"""Agencies that a page names together with their codes: links to Hanweb's page per agency and year."""

import re

from nianbao.model.credit_code import is_credit_code
from nianbao.portals.families.page import Page
from nianbao.portals.families.rows import rows_of
from nianbao.portals.families.titles import is_agency, is_report, report_year

_AREA = re.compile(r"[?&](?:vc_xxgkarea|area)=([0-9A-Z]{18})(?:&|$)")
_HEADINGS = ("h1", "h2", "title", ".title", "[class*=title]")


def agencies_on(page: Page) -> dict[str, dict[str, str]]:
    """Return the agencies of a page's links by credit code, as a record would name them.

    Names are as the links print them, which is often short (市教育局).
    """
    found: dict[str, dict[str, str]] = {}
    for row in rows_of(page.tree, page.url):
        area = _AREA.search(row.url)
        if area and is_credit_code(area[1]) and is_agency(row.title):
            agency = {"id": f"cn-{area[1]}", "name": row.title, "credit_code": area[1]}
            found.setdefault(area[1], agency)
    return found


def shows_report(page: Page, year: int) -> bool:
    """Tell whether a heading of a page is the title of an annual report on a year."""
    titles = [tag.get_text(" ") for tag in page.tree.select(", ".join(_HEADINGS))]
    return any(is_report(title) and report_year(title) == year for title in [page.title, *titles])
