"""A survey goes from any page to the column of annual reports, and says what it met on the way."""

from collections.abc import Mapping

import pytest

from nianbao.errors import BlockedError, PermanentFetchError, RobotsError, TransientFetchError
from nianbao.portals.families import ListRequest
from nianbao.portals.survey import Received, Survey
from nianbao.portals.surveying import MOST_PAGES, survey
from support import portal_sites

HOME = "http://www.x.gov.cn/"


class Site:
    """Pages by path; an exception in place of a page is raised."""

    def __init__(self, pages: Mapping[str, bytes | Exception]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def __call__(self, request: ListRequest) -> Received:
        path = request.url.removeprefix(HOME.rstrip("/"))
        self.asked.append(path)
        answer = self.pages.get(path, self.pages.get(path.partition("?")[0]))
        if answer is None:
            raise PermanentFetchError("HTTP 404", url=request.url)
        if isinstance(answer, Exception):
            raise answer
        return Received(request.url, answer, "text/html")


def surveyed(pages: Mapping[str, bytes | Exception], path: str = "") -> tuple[Survey, Site]:
    site = Site(pages)
    return survey(HOME + path, site, portal_sites.LAST_YEAR), site


@pytest.mark.parametrize(
    ("pages", "family", "column"),
    [
        (portal_sites.TRS, "trs", "zfxxgk/zfxxgknb/"),
        (portal_sites.VSB, "vsb", "zfxxgk/nb.htm"),
        (portal_sites.HANWEB, "hanweb", "col/col7/index.html"),
    ],
)
def test_from_the_home_page_to_the_column(pages: dict[str, bytes], family: str, column: str):
    found, site = surveyed(pages)
    assert (found.status, found.reason) == ("ready", "")
    assert found.proposal
    assert found.proposal.family == family
    assert found.proposal.start_urls == (HOME + column,)
    assert found.leads
    assert found.site_name == "某县人民政府"
    assert found.hosts == ("www.x.gov.cn",)
    assert len(site.asked) == found.pages <= 5


def test_agencies_that_the_pages_name_with_their_codes_are_found_and_listed_by():
    found, site = surveyed(portal_sites.HANWEB_AGENCIES)
    assert (found.status, found.reason) == ("ready", "")
    assert found.proposal
    assert found.proposal.params == {
        "annual_report_url": "http://www.x.gov.cn/module/xxgk/xxgkAnnualReport.jsp"
    }
    assert {a["credit_code"]: a["name"] for a in found.agencies} == portal_sites.AGENCIES
    assert len(found.leads) == 2
    assert found.years_needed
    assert sum("fbtime" in path for path in site.asked) == 1


def test_agency_pages_without_a_report_are_no_evidence():
    pages = dict(portal_sites.HANWEB_AGENCIES)
    pages["/module/xxgk/xxgkAnnualReport.jsp"] = portal_sites.page("<h1></h1>")
    found, _ = surveyed(pages)
    assert found.status == "empty"


def test_beginning_at_the_column_takes_one_page():
    found, site = surveyed(portal_sites.TRS, "zfxxgk/zfxxgknb/")
    assert found.status == "ready"
    assert site.asked == ["/zfxxgk/zfxxgknb/"]


def test_no_page_is_asked_for_twice():
    _, site = surveyed(portal_sites.VSB)
    assert len(site.asked) == len(set(site.asked))


def test_a_column_without_reports_is_empty():
    found, _ = surveyed(portal_sites.EMPTY)
    assert found.status == "empty"
    assert "holds no annual report" in found.reason


def test_a_site_without_a_way_to_the_reports_needs_a_hand():
    found, _ = surveyed(portal_sites.NOTHING)
    assert found.status == "needs a hand"
    assert found.reason


@pytest.mark.parametrize(
    "error",
    [BlockedError("script challenge", url=HOME, status=412), RobotsError("asks us not", url=HOME)],
)
def test_a_refusal_is_told_as_blocked_even_half_way(error: Exception):
    assert surveyed({"/": error})[0].status == "blocked"
    half_way, _ = surveyed({**portal_sites.TRS, "/zfxxgk/zfxxgknb/": error})
    assert half_way.status == "blocked"
    assert str(error).split(":")[0] in half_way.reason


def test_a_site_that_is_down_is_unreachable():
    found, _ = surveyed({"/": TransientFetchError("no whole answer", url=HOME)})
    assert found.status == "unreachable"


def test_a_site_of_endless_columns_is_left_after_a_few_pages():
    links = "".join(f'<a href="/nb{number}/">政府信息公开年报</a>' for number in range(99))
    pages = {f"/nb{number}/": portal_sites.page(links) for number in range(99)}
    found, site = surveyed({**pages, "/": portal_sites.page(links)})
    assert len(site.asked) == MOST_PAGES
    assert found.status != "ready"


def test_a_page_that_breaks_a_family_is_a_finding_and_no_crash(monkeypatch: pytest.MonkeyPatch):
    def broken(*arguments: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("nianbao.portals.surveying.sniff", broken)
    found, _ = surveyed(portal_sites.TRS)
    assert (found.status, found.reason) == ("needs a hand", "RecursionError: too deep")
