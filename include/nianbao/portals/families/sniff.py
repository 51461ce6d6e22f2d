"""Which family a page belongs to, and where its site keeps the annual reports; no I/O."""

from dataclasses import replace
from urllib.parse import urlsplit

from nianbao.model import normalise_name
from nianbao.portals.families import FAMILIES
from nianbao.portals.families.list_family import ListFamily
from nianbao.portals.families.page import Page
from nianbao.portals.families.proposal import ColumnLink, Proposal
from nianbao.portals.families.rows import Row, rows_of
from nianbao.portals.families.shape import is_web
from nianbao.portals.families.static import frames_of
from nianbao.portals.families.titles import is_column, is_report, report_year, words

ORDER = (
    "hanweb",
    "hanweb_xxgk",
    "hanweb_jpaas",
    "truecms",
    "gkmlpt",
    "nfcms",
    "page_pc",
    "public_platform",
    "epoint",
    "vsb",
    "webplus",
    "ucap",
    "annual_report_module",
    "trs",
    "static",
)
"""The recognisers in the order in which they are asked; the mark of an earlier one weighs more."""
_WEIGHT = {"high": 0, "medium": 1, "low": 2}


def sniff(url: str, body: bytes, media_type: str = "") -> Proposal | None:
    """Return the family of a page with the settings of a record, or `None` where none fits.

    A page of a known family that is not the column itself (a home page) is recognised too;
    `lists_reports` tells which, and `column_links` where to go on.
    """
    page = Page.of(url, body, media_type)
    proposals = [found for name in ORDER if (found := _recognised(name, page))]
    # Links to another system on the page are no reason to forget a sure mark of its own.
    best = min(proposals, key=lambda one: _WEIGHT[one.confidence], default=None)
    if best is None or best.lists_reports:
        return best
    return replace(best, lists_reports=_shows_reports(page))


def column_links(url: str, body: bytes, media_type: str = "") -> tuple[ColumnLink, ...]:
    """Return the links of a page that lead towards the annual reports, the most likely first.

    From a home page it is at most three hops: disclosure, column, and a frame in between.
    """
    page = Page.of(url, body, media_type)
    links = [link for row in rows_of(page.tree, url) if (link := _link(row, url))]
    frames = [ColumnLink(frame, "", "frame") for frame in frames_of(page)]
    ranked = sorted([*links, *frames], key=lambda link: _rank(link, url))
    found: dict[str, ColumnLink] = {}
    for link in ranked:
        found.setdefault(link.url, link)
    return tuple(found.values())


def _recognised(name: str, page: Page) -> Proposal | None:
    family = FAMILIES[name]
    return family.sniff(page) if isinstance(family, ListFamily) else None


def _shows_reports(page: Page) -> bool:
    """Tell whether a page is a column: it has its title, or several reports are on it."""
    if is_column(page.title) and report_year(page.title) is None:
        return True
    return sum(is_report(row.title) for row in rows_of(page.tree, page.url)) > 1


def _link(row: Row, page_url: str) -> ColumnLink | None:
    text = normalise_name(row.title)
    if not is_web(row.url) or row.url == page_url:
        return None
    in_path = any(f"/{name}/".lower() in f"{row.url}/".lower() for name in words().column_paths)
    if report_year(text) is None and (is_column(text) or (in_path and text in words().columns)):
        return ColumnLink(row.url, row.title, "column")
    if text in words().disclosures:
        return ColumnLink(row.url, row.title, "disclosure")
    return None


def _rank(link: ColumnLink, page_url: str) -> tuple[int, int, int]:
    """Order by kind, by the page's own host, by how telling the text is."""
    known = words().columns if link.kind == "column" else words().disclosures
    text = normalise_name(link.text)
    kind = ("column", "disclosure", "frame").index(link.kind)
    foreign = urlsplit(link.url).netloc != urlsplit(page_url).netloc
    return kind, int(foreign), known.index(text) if text in known else len(known)


__all__ = ["ORDER", "ColumnLink", "Proposal", "column_links", "sniff"]
