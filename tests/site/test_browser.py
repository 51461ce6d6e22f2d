"""The site opened from the disk in a real browser that can reach nothing."""

import re
from pathlib import Path

from playwright.sync_api import expect

from support.browser import BROWSER_MARKS, Opened

pytestmark = BROWSER_MARKS


def test_a_reader_finds_an_agency_and_the_query_behind_its_figures(
    opened: Opened, site: Path
) -> None:
    page = opened.page
    opened.open(site / "index.html")
    page.wait_for_url("**/zh/index.html")
    expect(page.locator("#coverage .chart svg").first).to_be_visible()

    page.get_by_role("link", name="机关检索").click()
    found = page.locator(".found")
    expect(found).to_have_text("找到 40 个机关")
    page.get_by_label("名称、地区或信用代码").fill("杭州 商务")
    expect(found).to_have_text("找到 1 个机关")
    page.get_by_label("类别").select_option("government")
    expect(found).to_have_text("找到 0 个机关")
    page.get_by_label("类别").select_option("")
    page.get_by_role("link", name="杭州市商务局").click()

    expect(page.locator("h1")).to_have_text("杭州市商务局")
    expect(page.locator("#series .chart svg").first).to_be_visible()
    page.get_by_role("link", name="English").click()
    expect(page.locator("#series h2")).to_have_text("Applications over the years")
    assert "/en/agencies/" in page.url

    page.locator("#series a.sql").first.click()
    query = page.locator("#agency_series pre")
    expect(query).to_contain_text("SET VARIABLE org_ids = ['11330100commerce'];")
    expect(query).to_contain_text("FROM measures_yearly")

    assert [url for url in opened.requests if not url.startswith(("file:", "data:"))] == []
    assert opened.complaints == []


def test_a_chart_shows_the_numbers_of_its_table(opened: Opened, site: Path) -> None:
    opened.open(site / "en" / "index.html")
    received = opened.page.locator("#received .panel").first
    rows = received.locator("tbody tr").count()
    assert received.locator("svg rect").count() == rows
    assert received.locator("svg").get_attribute("aria-label") == "Applications received"


def test_groups_are_chosen_and_never_shown_together(opened: Opened, site: Path) -> None:
    opened.open(site / "en" / "index.html")
    panels = opened.page.locator("#outcomes .panel")
    assert panels.count() > 1
    assert [panel.is_visible() for panel in panels.all()].count(True) == 1
    choice = opened.page.locator("#outcomes select")
    last = choice.locator("option").last.inner_text()
    choice.select_option(last)
    assert panels.last.is_visible()
    assert not panels.first.is_visible()


def test_the_page_fits_a_phone(opened: Opened, site: Path) -> None:
    opened.page.set_viewport_size({"width": 390, "height": 844})
    for name in ("index", "search", "places", "sql", "notes", "agencies/ce/11330100commerce"):
        opened.open(site / "zh" / f"{name}.html")
        assert opened.page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_refused_figure_stays_a_gap_in_the_chart(opened: Opened, site: Path) -> None:
    opened.open(site / "en" / "index.html")
    shown = opened.page.locator("#outcomes .panel").first
    whole = shown.locator("tbody tr").filter(has_not=opened.page.locator("td.null"))
    parts = shown.locator("svg rect").count()
    assert parts == whole.count() * 6


def test_hostile_values_run_nothing(opened: Opened, site: Path) -> None:
    for name in ("search", "agencies/ce/11330100police"):
        opened.open(site / "zh" / f"{name}.html")
        assert opened.page.locator("main img").count() == 0
    expect(opened.page.locator("h1")).to_have_text(re.compile("onerror"))
    assert opened.complaints == []
