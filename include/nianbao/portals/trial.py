"""A proposal put to the test: does its family find annual reports on the first list pages?"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from nianbao.errors import BlockedError, ConfigurationError, FetchError, ReadError, RobotsError
from nianbao.model import Lead, Portal
from nianbao.portals.agencies_found import shows_report
from nianbao.portals.families import ListRequest, family_named
from nianbao.portals.families.page import Page
from nianbao.portals.families.sniff import Proposal
from nianbao.portals.survey import Ask, Status, Survey, hosts_of

FIRST_YEAR = 2014
"""The first report year with an official form."""
_MOST_LOOKED_AT = 3

Agencies = Sequence[dict[str, str]]


def tried(
    proposal: Proposal, ask: Ask, go_on: Callable[[], bool], agencies: Agencies, last_year: int
) -> Survey:
    """Return what a family lists from its own proposal, as long as `go_on` says so."""
    name = proposal.family
    whole = Survey("needs a hand", f"{name}: no column of reports found", proposal)
    if not proposal.lists_reports:
        return whole
    try:
        portal = _trial(proposal, agencies)
        leads = _leads(portal, ask, go_on, last_year)
    except (ConfigurationError, ReadError) as error:
        return replace(whole, reason=f"{name}: {one_line(error)}")
    except FetchError as error:
        status: Status = "blocked" if is_refusal(error) else "needs a hand"
        return replace(whole, status=status, reason=f"{name}: {one_line(error)}")
    whole = replace(whole, years_needed=portal.years is not None)
    if not _are_evidence(leads, proposal):
        return replace(whole, status="empty", reason=f"{name}: its list holds no annual report")
    return replace(whole, status="ready", reason="", leads=leads)


def is_refusal(error: FetchError) -> bool:
    """Tell whether an error is a site's no: asking again would be rude."""
    return isinstance(error, BlockedError | RobotsError)


def one_line(error: Exception) -> str:
    """Return an error's text without line breaks."""
    return " ".join(str(error).split())


def _trial(proposal: Proposal, agencies: Agencies) -> Portal:
    """Return a portal to list from, with years where its family needs them.

    Raises `ConfigurationError` where the family needs more than the proposal says.
    """
    facts: dict[str, Any] = {
        "family": proposal.family,
        "hosts": hosts_of([*proposal.start_urls, *map(str, proposal.params.values())]),
        "start_urls": proposal.start_urls,
        "params": dict(proposal.params),
        "agencies": list(agencies),
    }
    portal = Portal.model_validate({"id": "survey", "name": "survey", **facts})
    try:
        family_named(portal.family).check(portal)
    except ConfigurationError as error:
        if not str(error).startswith("years"):
            raise
        portal = Portal.model_validate({**portal.model_dump(), "years": {"first": FIRST_YEAR}})
        family_named(portal.family).check(portal)
    return portal


def _leads(portal: Portal, ask: Ask, go_on: Callable[[], bool], last_year: int) -> tuple[Lead, ...]:
    family = family_named(portal.family)
    step = family.start(portal, (last_year,) if portal.years else None)
    leads, requests = list(step.leads), list(step.requests)
    while requests and not leads and go_on():
        request: ListRequest = requests.pop(0)
        page = ask(request)
        step = family.read(portal, request, page.body, page.media_type)
        leads += step.leads
        requests += step.requests
    return _looked_at(leads, ask, go_on) if portal.years else tuple(leads)


def _looked_at(leads: Sequence[Lead], ask: Ask, go_on: Callable[[], bool]) -> tuple[Lead, ...]:
    """Return leads that are made by agency and year, if one of the first really is a report.

    Such an address gives an empty page for an agency that didn't publish, and for a wrong code.
    """
    for lead in leads[:_MOST_LOOKED_AT]:
        if lead.report_year and go_on():
            page = ask(ListRequest(lead.url))
            if shows_report(Page.of(page.url, page.body, page.media_type), lead.report_year):
                return tuple(leads)
    return ()


def _are_evidence(leads: Sequence[Lead], proposal: Proposal) -> bool:
    """Tell whether some leads show that the page is a column.

    Any page with a link called 政府信息公开年报 has one lead of no year; only where the family is
    sure from other marks may the titles be without years.
    """
    return any(lead.report_year or proposal.confidence != "low" for lead in leads)
