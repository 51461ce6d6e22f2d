"""The sample harvest from the first request to the published warehouse, without Airflow."""

import json
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from nianbao.pipeline.published import published as figures_of
from nianbao.pipeline.rebuild import rebuild
from nianbao.pipeline.summary import summarise
from nianbao.pipeline.verdicts import set_state, spoken
from nianbao.sample.errors import load_mistakes, readable_reports
from nianbao.sample.oracle import expected_failures
from nianbao.settings import Settings
from nianbao.warehouse.versions import load_versions
from support.checking import NUMBER_RULES
from support.sample_run import SampleRun, sample_run

FAILED = f"""
    SELECT r.organisation_printed, r.report_year, c.rule_id, c.subject
    FROM check_results c JOIN reports r USING (report_id)
    WHERE c.rule_id IN {NUMBER_RULES}
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SampleRun]:
    with sample_run(tmp_path_factory.mktemp("sample")) as run:
        run.harvest()
        run.read()
        run.publish()
        yield run


def return_all(run: SampleRun, organisation: str, year: int) -> list[str]:
    """Send back every error of a report; return the keys of the findings."""
    found = run.query(
        "SELECT item_key FROM check_results JOIN reports USING (report_id) WHERE severity = 'error' "
        f"AND organisation_printed = '{organisation}' AND report_year = {year} ORDER BY item_key"
    )
    for (key,) in found:
        set_state(run.settings, key, spoken("returned", "李四", due="2026-03-05"))
    assert found
    return [key for (key,) in found]


def test_every_readable_report_arrives_once(published: SampleRun) -> None:
    arrived = published.query("SELECT organisation_printed, report_year FROM reports")
    assert sorted(arrived) == sorted(report.key for report in readable_reports())


def test_every_printed_cell_arrives_as_printed(published: SampleRun) -> None:
    arrived = {
        (organisation, year, code): raw
        for organisation, year, code, raw in published.query(
            "SELECT organisation_printed, report_year, code, raw FROM report_cells "
            "JOIN reports USING (report_id) WHERE kind <> 'missing'"
        )
    }
    printed = {
        (*report.key, code): raw.strip()
        for report in readable_reports()
        for code, raw in report.cells.items()
    }
    assert arrived == printed


def test_the_failed_checks_are_exactly_those_of_the_changed_cells(published: SampleRun) -> None:
    assert set(published.query(FAILED)) == expected_failures()


def test_every_trouble_of_a_page_is_an_outcome_in_the_log(published: SampleRun) -> None:
    outcomes = dict(
        published.query(
            "SELECT outcome, count(DISTINCT url) FROM fetches WHERE purpose = 'report' GROUP BY ALL"
        )
    )
    troubles = [page.trouble for page in load_mistakes().pages]
    assert outcomes["blocked"] == troubles.count("forbidden")
    assert outcomes["failed"] == troubles.count("hanging")
    assert outcomes["gone"] >= troubles.count("gone")


def test_what_is_no_report_is_quarantined_with_its_reason(published: SampleRun) -> None:
    codes = {code for (code,) in published.query("SELECT code FROM quarantine")}
    assert {"not_a_report", "damaged"} <= codes


def test_a_second_address_of_a_report_is_noticed(published: SampleRun) -> None:
    noticed = published.query(
        "SELECT count(*) FROM version_findings WHERE code = 'several_documents'"
    )
    duplicates = [page for page in load_mistakes().pages if page.trouble == "duplicate"]
    assert noticed == [(len(duplicates),)]


def test_the_summary_counts_what_the_warehouse_holds(published: SampleRun) -> None:
    found = summarise(published.settings)
    assert found["reports"] == len(readable_reports())
    assert published.query("SELECT count(*) FROM check_results") == [(found["checks"]["fail"],)]
    assert Path(found["warehouse"]).exists()


def test_whoever_watches_gets_the_failures_by_severity_and_the_age(published: SampleRun) -> None:
    born = datetime.fromisoformat(load_versions(published.settings.warehouse_root)[-1].published_at)
    found = figures_of(published.settings, with_checks=True, now=born + timedelta(hours=2))
    counted = published.query(
        "SELECT severity, count(*) FROM check_results WHERE status = 'fail' GROUP BY severity"
    )
    assert found["version_age_seconds"] == 7200
    assert found["checks_failed"] == {"error": 0, "warning": 0, "info": 0} | dict(counted)


def test_nothing_is_said_of_a_warehouse_that_is_not_there(tmp_path: Path) -> None:
    assert figures_of(Settings(home=tmp_path), with_checks=True) == {}


def test_everything_is_made_anew_from_the_archive_alone(
    published: SampleRun, tmp_path: Path
) -> None:
    [version] = load_versions(published.settings.warehouse_root)
    shutil.copytree(published.settings.archive_root, tmp_path / "archive")
    if published.settings.identities_file.exists():
        shutil.copy(published.settings.identities_file, tmp_path)
    bare = published.settings.model_copy(update={"home": tmp_path})
    rebuilt = rebuild(bare, without_gate=True)
    assert rebuilt["content_hash"] == version.content_hash
    assert rebuilt["reports"] >= len(readable_reports())


def test_a_second_run_finds_nothing_new(tmp_path: Path) -> None:
    with sample_run(tmp_path) as run:
        run.harvest()
        run.read()
        first = run.publish()
        outcomes = run.harvest()
        assert outcomes["unchanged"] > 0
        assert run.read() <= 1  # the page that changes at every visit, if any
        second = run.publish()
    assert not second["new"]
    assert second["version"] == first["version"]
    assert len(load_versions(run.settings.warehouse_root)) == 1


def test_a_corrected_report_is_a_new_version_and_mends_its_checks(tmp_path: Path) -> None:
    with sample_run(tmp_path) as run:
        run.harvest()
        run.read()
        run.publish()
        mistake = next(m for m in load_mistakes().reports if m.changed_numbers)
        returned = return_all(run, mistake.organisation, mistake.year)
        run.sites.correct(mistake.organisation, mistake.year)
        run.harvest()
        run.read()
        assert run.publish()["new"]
        corrected = {(mistake.organisation, mistake.year)}
        assert set(run.query(FAILED)) == expected_failures(readable_reports(corrected))
        versions = run.query(
            "SELECT count(*), count(*) FILTER (is_current) FROM report_versions "
            f"WHERE organisation = '{mistake.organisation}' AND report_year = {mistake.year}"
        )
        closed = run.query(
            "SELECT item_key, state, who, reason FROM verdict_states ORDER BY item_key"
        )
        assert run.query(
            "SELECT count(*) FROM open_items JOIN verdict_states USING (item_key)"
        ) == [(0,)]
    assert versions == [(2, 1)]
    # What was sent back is closed by the version that passes, old and new cells side by side.
    assert [row[:3] for row in closed] == [(key, "corrected", "nianbao") for key in returned]
    assert all("→" in row[3] for row in closed)


@pytest.mark.seeds
def test_the_founding_reports_dropped_into_the_inbox_arrive_with_all_their_cells(
    tmp_path: Path, seeds: Path
) -> None:
    texts = sorted(seeds.glob("*.txt"))
    with sample_run(tmp_path) as run:
        for path in run.settings.portals_dir.rglob("*.yaml"):
            if "inbox" not in path.name:
                path.unlink()
        shutil.rmtree(run.inbox)
        run.inbox.mkdir()
        for text in texts:
            shutil.copy(text, run.inbox)
        run.harvest()
        run.read()
        run.publish()
        arrived = {
            (organisation, code): (raw, kind, None if value is None else float(value), unit)
            for organisation, code, raw, kind, value, unit in run.query(
                "SELECT organisation_printed, code, raw, kind, value, unit FROM report_cells "
                "JOIN reports USING (report_id) WHERE kind <> 'missing'"
            )
        }
    expected = {}
    for text in texts:
        data = json.loads(text.with_suffix(".expected.json").read_text("utf-8"))
        for code, cell in data["cells"].items():
            value = None if cell["value"] is None else float(cell["value"])
            expected[data["organisation"], code] = (
                cell["raw"],
                cell["kind"],
                value,
                cell.get("unit"),
            )
    assert arrived == expected
