"""Every family harvests its sample sites over loopback, with the real client: all and nothing else."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from nianbao.archive import Archive
from nianbao.crawl import Client, Clock, harvest_portal
from nianbao.errors import ReadError
from nianbao.model import Fetch, Portal
from nianbao.model.identity import sha256_of
from nianbao.portals.families import FAMILIES, Step, family_named
from nianbao.portals.families.sniff import ORDER, column_links, sniff
from nianbao.sample.exchange import Asked
from nianbao.sample.faults import FAULTS, Faulty, Rule
from nianbao.sample.sites import SITES, Site, serve_site

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def client() -> Iterator[Client]:
    with Client("Nianbao/1.0 (+https://example.org)", Clock(sleep=lambda _: None)) as client:
        yield client


def portal_of(site: Site) -> Portal:
    return Portal.model_validate({"id": f"sample/{site.key}", **site.record()})


def harvest(site: Site, client: Client, folder: Path, years=None) -> list[Fetch]:
    return list(harvest_portal(portal_of(site), client, Archive(str(folder)), {}, years))


@pytest.mark.parametrize("key", SITES)
def test_a_sample_site_gives_every_report_and_nothing_else(
    key: str, client: Client, tmp_path: Path
):
    with serve_site(key) as (site, _):
        log = harvest(site, client, tmp_path)
        reports = {fetch.url: fetch for fetch in log if fetch.purpose == "report"}
        assert set(reports) == set(site.report_urls())
        troubles = [(f.url, f.outcome, f.message) for f in log if f.outcome != "fetched"]
        assert troubles == []
        for url, fetch in reports.items():
            path = url.partition(site.netlocs[0])[2]
            assert fetch.sha256 == sha256_of(site.answer(Asked("GET", path)).body)


@pytest.mark.parametrize("key", SITES)
def test_a_harvest_of_one_year_brings_all_of_that_year(key: str, client: Client, tmp_path: Path):
    with serve_site(key) as (site, _):
        log = harvest(site, client, tmp_path, years=(2022,))
        entries = site.report_urls()
        wanted = {
            url
            for url, entry in entries.items()
            if entry.report and entry.report.report_year == 2022
        }
        assert wanted <= {fetch.url for fetch in log if fetch.purpose == "report"}
        assert [(f.url, f.message) for f in log if f.outcome != "fetched"] == []


def told(facts: list[dict[str, object]]) -> list[dict[str, object]]:
    return [{name: value for name, value in one.items() if value is not None} for one in facts]


def golden_cases() -> list[Path]:
    return sorted(GOLDEN.glob("*/*/expected.json"))


def facts(step: Step) -> dict[str, list[dict[str, object]]]:
    leads = [
        {"url": one.url, "title": one.title, "published_on": one.published_on, "report_year": one.report_year}
        for one in step.leads
    ]  # fmt: skip
    requests = [{"url": one.url, "body": one.body} for one in step.requests]
    return {"leads": told(leads), "requests": told(requests)}


@pytest.mark.parametrize("path", golden_cases(), ids=lambda path: "/".join(path.parts[-3:-1]))
def test_golden_pages_give_their_leads_and_requests(path: Path):
    """Each page is the answer to the first request that the page before it asked for."""
    case = json.loads(path.read_text("utf-8"))
    family = family_named(path.parts[-3])
    portal = golden_portal(path, case)
    years = tuple(case["years"]) if "years" in case else None
    (request,) = family.start(portal, years).requests
    for page in case["pages"]:
        body = (path.parent / page["file"]).read_bytes()
        if "error" in page:
            with pytest.raises(ReadError) as caught:
                family.read(portal, request, body, "text/html")
            assert caught.value.code == page["error"]
            return
        step = family.read(portal, request, body, "text/html")
        assert facts(step) == {"leads": page["leads"], "requests": page["requests"]}
        request = step.requests[0] if step.requests else request


def golden_portal(path: Path, case: dict[str, Any]) -> Portal:
    record = {
        "id": "golden/case", "name": "x", "family": path.parts[-3], "start_urls": [case["url"]],
        "hosts": [urlsplit(case["url"]).netloc], "params": case.get("params", {}),
    }  # fmt: skip
    portal = Portal.model_validate(record)
    family_named(portal.family).check(portal)
    return portal


@pytest.mark.parametrize("path", golden_cases(), ids=lambda path: "/".join(path.parts[-3:-1]))
def test_sniffing_names_the_family_of_a_golden_page(path: Path):
    case = json.loads(path.read_text("utf-8"))
    if "error" in case["pages"][0] or case.get("unmarked"):
        return
    body = (path.parent / case["pages"][0]["file"]).read_bytes()
    proposal = sniff(case["url"], body, "text/html")
    assert proposal is not None
    assert proposal.family == path.parts[-3]
    assert proposal.evidence


def plain(site: Site, path: str) -> bytes:
    body = site.answer(Asked("GET", path)).body
    return gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body


@pytest.mark.parametrize("key", SITES)
def test_sniffing_names_the_family_of_a_sample_site_and_proposes_its_column(key: str):
    site = SITES[key](key)
    url = site.url(site.starts[0])
    proposal = sniff(url, plain(site, site.starts[0]))
    assert proposal is not None
    assert (proposal.family, proposal.start_urls) == (site.family, (url,))


@pytest.mark.parametrize("key", SITES)
def test_the_column_is_found_from_the_home_page_in_two_hops(key: str):
    site, path = SITES[key](key), "/"
    for kind in ("disclosure", "column"):
        body = plain(site, path)
        link = column_links(site.url(path), body)[0]
        assert link.kind == kind
        path = link.url.removeprefix(site.url(""))
    assert path == site.starts[0]


@pytest.mark.parametrize("name", sorted(FAMILIES.keys() - {"inbox"}))
def test_every_family_has_a_sample_site_a_golden_page_and_a_recogniser(name: str):
    assert name in {site.family for site in SITES.values()}
    assert list((GOLDEN / name).glob("*/expected.json"))
    assert name in ORDER


@pytest.mark.parametrize("key", ["trs", "page_pc", "ucap", "vsb"])
def test_a_wanted_year_saves_requests_and_loses_no_report(key: str, client: Client, tmp_path: Path):
    with serve_site(key) as (site, requests):
        everything = [fetch.url for fetch in harvest(site, client, tmp_path)]
        requests.clear()
        log = harvest(site, client, tmp_path, (2022,))
        assert len(requests) < len(everything)
        wanted = {url for url, entry in site.report_urls().items() if entry.year == 2022}
        assert {fetch.url for fetch in log if fetch.purpose == "report"} == wanted
        lists = [fetch.url for fetch in log if fetch.purpose == "list"]
        assert len(lists) < len([url for url in everything if url not in site.report_urls()])


HARMLESS = {"slow start", "slow body", "changing", "gzip unsaid", "wrong charset"}
HARMLESS.add("redirect with a cookie")
"""Faults that a client has to see through."""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_on_one_article_costs_no_other(fault: str, client: Client, tmp_path: Path):
    spoilt = next(e for e in SITES["nfcms"]("nfcms").entries if e.kind == "report" and e.number > 5)
    plan = [Rule(f"post_{spoilt.id}", fault)]
    with serve_site("nfcms", lambda right: Faulty(right, plan)) as (site, _):
        portal = portal_of(site)
        hurried = portal.politeness.model_copy(update={"timeout_seconds": 0.5})
        portal = portal.model_copy(update={"politeness": hurried})
        log = list(harvest_portal(portal, client, Archive(str(tmp_path)), {}, None))
        reports = {fetch.url: fetch.outcome for fetch in log if fetch.purpose == "report"}
        outcome = reports.pop(site.url(site.article_path(spoilt)))
        assert outcome == "fetched" or fault not in HARMLESS
        if "challenge" in fault:
            # The host is left alone after it.
            assert outcome == "blocked"
        else:
            assert set(reports) == set(site.report_urls()) - {site.url(site.article_path(spoilt))}
            assert set(reports.values()) == {"fetched"}
