"""A fault seeded in a clean report breaks what it must break and nothing else."""

from pathlib import Path

import pytest

from nianbao.sample.oracle import expected_failures
from support.checked_numbers import failing_checks
from support.seeded_faults import FAULTS, broken, runs

EACH = 4


@pytest.fixture(scope="module")
def reports():
    kinds = enumerate(FAULTS)
    return {name: list(broken(name, EACH, 1000 * (number + 1))) for number, name in kinds}


@pytest.fixture(scope="module")
def failing(reports, tmp_path_factory):
    everything = [report for group in reports.values() for report in group]
    return failing_checks(tmp_path_factory.mktemp("faults") / "faults.duckdb", everything)


@pytest.mark.parametrize("name", FAULTS)
def test_exactly_what_the_change_breaks_fails(name: str, reports, failing) -> None:
    names = {report.organisation for report in reports[name]}
    found = {check for check in failing if check[0] in names}
    assert found == expected_failures(reports[name], harvested=False)


def test_clean_reports_fail_no_error_and_hardly_a_warning(tmp_path: Path) -> None:
    clean = [report for seed in range(40) for report in runs(seed)]
    failing = failing_checks(tmp_path / "clean.duckdb", clean)
    severities = list(failing.values())
    assert severities.count("error") == 0
    assert severities.count("warning") <= len(clean) / 100
