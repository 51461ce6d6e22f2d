"""The expectation reports opened from the disk in a real browser that can reach nothing."""

from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import expect

from support.browser import BROWSER_MARKS, Opened
from support.checks_site import AGENCY, HOSTILE

pytestmark = BROWSER_MARKS
PAGES = (
    "index", "findings", "rules", "places", "search", "notes", "rules/applications_results_sum",
    "places/330100", f"agencies/{AGENCY[-2:]}/{AGENCY}",
)  # fmt: skip


def outside(opened: Opened) -> list[str]:
    """Return what was asked for and does not lie on the disk."""
    return [url for url in opened.requests if not url.startswith(("file:", "data:", "about:"))]


def test_a_reviewer_filters_and_follows_a_finding_to_its_archived_source(
    opened: Opened, checks_site: Path
) -> None:
    page = opened.page
    opened.open(checks_site / "index.html")
    page.wait_for_url("**/zh/index.html")
    page.locator("#severities").get_by_role("link", name="错误").click()
    rows, found = page.locator(".found-rows li"), page.locator(".found")
    expect(found).to_have_text("共 56 条")
    page.get_by_label("处理状态").select_option("returned")
    expect(found).to_have_text("共 28 条")
    page.get_by_label("省份").select_option("330000")
    page.get_by_label("市县").select_option("330100")
    page.get_by_label("机关名称或问题文字").fill("onerror 应为")
    expect(rows).to_have_count(2)
    assert "place=330100" in page.url
    page.reload()
    expect(rows).to_have_count(2)

    rows.first.locator("a.finding").click()
    expect(page.locator("h1")).to_have_text(HOSTILE)
    finding = page.locator("li:target")
    expect(finding).to_contain_text("填报 3，应为 5")
    opened.complaints.clear()
    page.locator("section", has=finding).locator("a.copy").click()
    document = page.frame_locator("iframe")
    expect(document.get_by_text("《表三》总计 3")).to_be_visible()

    document.get_by_role("link", name="out").click()
    page.wait_for_timeout(300)
    assert page.url.startswith("file:")
    page.get_by_role("link", name="原始字节").click()
    expect(page.locator("pre")).to_contain_text("archived")
    assert outside(opened) == []
    assert not [text for text in opened.complaints if text in ("archived", "2", "3")]


def test_nothing_is_asked_of_the_network_and_nothing_complains(
    opened: Opened, checks_site: Path
) -> None:
    opened.page.set_viewport_size({"width": 390, "height": 844})
    for language in ("zh", "en"):
        for name in PAGES:
            opened.open(checks_site / language / f"{name}.html")
            opened.page.wait_for_load_state("load")
            # A phone shows the page without scrolling sideways.
            assert opened.page.evaluate("document.documentElement.scrollWidth") == 390, name
            assert opened.page.locator("main img").count() == 0
    assert outside(opened) == []
    assert opened.complaints == []


def test_rules_are_filtered_in_their_table(opened: Opened, checks_site: Path) -> None:
    opened.open(checks_site / "en" / "rules.html")
    shown = opened.page.locator("#rules tbody tr:visible")
    expect(shown).to_have_count(3)
    opened.page.get_by_label("Severity").select_option("warning")
    expect(shown).to_have_count(1)
    opened.page.get_by_label("Filter").fill("nothing of the kind")
    expect(shown).to_have_count(0)


def test_a_link_with_filters_opens_them(opened: Opened, checks_site: Path) -> None:
    address = (checks_site / "en" / "findings.html").as_uri()
    opened.page.goto(f"{address}?rule=carry_over_total&place=330000&text={quote('杭州')}")
    expect(opened.page.locator(".found")).to_have_text("12 findings")
    opened.page.get_by_role("button", name="Clear").click()
    expect(opened.page.locator(".found")).to_contain_text("140 findings")


def test_paper_has_the_findings_and_not_the_filters(opened: Opened, checks_site: Path) -> None:
    opened.open(checks_site / "zh" / "agencies" / AGENCY[-2:] / f"{AGENCY}.html")
    opened.page.emulate_media(media="print")
    assert opened.page.locator(".checks li").first.is_visible()
    assert not opened.page.locator(".top nav").is_visible()
    wide = opened.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide
