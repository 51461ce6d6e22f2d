"""The expectation reports of the sample harvest, in a real browser that can reach nothing."""

import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect
from selectolax.lexbor import LexborHTMLParser

from nianbao.sample.oracle import expected_failures
from support.browser import BROWSER_MARKS, Opened
from support.sample_run import SampleRun, sample_run

pytestmark = BROWSER_MARKS
FAILED = """
    SELECT c.rule_id, r.organisation, r.report_year::VARCHAR, c.observed, c.expected
    FROM check_results c JOIN reports r USING (report_id)
"""
LONGEST = 120
"""Characters of a path in the zip that Windows unpacks in any usual folder."""


def reports(run: SampleRun) -> Path:
    """Return the folder of the published version's reports."""
    return run.settings.docs_root.resolve()


def suite_pages(run: SampleRun) -> list[Path]:
    """Return the page of results of every suite of checks."""
    folder = reports(run) / "datadocs" / "validations"
    return [page for page in sorted(folder.glob("*.html")) if "integrity" not in page.name]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SampleRun]:
    with sample_run(tmp_path_factory.mktemp("sample")) as run, warnings.catch_warnings():
        # Great Expectations imports what newer Pythons deprecate.
        warnings.simplefilter("ignore")
        run.harvest()
        run.read()
        run.publish(gate=True)
        yield run


def test_the_data_docs_show_exactly_the_failed_checks(published: SampleRun, opened: Opened) -> None:
    shown: Counter[tuple[str, ...]] = Counter()
    for page in suite_pages(published):
        opened.open(page)
        for section in opened.page.locator("section[id^=rule-]").all():
            rule = (section.get_attribute("id") or "").removeprefix("rule-")
            for row in section.locator("tbody tr").all():
                agency, year, _, _, observed, expected, *_ = row.locator("td").all_inner_texts()
                shown[rule, agency, year, observed, expected] += 1
    assert shown == Counter(published.query(FAILED))
    assert shown.total() >= len(expected_failures())


def test_a_reviewer_goes_from_the_start_to_the_archived_source(
    published: SampleRun, opened: Opened
) -> None:
    page = opened.page
    opened.open(reports(published) / "index.html")
    page.wait_for_url("**/zh/index.html")
    expect(page.locator(".gate.good")).to_contain_text("规则全部运行")
    page.locator("#rules").get_by_role("link", name="申请表逐行求和").click()
    page.get_by_role("link", name="在问题清单中筛选全部").click()
    page.get_by_label("机关名称或问题文字").fill("自然资源")
    rows = page.locator(".found-rows li")
    expect(rows).to_have_count(1)
    rows.locator("a.finding").click()
    finding = page.locator("li:target")
    expect(finding).to_contain_text("填报 10，应为 8")
    page.locator("section", has=finding).locator("a.copy").click()
    expect(page.frame_locator("iframe").get_by_text("三、收到和处理").first).to_be_visible()
    assert [url for url in opened.requests if not url.startswith(("file:", "data:"))] == []


def test_every_link_of_both_layers_leads_to_a_file(published: SampleRun) -> None:
    folder = reports(published)
    up, down = set(), set()
    for page in folder.rglob("*.html"):
        inside = "datadocs" in page.relative_to(folder).parts
        for node in LexborHTMLParser(page.read_text("utf-8")).css("a[href]:not([download])"):
            parts = urlsplit(node.attributes["href"] or "")
            if parts.scheme or not parts.path:
                continue
            target = (page.parent / unquote(parts.path)).resolve()
            assert target.is_file(), (page, parts.path)
            if "datadocs" in target.relative_to(folder).parts and not inside:
                down.add(target.stem)
            elif inside:
                up.add(target.relative_to(folder).parts[0])
    assert {page.stem for page in suite_pages(published)} <= down
    assert {"zh", "en"} <= up


def test_every_failing_document_has_its_copy_byte_for_byte(published: SampleRun) -> None:
    hashes = published.query("SELECT DISTINCT sha256 FROM check_results")
    archive = Path(published.settings.archive_root)
    for (sha256,) in hashes:
        (copy,) = (
            path
            for path in (reports(published) / "archive" / sha256[:2]).glob(f"{sha256[:20]}.*")
            if path.suffix != ".html"
        )
        original = archive / "bytes" / sha256[:2] / sha256
        assert copy.read_bytes() == original.read_bytes()


def test_the_zip_unpacks_on_any_system(published: SampleRun) -> None:
    folder = reports(published)
    with ZipFile(folder.with_name("expectation_reports.zip")) as archive:
        names = archive.namelist()
    files = {
        path.relative_to(folder.parent).as_posix() for path in folder.rglob("*") if path.is_file()
    }
    assert set(names) == files
    assert all(name.isascii() and len(name) <= LONGEST for name in names)
    assert len({name.lower() for name in names}) == len(names)


def test_every_finding_leads_to_its_source(published: SampleRun) -> None:
    links = {
        node.attributes["href"]
        for page in (reports(published) / "zh" / "agencies").rglob("*.html")
        for node in LexborHTMLParser(page.read_text("utf-8")).css("a.source")
    }
    sources = published.query(
        "SELECT DISTINCT source_url FROM reports JOIN check_results USING (report_id) "
        "WHERE source_url LIKE 'http%'"
    )
    assert {url for (url,) in sources} <= links
    inbox = str(published.inbox)
    texts = (path.read_text("utf-8") for path in reports(published).rglob("*.html"))
    assert not [text for text in texts if inbox in text]


def test_the_pages_ask_the_network_for_nothing(published: SampleRun, opened: Opened) -> None:
    folder = reports(published)
    pages = [page for page in folder.rglob("*.html") if "archive" not in page.parts]
    for page in pages[::7]:
        opened.open(page)
        if page.name == "index.html" and page.parent == folder:
            # It leads on at once, which would break off the opening of the next.
            opened.page.wait_for_url("**/zh/index.html")
    assert all(url.startswith("file:") for url in opened.requests)
    assert opened.complaints == []
