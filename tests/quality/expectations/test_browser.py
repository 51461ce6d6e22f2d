"""The page of a failing rule, opened from the disk in a real browser that can reach nothing."""

from pathlib import Path

from playwright.sync_api import expect

from support.browser import BROWSER_MARKS, Opened

pytestmark = BROWSER_MARKS


def test_reviewers_find_the_failing_rows_from_the_index(opened: Opened, docs: Path) -> None:
    opened.open(docs / "index.html")
    opened.page.get_by_role("link", name="数值（2021 年表样）").click()
    opened.page.get_by_role("link", name="各栏之和应等于总计").click()

    section = opened.page.locator("#rule-T3-1")
    rows = section.locator("tbody tr")
    assert section.get_by_text("showing 200 of 250").is_visible()
    assert rows.count() == 50
    assert rows.first.is_visible()
    assert section.locator("th").first.inner_text().strip() == "机关 Agency"
    assert section.get_by_role("button", name="下一页 Next").is_visible()
    assert opened.page.locator(".top").evaluate("e => getComputedStyle(e).color") == (
        "rgb(255, 255, 255)"
    )
    section.get_by_role("button", name="下一页 Next").click()
    expect(section.locator(".pager span")).to_have_text("第 51–100 条，共 200 条 rows")

    section.locator("th", has_text="填报值").click()
    section.get_by_placeholder("搜索 Search").press_sequentially("100")
    expect(rows).to_have_count(1)
    expect(rows.locator("td").nth(4)).to_have_text("100")


def test_no_page_asks_for_anything_or_complains(opened: Opened, docs: Path) -> None:
    pages = list(docs.rglob("*.html"))
    for page in pages:
        opened.open(page)
    assets = (docs.parent / "assets").as_uri()
    asked = [url for url in opened.requests if not url.startswith(assets)]
    assert asked == [page.as_uri() for page in pages]
    assert opened.complaints == []


def test_hostile_values_run_nothing(opened: Opened, docs: Path) -> None:
    opened.open(docs / "validations" / "values_2021.html")
    section = opened.page.locator("#rule-N-6")
    assert section.locator("tbody tr").count() == 3
    section.locator("th").first.click()  # the table writes its rows anew
    for link in section.locator("tbody a").all():
        link.hover()
    assert section.locator("tbody :is(script, img, b, i)").count() == 0
    assert opened.complaints == []


def test_the_policy_stops_a_script_that_got_in(opened: Opened, docs: Path, tmp_path: Path) -> None:
    html = (docs / "index.html").read_text("utf-8")
    smuggled = "<script>alert(1)</script><img src='https://evil.example/x.png' onerror='alert(2)'>"
    (tmp_path / "page.html").write_text(html.replace("<main", f"{smuggled}<main"), "utf-8")
    opened.open(tmp_path / "page.html")
    assert {"1", "2"}.isdisjoint(opened.complaints)
    refused = [text for text in opened.complaints if "Content Security Policy" in text]
    assert len(refused) == 3  # the script, the image, and what it would do when it is not there
