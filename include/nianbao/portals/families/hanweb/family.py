"""The family's two ways, joined: column pages to read, agency pages to enumerate."""

from nianbao.errors import ConfigurationError
from nianbao.model import Portal
from nianbao.portals.families.base import ListRequest, Step, Years, check_params
from nianbao.portals.families.hanweb.agency_pages import agency_leads
from nianbao.portals.families.hanweb.column import read_column
from nianbao.portals.families.hanweb.paging import Paging, next_page
from nianbao.portals.families.hanweb.records import leads_of, read_records
from nianbao.portals.families.text import decode

_PARAMS = frozenset({"annual_report_url", "paging_method"})


class Hanweb:
    """See the package for what a record says."""

    def check(self, portal: Portal) -> None:
        """Refuse a record that gives neither way, or lacks what its way needs."""
        check_params(portal, _PARAMS)
        if portal.params.get("paging_method", "post") not in {"post", "get"}:
            raise ConfigurationError("params.paging_method: post or get")
        if "annual_report_url" in portal.params:
            _check_agency_pages(portal)
        elif not portal.start_urls:
            raise ConfigurationError("hanweb needs start_urls or params.annual_report_url")

    def start(self, portal: Portal, years: Years) -> Step:
        """Ask for every column; the agency pages are leads already."""
        requests = tuple(ListRequest(url) for url in portal.start_urls)
        return Step(agency_leads(portal, years), requests)

    def read(self, portal: Portal, request: ListRequest, body: bytes, media_type: str) -> Step:
        """Return the reports of a column page, or of one answer of its paging proxy."""
        text = decode(body)
        if not isinstance(request.state, Paging):
            return read_column(portal, request.url, text)
        records = read_records(text)
        following = next_page(request.state, [record.href for record in records])
        leads = leads_of(portal.id, request.referer or request.url, records)
        return Step(leads, (following,) if following else ())


def _check_agency_pages(portal: Portal) -> None:
    url = portal.params["annual_report_url"]
    if not (isinstance(url, str) and url.startswith(("http://", "https://"))):
        raise ConfigurationError("params.annual_report_url: a whole URL")
    if not any(agency.credit_code for agency in portal.agencies):
        raise ConfigurationError("agencies: agency pages need one with a credit_code")
    if portal.years is None:
        raise ConfigurationError("years: agency pages are asked for year by year")
