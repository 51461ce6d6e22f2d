"""Which portals need a hand: each kind of trouble, and what is none."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from nianbao.archive.asked import write_asked
from nianbao.archive.listed import write_listed
from nianbao.archive.log import write_part
from nianbao.model import Fetch
from nianbao.pipeline.watching.health import Health, examine
from nianbao.settings import Settings

APRIL = datetime(2026, 4, 9, 4, tzinfo=UTC)
"""After the last statutory day of the reports on 2025."""
JANUARY = datetime(2026, 1, 20, 4, tzinfo=UTC)


class Past:
    """What harvests did to one portal."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(home=folder / "home", portals_dir=folder / "portals")
        self.root, self.now = self.settings.archive_root, APRIL
        self.path = folder / "portals" / "henan" / "site.yaml"
        self.path.parent.mkdir(parents=True)
        self.record()

    def record(self, **values: object) -> None:
        hosts = {"hosts": ["www.example.gov.cn"], "start_urls": ["http://www.example.gov.cn/nb/"]}
        record = {"name": "某市人民政府", "family": "static", **hosts, **values}
        self.path.write_text(yaml.safe_dump(record, allow_unicode=True), "utf-8")

    def harvest(
        self, days_ago: float, *outcomes: str, leads: dict[int | None, int] | None = None
    ) -> None:
        """Let a harvest have got a list, and these outcomes; `leads` is what it saw, if it ended."""
        at = self.now - timedelta(days=days_ago)
        run = f"run-{days_ago}"
        fetches = [
            Fetch("henan/site", f"http://x/{number}", purpose, outcome, at, 5)  # type: ignore[arg-type]
            for number, text in enumerate(outcomes or ("list fetched",))
            for purpose, outcome in [text.split()]
        ]
        write_part(self.root, run, "part", fetches)
        if leads is not None:
            write_asked(self.root, run, "part", {"henan/site": (self.now.year - 1,)})
            write_listed(self.root, run, "part", at, {"henan/site": leads})

    def examine(self) -> Health:
        return examine(self.settings, self.now)

    def problems(self) -> list[tuple[str, str]]:
        return [(one.problem, one.severity) for one in self.examine().problems]


@pytest.fixture
def past(tmp_path: Path) -> Past:
    return Past(tmp_path)


def test_a_portal_that_was_read_is_well(past):
    past.harvest(1, leads={2025: 40})
    assert past.problems() == []
    assert past.examine().worst is None


def test_one_that_nobody_asked_yet(past):
    assert past.problems() == [("never_seen", "warning")]


def test_one_that_harvests_forgot(past):
    past.harvest(36)
    assert past.problems() == [("stale", "error")]
    [line] = past.examine().summary()["stale"]
    assert line == "某市人民政府（henan/site）：最近一次采集在 2026-03-04，此后再无采集"


def test_one_that_blocks_us_with_the_day_when_it_was_last_well(past):
    past.harvest(5)
    past.harvest(1, "list blocked")
    assert past.problems() == [("blocked", "error")]
    assert "2026-04-04" in past.examine().problems[0].zh


def test_one_that_does_not_answer(past):
    past.harvest(1, "list failed", "robots fetched")
    assert past.problems() == [("failed", "error")]


def test_trouble_with_some_pages_is_a_warning(past):
    past.harvest(1, "list fetched", "report failed", "report blocked")
    assert past.problems() == [("partly_blocked", "warning"), ("partly_failed", "warning")]


@pytest.mark.parametrize(
    ("outcome", "problem"),
    [
        ("gone", "list_gone"),
        ("refused_by_robots", "refused"),
        ("outside_allow_list", "refused"),
    ],
)
def test_a_list_that_moved_or_may_not_be_read_is_an_error_beside_others_too(past, outcome, problem):
    past.harvest(5)
    past.harvest(1, f"list {outcome}")
    assert past.problems() == [(problem, "error")]
    assert "2026-04-04" in past.examine().problems[0].zh
    past.harvest(0.5, f"list {outcome}", "list fetched")
    assert past.problems() == [(problem, "error")]


def test_a_report_that_is_gone_is_an_answer(past):
    past.harvest(1, "list fetched", "report gone")
    assert past.problems() == []


def test_only_the_latest_harvest_counts(past):
    past.harvest(2, "list blocked")
    past.harvest(1)
    assert past.problems() == []


def test_an_empty_list_where_there_were_reports(past):
    past.harvest(2, leads={2025: 40})
    past.harvest(1, leads={})
    assert past.problems() == [("zero_leads", "error")]


def test_an_empty_list_in_january_where_there_never_was_one(past):
    past.now = JANUARY
    past.harvest(1, leads={})
    assert past.problems() == []


def test_fewer_than_the_record_expects_once_the_last_day_is_over(past):
    past.record(expected={"min": 40})
    past.harvest(1, leads={2025: 39})
    assert past.problems() == [("too_few", "error")]
    assert past.examine().summary()["drift"]
    past.now = JANUARY
    past.harvest(1.5, leads={2025: 3})
    assert past.problems() == []


def test_a_lead_of_an_unknown_year_may_be_the_one_that_is_missing(past):
    past.record(expected={"min": 40})
    past.harvest(1, leads={2025: 39, None: 1})
    assert past.problems() == []


def test_more_than_the_record_expects(past):
    past.record(expected={"max": 40})
    past.harvest(1, leads={2025: 41})
    assert past.problems() == [("too_many", "warning")]


def test_fewer_than_last_season(past):
    write_asked(past.root, "last", "part", {"henan/site": (2024,)})
    season = APRIL - timedelta(days=365)
    write_listed(past.root, "last", "part", season, {"henan/site": {2024: 50}})
    past.harvest(1, leads={2025: 39})
    assert past.problems() == [("fewer", "warning")]
    past.harvest(0.5, leads={2025: 40})
    assert past.problems() == []


def test_a_disabled_portal_is_nobodys_worry_and_a_broken_record_is(past):
    past.record(enabled=False, status_note="gone")
    assert past.examine().portals == 0
    past.record(family="nonsense")
    assert past.examine().worst == "error"
