"""What reviewers see of the sample harvest, in a real browser that can reach nothing."""

import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from nianbao.sample.oracle import expected_failures
from support.browser import BROWSER_MARKS, Opened
from support.sample_run import SampleRun, sample_run

pytestmark = BROWSER_MARKS
FAILED = """
    SELECT c.rule_id, r.organisation, r.report_year::VARCHAR, c.observed, c.expected
    FROM check_results c JOIN reports r USING (report_id)
"""


def suite_pages(run: SampleRun) -> list[Path]:
    """Return the page of results of every suite of checks."""
    folder = run.settings.docs_root.resolve() / "validations"
    return [page for page in sorted(folder.rglob("*.html")) if "integrity" not in str(page)]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SampleRun]:
    with sample_run(tmp_path_factory.mktemp("sample")) as run, warnings.catch_warnings():
        # Great Expectations imports what newer Pythons deprecate.
        warnings.simplefilter("ignore")
        run.harvest()
        run.read()
        run.publish(gate=True)
        yield run


def test_the_pages_show_exactly_the_failed_checks(published: SampleRun, opened: Opened) -> None:
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


def test_every_row_leads_to_its_source(published: SampleRun, opened: Opened) -> None:
    links = set()
    for page in suite_pages(published):
        opened.open(page)
        found = opened.page.locator("tbody a[href^=http]").all()
        links |= {link.get_attribute("href") for link in found}
    sources = published.query(
        "SELECT DISTINCT source_url FROM reports JOIN check_results USING (report_id) "
        "WHERE source_url LIKE 'http%'"
    )
    assert links == {url for (url,) in sources}


def test_the_pages_ask_the_network_for_nothing(published: SampleRun, opened: Opened) -> None:
    for page in published.settings.docs_root.resolve().rglob("*.html"):
        opened.open(page)
    assert all(url.startswith("file:") for url in opened.requests)
    assert opened.complaints == []
