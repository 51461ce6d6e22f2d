"""What a lead leads on to, what is asked for again, and what comes in place of an article."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from nianbao.archive import Archive
from nianbao.crawl import Client, harvest_portal
from nianbao.crawl import visit as visit_module
from nianbao.crawl.orders import Orders
from nianbao.crawl.revisit import Revisit
from nianbao.model import Attachment, Fetch, Lead, Portal
from nianbao.portals.families import FAMILIES, ListRequest, Step

COLUMN = "/col/col1/index.html"
Site = Any
PDF = b"%PDF-1.7 a report"
LINKED = (Attachment("../files/1.pdf", "附件下载"), Attachment("/files/2.doc", "附件2"))


def page(year: int) -> str:
    return f"<html><body><p>{year}</p>{'报告见附件。' * 50}</body></html>"


def column(*rows: tuple[int, str]) -> str:
    records = "".join(
        f"<record><![CDATA[<li><a href='/art/{year}.html'>某局{year}年政府信息公开年报</a>"
        f"<span>{day}</span></li>]]></record>"
        for year, day in rows
    )
    return f"<script type='text/xml'><datastore><recordset>{records}</recordset></datastore>"


@pytest.fixture
def harvest(portal: Portal, client: Client, archive: Archive) -> Callable[..., list[Fetch]]:
    def harvest(history=None, years=None, portal=portal, **orders: Any) -> list[Fetch]:
        told = Orders(**{"links": lambda body: LINKED if b"<html" in body else (), **orders})
        return list(harvest_portal(portal, client, archive, history or {}, years, told))

    return harvest


@pytest.fixture
def listed(site: Site) -> Site:
    """A site whose only report is a page with two attachments."""
    site.page("/robots.txt", "")
    site.page(COLUMN, column((2024, "2025-01-20")))
    site.page("/art/2024.html", page(2024), ETag='"p"')
    site.page("/files/1.pdf", PDF, ETag='"1"')
    site.page("/files/2.doc", b"\xd0\xcf\x11\xe0 tables", ETag='"2"')
    return site


def known(log: list[Fetch]) -> dict[tuple[str, str], Fetch]:
    return {(fetch.portal_id, fetch.url): fetch for fetch in log if fetch.sha256}


def reports(log: list[Fetch]) -> list[tuple[str, str]]:
    return [
        ("/" + fetch.url.split("/", 3)[-1], fetch.outcome)
        for fetch in log
        if fetch.purpose == "report"
    ]


def test_the_attachments_of_a_page_are_fetched_with_what_the_list_said(harvest, listed: Site):
    log = harvest()
    assert reports(log) == [
        ("/art/2024.html", "fetched"),
        ("/files/1.pdf", "fetched"),
        ("/files/2.doc", "fetched"),
    ]
    attached = log[-2]
    assert attached.lead_title == "某局2024年政府信息公开年报"
    assert (attached.lead_report_year, attached.lead_published_on) == (2024, "2025-01-20")
    assert listed.asked[-1].headers["Referer"] == listed.url("/art/2024.html")


def test_an_attachment_that_names_its_own_report_keeps_its_name(harvest, listed: Site):
    own = (Attachment("/files/1.pdf", "某镇2023年政府信息公开工作年度报告.pdf"),)
    log = harvest(links=lambda body: own if b"<html" in body else ())
    assert (log[-1].lead_title, log[-1].lead_report_year) == (own[0].title, 2023)
    wanted = harvest(years=(2024,), links=lambda body: own if b"<html" in body else ())
    assert reports(wanted) == [("/art/2024.html", "fetched")]


def test_an_attachment_on_another_host_is_logged_and_not_asked_for(harvest, listed: Site):
    log = harvest(links=lambda _: (Attachment("http://evil.example/1.pdf", "附件"),))
    assert reports(log)[-1][1] == "outside_allow_list"


@pytest.mark.parametrize("address", ["http://[::1/1.pdf", "javascript:void(0)", "\ud83d.pdf", ""])
def test_a_malformed_attachment_costs_no_harvest(harvest, listed: Site, address: str):
    links = (Attachment(address, "附件"), *LINKED)
    log = harvest(links=lambda body: links if b"<html" in body else ())
    assert reports(log)[-1] == ("/files/2.doc", "fetched")


def test_a_damaged_page_in_the_archive_costs_no_harvest(harvest, listed: Site, tmp_path):
    first = harvest()
    listed.pages["/art/2024.html"] = [(304, {}, b"")]
    for path in (tmp_path / "archive" / "bytes").rglob("*/*"):
        path.write_bytes(b"damaged")
    assert reports(harvest(known(first)))[0] == ("/art/2024.html", "unchanged")


def test_no_file_is_asked_for_twice(harvest, listed: Site, portal_of):
    listed.pages[COLUMN] = [
        (200, {}, column((2024, "2025-01-20"), (2023, "2024-01-20")).encode()),
    ]
    listed.page("/art/2023.html", page(2023))
    same = (*LINKED, Attachment("/files/1.pdf#top", "附件"), Attachment("/art/2023.html", "x"))
    harvest(links=lambda body: same if b"<html" in body else ())
    assert len(listed.paths()) == len(set(listed.paths())) == 6


def test_a_page_that_links_very_many_files_is_cut_and_says_so(harvest, listed, monkeypatch):
    monkeypatch.setattr(visit_module, "MOST_ATTACHMENTS", 1)
    log = harvest()
    assert reports(log) == [
        ("/art/2024.html", "fetched"),
        ("/files/1.pdf", "fetched"),
        ("/files/2.doc", "over_limit"),
    ]
    assert "over 1 attachments" in log[-1].message


def test_an_unchanged_page_still_leads_to_its_attachments(harvest, listed: Site):
    first = harvest()
    for path in ("/art/2024.html", "/files/1.pdf"):
        listed.pages[path] = [(304, {}, b"")]
    listed.pages["/files/2.doc"] = [(200, {}, b"\xd0\xcf\x11\xe0 corrected")]
    assert [outcome for _, outcome in reports(harvest(known(first)))] == [
        "unchanged",
        "unchanged",
        "changed",
    ]


MONTHLY = Revisit(young_days=90, every_days=30)


@pytest.fixture
def old(site: Site) -> Site:
    """A site with a report of this month and one of five years ago; today is 20 January 2026."""
    site.page("/robots.txt", "")
    site.page(COLUMN, column((2025, "2026-01-15"), (2020, "2021-01-20")))
    for year in (2025, 2020):
        site.page(f"/art/{year}.html", page(year))
    return site


def asked_again(site: Site, harvest, days: float, passing, **orders: Any) -> list[str]:
    first = harvest(links=lambda _: (), revisit=MONTHLY)
    passing.seconds += days * 86_400
    site.asked.clear()
    harvest(known(first), links=lambda _: (), revisit=MONTHLY, **orders)
    return [path for path in site.paths() if path.startswith("/art/")]


def test_a_young_report_is_asked_for_each_time_and_an_old_one_monthly(harvest, old, passing):
    assert asked_again(old, harvest, 1, passing) == ["/art/2025.html"]


def test_after_a_month_the_old_one_is_asked_for_too(harvest, old, passing):
    assert asked_again(old, harvest, 31, passing) == ["/art/2025.html", "/art/2020.html"]


def test_a_lead_that_the_list_prints_otherwise_is_asked_for(harvest, old, passing):
    first = harvest(links=lambda _: (), revisit=MONTHLY)
    old.pages[COLUMN] = [(200, {}, column((2020, "2026-01-19")).encode())]
    old.asked.clear()
    harvest(known(first), links=lambda _: (), revisit=MONTHLY)
    assert old.paths()[-1] == "/art/2020.html"


class Yearly:
    """A family with a page for each year, as some sites have one per agency and year."""

    def start(self, portal: Portal, years: tuple[int, ...] | None) -> Step:
        asked = (2024, 2025) if years is None else years
        return Step(
            tuple(Lead(portal.id, f"{portal.start_urls[0]}?{y}", report_year=y) for y in asked)
        )


def test_pages_of_single_years_are_asked_for_those_years_only(harvest, site, portal, monkeypatch):
    monkeypatch.setitem(FAMILIES, "yearly", Yearly())
    site.page(COLUMN, page(1))
    yearly = portal.model_copy(update={"family": "yearly"})
    harvest(portal=yearly, links=lambda _: (), pages_of={portal.id: (2025,)})
    assert site.paths() == ["/robots.txt", f"{COLUMN}?2025"]


class Shelf(Yearly):
    """A family with one list of all years."""

    def start(self, portal: Portal, years: tuple[int, ...] | None) -> Step:
        return Step(requests=(ListRequest(portal.start_urls[0]),))

    def read(self, portal: Portal, *_: object) -> Step:
        base = portal.start_urls[0]
        return Step(tuple(Lead(portal.id, f"{base}?{y}", report_year=y) for y in (2009, 2025)))


def test_what_a_list_of_many_years_shows_is_taken_as_it_comes(harvest, site, portal, monkeypatch):
    monkeypatch.setitem(FAMILIES, "shelf", Shelf())
    site.page(COLUMN, page(1))
    site.page(f"{COLUMN}?2009", page(2009))
    shelf = portal.model_copy(update={"family": "shelf"})
    harvest(portal=shelf, links=lambda _: (), pages_of={portal.id: (2025,)})
    assert f"{COLUMN}?2009" in site.paths()


def test_leads_are_heard_of_whether_asked_for_or_not(harvest, old, passing):
    first, heard = harvest(), []
    harvest(known(first), revisit=MONTHLY, heard=heard.append)
    assert [lead.report_year for lead in heard] == [2025, 2020]


def test_without_a_date_the_end_of_january_is_taken_for_it(passing):
    now = passing.clock.now()
    fetch = Fetch("p", "u", "report", "fetched", now, 0, sha256="a")
    for year, due in [(2025, True), (2019, False), (None, True)]:
        lead = Lead("p", "u", report_year=year)
        assert MONTHLY.is_due(lead, fetch, now + timedelta(days=1)) is due


def test_an_interrupted_run_goes_on_where_it_was(harvest, listed: Site, portal: Portal):
    first = harvest()[:4]  # killed before the second attachment
    done = frozenset((fetch.portal_id, fetch.url) for fetch in first if fetch.purpose == "report")
    listed.asked.clear()
    log = harvest(known(first), done=done)
    assert reports(log) == [("/files/2.doc", "fetched")]
    assert listed.paths() == [COLUMN, "/files/2.doc"]


def test_lines_are_kept_as_they_come(harvest, listed: Site):
    kept: list[Fetch] = []
    assert kept == [] != harvest(keep=kept.append)
    assert reports(kept) == reports(harvest())


def test_a_list_in_place_of_the_article_is_a_block(harvest, listed: Site):
    front = f"<html>{column((2024, '2025-01-20'))}</html>"
    listed.pages[COLUMN] = listed.pages["/art/2024.html"] = [(200, {}, front.encode())]
    log = harvest()
    assert reports(log) == [("/art/2024.html", "blocked")]
    assert "list page in place of the article" in log[-1].message


def test_the_home_page_in_place_of_the_article_is_a_block(harvest, listed: Site):
    listed.pages["/art/2024.html"] = [(302, {"Location": "/index.html"}, b"")]
    listed.page("/index.html", page(1))
    log = harvest()
    assert "home page in place of the article" in log[-1].message
    assert log[-1].outcome == "blocked"
