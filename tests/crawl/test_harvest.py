import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from nianbao.archive import Archive
from nianbao.archive.log import write_part
from nianbao.crawl import Client, discover, harvest_portal, harvest_shard
from nianbao.crawl import walk as walk_module
from nianbao.crawl.record import Asked, record
from nianbao.crawl.years import wanted_years
from nianbao.errors import FetchError
from nianbao.model import Fetch, Lead, Portal, sha256_of
from nianbao.model.portal import Years
from nianbao.portals.families import FAMILIES, ListRequest, Step

COLUMN = "/col/col1/index.html"
Site = Any


def text(year: int) -> str:
    return f"<html><body>{f'{year}年政府信息公开工作年度报告。' * 60}</body></html>"


def column(*years: int) -> str:
    rows = (
        f"<record><![CDATA[<li><a href='/art/{year}.html'>某局{year}年政府信息公开年报</a>"
        f"<span>{year + 1}-01-20</span></li>]]></record>"
        for year in years
    )
    return f"<script type='text/xml'><datastore><recordset>{''.join(rows)}</recordset></datastore>"


@pytest.fixture
def harvest(portal: Portal, client: Client, archive: Archive) -> Callable[..., list[Fetch]]:
    def harvest(history=None, years=None, portal=portal) -> list[Fetch]:
        return list(harvest_portal(portal, client, archive, history or {}, years))

    return harvest


def outcomes(log: list[Fetch]) -> list[tuple[str, str]]:
    return [(fetch.purpose, fetch.outcome) for fetch in log]


def known(log: list[Fetch]) -> dict[tuple[str, str], Fetch]:
    return {(fetch.portal_id, fetch.url): fetch for fetch in log if fetch.sha256}


def test_every_request_has_one_line_and_reports_are_archived(harvest, site: Site, archive: Archive):
    site.page(COLUMN, column(2020, 2021))
    site.page("/art/2020.html", text(2020), Content_Type="text/html")
    log = harvest()
    assert outcomes(log) == [
        ("robots", "gone"),
        ("list", "fetched"),
        ("report", "fetched"),
        ("report", "gone"),
    ]
    report = log[2]
    assert archive.get(report.sha256 or "") == text(2020).encode()
    assert report.sha256 == sha256_of(text(2020).encode())
    assert report.lead_title == "某局2020年政府信息公开年报"
    assert (report.lead_published_on, report.lead_report_year) == ("2021-01-20", 2020)
    assert report.fetched_at.tzinfo == UTC
    assert log[1].sha256 is None
    assert log[3].message.startswith("HTTP 404")
    assert len(site.asked) == len(log)


def test_only_the_wanted_years_are_fetched(harvest, site: Site):
    site.page(COLUMN, column(2019, 2020, 2021))
    site.page("/art/2020.html", text(2020))
    harvest(years=(2020,))
    assert site.paths() == ["/robots.txt", COLUMN, "/art/2020.html"]


def test_years_of_a_portal_end_with_last_year_in_china(portal: Portal):
    new_year = datetime(2025, 12, 31, 20, tzinfo=UTC)
    open_end = portal.model_copy(update={"years": Years(first=2023)})
    assert wanted_years(open_end, None, new_year) == (2023, 2024, 2025)
    assert wanted_years(open_end, (2019, 2024), new_year) == (2024,)
    assert wanted_years(portal, None, new_year) is None
    assert wanted_years(portal, (2019,), new_year) == (2019,)


def test_a_url_listed_twice_is_fetched_once(harvest, site: Site, portal_of):
    site.page(COLUMN, column(2020, 2020))
    site.page("/col/col2/index.html", column(2020))
    site.page("/art/2020.html", text(2020))
    urls = [site.url(COLUMN), site.url("/col/col2/index.html"), site.url(COLUMN)]
    harvest(portal=portal_of("henan/example", site, start_urls=urls))
    assert sorted(site.paths()) == sorted(
        ["/robots.txt", COLUMN, "/col/col2/index.html", "/art/2020.html"]
    )


def test_the_same_answer_is_unchanged_and_another_is_changed(harvest, site: Site):
    site.page(COLUMN, column(2020))
    site.page("/art/2020.html", text(2020), ETag='"1"')
    first = harvest()
    site.pages["/art/2020.html"] = [(304, {}, b"")]
    not_modified = harvest(known(first))[-1]
    assert site.asked[-1].headers["If-None-Match"] == '"1"'
    assert (not_modified.outcome, not_modified.status) == ("unchanged", 304)
    assert not_modified.sha256 == first[-1].sha256
    site.pages["/art/2020.html"] = [(200, {}, text(2020).encode())]
    assert harvest(known(first))[-1].outcome == "unchanged"
    site.pages["/art/2020.html"] = [(200, {}, text(2022).encode())]
    changed = harvest(known(first))[-1]
    assert changed.outcome == "changed"
    assert changed.sha256 == sha256_of(text(2022).encode())


def test_an_unchanged_answer_is_conditional_again_next_time(harvest, site: Site):
    site.page(COLUMN, column(2020))
    site.page("/art/2020.html", text(2020), ETag='"1"')
    log = harvest()
    site.pages["/art/2020.html"] = [(304, {}, b"")]
    for _ in range(2):
        log = harvest(known(log))
        assert site.asked[-1].headers["If-None-Match"] == '"1"'


def test_without_the_bytes_nothing_is_conditional(harvest, site: Site, tmp_path):
    site.page(COLUMN, column(2020))
    site.page("/art/2020.html", text(2020), ETag='"1"')
    log = harvest()
    for path in (tmp_path / "archive" / "bytes").rglob("*/*"):
        path.unlink()
    assert harvest(known(log))[-1].outcome == "fetched"
    assert "If-None-Match" not in site.asked[-1].headers


def test_a_page_the_family_cannot_read_is_a_failure_of_that_page(harvest, site: Site):
    site.page(COLUMN, "<html><p>系统维护中</p></html>")
    log = harvest()
    assert outcomes(log)[-1] == ("list", "failed")
    assert log[-1].status == 200
    assert "neither records nor links" in log[-1].message


class Endless:
    """A family that crashes on its third page, or goes on for ever."""

    def __init__(self, crashes: bool) -> None:
        self.crashes = crashes

    def check(self, portal: Portal) -> None:
        pass

    def start(self, portal: Portal, years: object) -> Step:
        return Step(requests=(ListRequest(f"{portal.start_urls[0]}?page=1", state=1),))

    def read(self, portal: Portal, request: ListRequest, body: bytes, media_type: str) -> Step:
        page = int(str(request.state)) + 1
        if self.crashes and page == 3:
            raise KeyError("a bug")
        return Step(requests=(ListRequest(f"{portal.start_urls[0]}?page={page}", state=page),))


def test_lists_without_end_are_stopped(harvest, site: Site, portal_of, monkeypatch):
    monkeypatch.setitem(FAMILIES, "endless", Endless(crashes=False))
    monkeypatch.setattr(walk_module, "MOST_LIST_PAGES", 4)
    site.page(COLUMN, column(2020))
    log = harvest(portal=portal_of("henan/example", site, family="endless"))
    assert [fetch.outcome for fetch in log] == ["gone", *["fetched"] * 4, "over_limit"]
    assert "over 4 list pages" in log[-1].message
    assert len(site.asked) == 5


def test_a_crash_of_one_portal_leaves_the_others_alone(
    client: Client, archive: Archive, site: Site, portal_of, monkeypatch
):
    monkeypatch.setitem(FAMILIES, "crashing", Endless(crashes=True))
    site.page(COLUMN, column(2020))
    site.page("/art/2020.html", text(2020))
    portals = [portal_of("b/good", site), portal_of("a/bad", site, family="crashing")]
    log = harvest_shard(portals, client, archive, {}, None)
    assert [(fetch.portal_id, fetch.purpose, fetch.outcome) for fetch in log] == [
        ("a/bad", "robots", "gone"),
        ("a/bad", "list", "fetched"),
        ("a/bad", "list", "failed"),
        ("b/good", "list", "fetched"),
        ("b/good", "report", "fetched"),
    ]
    assert log[2].message == "KeyError: 'a bug'"


def test_hosts_are_worked_side_by_side_in_one_order(
    client: Client, archive: Archive, new_site, portal_of
):
    sites = [new_site() for _ in range(3)]
    for one in sites:
        one.page(COLUMN, column(2020))
        one.page("/art/2020.html", text(2020))
    portals = [portal_of(f"henan/p{number}", one) for number, one in enumerate(sites)]
    log = harvest_shard(portals[::-1], client, archive, {}, None)
    assert [(fetch.portal_id, fetch.purpose) for fetch in log] == [
        (portal.id, purpose) for portal in portals for purpose in ("robots", "list", "report")
    ]


def test_our_own_faults_are_raised(client: Client, portal: Portal, site: Site, tmp_path):
    (tmp_path / "file").write_text("in the way")
    site.page(COLUMN, column(2020))
    site.page("/art/2020.html", text(2020))
    with pytest.raises(OSError, match="file"):
        harvest_shard([portal], client, Archive(str(tmp_path / "file")), {}, None)


def test_an_empty_shard(client: Client, archive: Archive):
    assert harvest_shard([], client, archive, {}, None) == []


def test_discover_asks_for_lists_only(client: Client, portal: Portal, site: Site):
    site.page(COLUMN, column(2020, 2021))
    assert [lead.report_year for lead in discover(portal, client, None)] == [2020, 2021]
    assert site.paths() == ["/robots.txt", COLUMN]


def test_discover_tells_of_a_list_that_could_not_be_had(client: Client, portal: Portal, site: Site):
    site.page(COLUMN, status=403)
    with pytest.raises(FetchError, match=r"refused \(HTTP 403\): http"):
        list(discover(portal, client, None))


def test_an_inbox_is_harvested_like_any_other_portal(harvest, tmp_path):
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "某局2020年年报.txt").write_text(text(2020), "utf-8")
    start = (str(tmp_path / "inbox"),)
    inbox = Portal(id="inbox", name="收件箱", family="inbox", start_urls=start)
    log = harvest(portal=inbox)
    assert outcomes(log) == [("list", "fetched"), ("report", "fetched")]
    assert outcomes(harvest(known(log), portal=inbox))[-1] == ("report", "unchanged")
    assert log[-1].lead_report_year == 2020


def test_a_badly_encoded_file_name_is_harvested_and_logged(harvest, tmp_path):
    (tmp_path / "inbox").mkdir()
    bad = os.fsencode(tmp_path) + b"/inbox/bad\xff.html"
    Path(os.fsdecode(bad)).write_text(text(2020), "utf-8")
    start = (str(tmp_path / "inbox"),)
    log = harvest(portal=Portal(id="inbox", name="收件箱", family="inbox", start_urls=start))
    assert outcomes(log) == [("list", "fetched"), ("report", "fetched")]
    write_part(str(tmp_path / "archive"), "run", "part", log)


@pytest.mark.parametrize("broken", ["/a/", "/art/"])
def test_what_nobody_foresaw_is_an_outcome_of_that_request(
    client: Client, archive: Archive, site: Site, portal_of, monkeypatch, broken
):
    for letter in "ab":
        site.page(f"/{letter}/index.html", column(2020))
    site.page("/art/2020.html", text(2020))
    get = client.get

    def unsound(portal, question, note):
        if portal.id == "henan/a" and broken in question.url:
            raise UnicodeError("a bug")
        return get(portal, question, note)

    monkeypatch.setattr(client, "get", unsound)
    portals = [
        portal_of(f"henan/{letter}", site, start_urls=[site.url(f"/{letter}/index.html")])
        for letter in "ab"
    ]
    log = harvest_shard(portals, client, archive, {}, None)
    last = {fetch.portal_id: (fetch.outcome, fetch.message) for fetch in log}
    assert last == {"henan/a": ("failed", "UnicodeError: a bug"), "henan/b": ("fetched", "")}


def test_a_title_that_utf8_cannot_hold_does_not_cost_the_log(client: Client, tmp_path):
    lead = Lead("henan/a", "http://x/1", title="某局\ud83d")
    asked = Asked("henan/a", lead.url, "report", 0.0, lead)
    fetch = record(asked, client.clock, error=FetchError("no", url=lead.url))
    write_part(str(tmp_path), "run", "part", [fetch])
    assert fetch.lead_title == "某局\\ud83d"
