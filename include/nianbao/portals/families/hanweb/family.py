"""The family's two ways, joined: column pages to read, agency pages to enumerate."""

import re
from dataclasses import replace
from typing import ClassVar
from urllib.parse import urljoin

from nianbao.errors import ConfigurationError, ReadError
from nianbao.model import Portal
from nianbao.portals.families.base import ListRequest, Step, Years, check_params
from nianbao.portals.families.hanweb.agency_pages import agency_leads
from nianbao.portals.families.hanweb.column import renewed, stores_of, total_of
from nianbao.portals.families.hanweb.paging import Paging, request_for
from nianbao.portals.families.hanweb.records import read_records
from nianbao.portals.families.list_family import ListFamily
from nianbao.portals.families.page import Page
from nianbao.portals.families.proposal import Proposal
from nianbao.portals.families.rows import rows_of
from nianbao.portals.families.shape import Shape
from nianbao.portals.families.visit import Batch, Visit, advance

_AGENCY_PAGE = re.compile(r"[\w:/.-]*/module/xxgk/xxgkAnnualReport\.jsp")


class Hanweb(ListFamily):
    """See the package for what a record says."""

    params: ClassVar = frozenset({"annual_report_url", "paging_method"})
    shape: ClassVar = Shape(folder=re.compile(r"/col/col\d+"))

    def check(self, portal: Portal) -> None:
        """Refuse a record that gives neither way, or lacks what its way needs."""
        check_params(portal, self.params)
        if portal.params.get("paging_method", "post") not in {"post", "get"}:
            raise ConfigurationError("params.paging_method: post or get")
        if "annual_report_url" in portal.params:
            _check_agency_pages(portal)
        elif not portal.start_urls:
            raise ConfigurationError("hanweb needs start_urls or params.annual_report_url")

    def start(self, portal: Portal, years: Years) -> Step:
        """Ask for every column; the agency pages are leads already."""
        return replace(super().start(portal, years), leads=agency_leads(portal, years))

    def read_page(self, portal: Portal, page: Page, visit: Visit, request: ListRequest) -> Step:
        """Return the reports of a column page, or of one answer of its paging proxy."""
        if isinstance(visit.cursor, Paging):
            return self._answer(portal, page, visit, request.referer or page.url)
        stores = list(stores_of(portal, page.url, page.text, visit))
        rows = [row for store in stores for row in store.rows]
        more = tuple(store.request for store in stores if store.request)
        # One that was drawn by the server has links only, and a proxy may have nothing to give.
        links = rows_of(page.tree, page.url)
        if not rows and not links:
            raise ReadError("no_list", "the column page has neither records nor links")
        return self.step(portal, page.url, visit, [*rows, *links], more)

    def _answer(self, portal: Portal, page: Page, visit: Visit, column: str) -> Step:
        paging = visit.cursor
        assert isinstance(paging, Paging)  # noqa: S101 - for the type checker
        rows = read_records(page.text, column)
        total = paging.total if paging.total is not None else total_of(page.text)
        following = advance(visit, Batch(rows, total))
        if following is None:
            return self.step(portal, column, visit, rows)
        paging = renewed(paging, page.text)
        more = request_for(replace(following, cursor=paging), paging, column)
        return self.step(portal, column, visit, rows, (more,))

    def sniff(self, page: Page) -> Proposal | None:
        """Know the data store, its proxy, and the report page of an agency."""
        # truecms has the same data store, with an interface of its own.
        store = "<datastore>" in page.text and "getMessage.do" not in page.text
        starts = (page.url,) if store or "dataproxy.jsp" in page.text else ()
        evidence = ("a data store paged through dataproxy.jsp",) if starts else ()
        if found := _AGENCY_PAGE.search(page.url) or _AGENCY_PAGE.search(page.text):
            params = {"annual_report_url": urljoin(page.url, found.group())}
            words = "the report page of an agency, xxgkAnnualReport.jsp"
            return Proposal("hanweb", starts, params, "high", (words, *evidence), True)
        if starts:
            return Proposal("hanweb", starts, evidence=evidence)
        if self.shape.folder.search(page.url) and "/module/xxgk/" not in page.text:
            return Proposal(
                "hanweb", (page.url,), confidence="medium", evidence=("the address, /col/col…/",)
            )
        return None


def _check_agency_pages(portal: Portal) -> None:
    url = portal.params["annual_report_url"]
    if not (isinstance(url, str) and url.startswith(("http://", "https://"))):
        raise ConfigurationError("params.annual_report_url: a whole URL")
    if not any(agency.credit_code for agency in portal.agencies):
        raise ConfigurationError("agencies: agency pages need one with a credit_code")
    if portal.years is None:
        raise ConfigurationError("years: agency pages are asked for year by year")
