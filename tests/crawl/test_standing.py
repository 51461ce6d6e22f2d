"""What the log says of portals: who is in trouble, who is silent, which years are due."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from nianbao.crawl.alarms import alarms
from nianbao.crawl.standing import standings
from nianbao.crawl.years import years_due
from nianbao.model import Fetch, Lead, Portal

APRIL = datetime(2026, 4, 2, tzinfo=UTC)
MARCH = datetime(2026, 3, 1, tzinfo=UTC)
PORTAL = Portal(id="p/a", name="某局", family="hanweb", hosts=("x",))


def line(outcome: str = "fetched", year: int | None = 2025, days: int = 0, **values) -> Fetch:
    when = datetime(2026, 2, 1, tzinfo=UTC) + timedelta(days=days)
    url = values.pop("url", f"http://x/{year}")
    fetch = Fetch("p/a", url, "report", outcome, when, 5, lead_report_year=year)  # type: ignore[arg-type]
    return replace(fetch, **values)


def standing(*lines: tuple[str, Fetch], portal: Portal = PORTAL, now: datetime = APRIL) -> set[str]:
    return set(standings([portal], {"p/a": lines}, now)["p/a"])


def test_a_portal_in_order_has_no_word():
    assert standing(("1", line())) == set()


@pytest.mark.parametrize(
    ("outcome", "word"), [("failed", "failed"), ("over_limit", "failed"), ("blocked", "blocked")]
)
def test_the_latest_run_tells_of_trouble(outcome: str, word: str):
    good, bad = line(), line(outcome, days=1, purpose="list")
    assert standing(("1", good), ("2", bad)) == {word}
    assert standing(("1", bad), ("2", replace(good, fetched_at=APRIL))) == set()


def test_trouble_with_the_rules_alone_is_none():
    assert standing(("1", line()), ("1", line("failed", purpose="robots"))) == set()


def test_a_portal_that_never_gave_a_report_was_never_seen():
    assert standing(now=MARCH) == {"never_seen"}
    assert standing(("1", line("gone")), now=MARCH) == {"never_seen"}
    assert standing(("1", line(purpose="list")), now=MARCH) == {"never_seen"}


def test_late_is_who_lacks_last_years_report_after_the_last_day():
    old = ("1", line(year=2024))
    assert standing(old, now=MARCH) == set()
    assert standing(old) == {"late"}
    assert standing(old, ("1", line(year=2025))) == set()


def test_late_is_who_has_fewer_than_expected():
    wants = PORTAL.model_copy(update={"expected": PORTAL.expected.model_copy(update={"min": 2})})
    assert standing(("1", line()), portal=wants) == {"late"}
    assert standing(("1", line()), ("1", line(url="http://x/b")), portal=wants) == set()


@pytest.mark.parametrize(
    "values", [{"expected": {"max": 0}}, {"years": {"first": 2010, "last": 2020}}]
)
def test_who_owes_nothing_is_not_late(values: dict):
    owes_nothing = Portal.model_validate(PORTAL.model_dump() | values)
    assert standing(("1", line(year=2020)), portal=owes_nothing) == set()


def lead(year: int | None, number: int = 0) -> Lead:
    return Lead("p/a", f"http://x/{year}/{number}", report_year=year)


def expecting(**expected) -> Portal:
    return Portal.model_validate(PORTAL.model_dump() | {"expected": expected})


def messages(portal: Portal, leads, before=(), years=None, now=APRIL) -> list[tuple[str, str]]:
    found = alarms(portal, leads, before, years, now)
    return [(alarm.severity, alarm.message) for alarm in found]


def test_no_leads_where_there_were_some_is_an_alarm():
    before = [line(year=2024), line(year=2023), line("gone", year=2022)]
    assert messages(PORTAL, [], before) == [("error", "no leads, where there were 2")]
    assert messages(PORTAL, [lead(2024)], before) == []
    assert messages(PORTAL, [], []) == []


def test_no_leads_for_a_year_that_never_had_any_is_none():
    assert messages(PORTAL, [], [line(year=2024)], years=(2025,)) == []
    assert len(messages(PORTAL, [], [line(year=2024)], years=(2024,))) == 1


def test_a_list_that_became_shorter_is_a_warning():
    pages = [line(year=year, media_type="text/html") for year in (2023, 2024)]
    files = [line(year=2022, media_type="application/pdf")]
    left = Lead("p/a", "http://x/2024", report_year=2024)
    words = "1 of 2 reports listed before are listed no more"
    assert messages(PORTAL, [left], [*pages, *files]) == [("warning", words)]
    assert messages(PORTAL, [left], [*pages, *files], years=(2024,)) == []


def test_an_expectedly_empty_portal_raises_none():
    assert messages(expecting(max=0), [], [line()]) == []


def test_fewer_than_expected_is_an_error_once_the_last_day_is_over():
    portal = expecting(min=2)
    assert messages(portal, [lead(2025)], years=(2025,), now=MARCH) == []
    assert messages(portal, [lead(2025)], years=(2025,)) == [
        ("error", "1 leads for 2025, expected at least 2")
    ]
    assert messages(portal, [lead(2025), lead(None)], years=(2025,)) == []


def test_last_years_reports_are_expected_though_no_year_is_asked_for():
    assert messages(expecting(min=2), [lead(2020)]) == [
        ("error", "1 leads for 2020, expected at least 2"),
        ("error", "0 leads for 2025, expected at least 2"),
    ]


def test_more_than_expected_is_a_warning_at_any_time():
    leads = [lead(2025, number) for number in range(3)]
    assert messages(expecting(max=2), leads, now=MARCH) == [
        ("warning", "3 leads for 2025, expected at most 2")
    ]


def test_a_year_of_its_own_is_checked_though_no_lead_names_it():
    portal = expecting(years={2023: {"min": 1}})
    assert messages(portal, []) == [("error", "0 leads for 2023, expected at least 1")]
    assert messages(portal, [], years=(2025,)) == []


def test_only_the_years_whose_pages_were_asked_for_are_counted():
    portal = Portal.model_validate(PORTAL.model_dump() | {"years": {"first": 2020}})
    portal = portal.model_copy(update={"expected": PORTAL.expected.model_copy(update={"min": 1})})
    assert alarms(portal, [lead(2025)], [], None, APRIL, (2025,)) == []
    assert len(alarms(portal, [lead(2025)], [], None, APRIL)) == 5


PAGES = [Lead("p/a", f"http://x/{year}", report_year=year) for year in (2019, 2020, 2025)]


def due(*lines: Fetch, every_days: int = 30, now: datetime = APRIL):
    return years_due(lines, PAGES, every_days, now)


def test_older_pages_are_due_at_first_and_then_once_in_a_while():
    assert due() is None
    recent = [line(year=year, days=50) for year in (2019, 2020)]
    assert due(*recent) == (2025,)
    assert due(*recent, now=APRIL + timedelta(days=30)) is None
    assert due(*recent, every_days=0) is None


def test_a_site_without_such_pages_is_asked_for_last_years_ones():
    assert years_due([], [], 30, APRIL) == (2025,)


@pytest.mark.parametrize("outcome", ["over_limit", "failed", "blocked"])
def test_a_page_that_came_to_nothing_is_due(outcome: str):
    assert due(line(year=2020, days=50), line(outcome, year=2019, days=50)) is None


def test_the_empty_shell_of_a_year_without_a_report_is_an_answer():
    shell = line("blocked", year=2019, days=50, status=200)
    assert due(line(year=2020, days=50), shell) == (2025,)


def test_what_a_run_that_was_killed_did_not_reach_is_due():
    assert due(line(year=2020, days=50), line(year=2025, days=50)) is None
