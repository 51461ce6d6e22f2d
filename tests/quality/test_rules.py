"""The rules' SQL against what the form's arithmetic says, worked out apart in plain Python."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from nianbao.errors import ConfigurationError
from nianbao.forms import load_forms
from nianbao.quality.rule import _load, load_rules
from nianbao.sample.agencies import clean_reports
from nianbao.sample.oracle import expected_checks, expected_failures
from nianbao.sample.report import SampleReport
from nianbao.sample.word_text import word_text
from support.checking import NUMBER_RULES, Check, file_statuses, served_reports, statuses

SUMS = {
    "applications_column_balance",
    "applications_results_sum",
    "applications_row_sum",
    "reviews_sum",
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int, str, str], str]:
    return statuses(tmp_path_factory.mktemp("reports"), served_reports())


def test_the_failures_are_exactly_those_of_the_changed_cells(sample) -> None:
    failed = {check for check, status in sample.items() if status == "fail"}
    assert failed == expected_failures(harvested=False)


def test_every_status_is_that_of_the_arithmetic(sample) -> None:
    expected = expected_checks()
    assert {check: sample[check] for check in expected} == expected


def test_what_the_arithmetic_does_not_speak_of_cannot_be_assessed(sample) -> None:
    others = {sample[check] for check in sample.keys() - expected_checks().keys()}
    assert others <= {"not_assessable"}


SILENT = {
    "area_total",
    "contradictory_versions",
    "draft_changed",
    "statistics_part",
    "statistics_sum",
}
"""Rules to which these files give no subject: no places, no drafts, no form of 2014."""


def test_no_rule_is_silent(sample) -> None:
    spoken = {rule for _, _, rule, _ in sample}
    assert spoken | SILENT == set(NUMBER_RULES)


CHANGED = (
    "applications.received.natural_person",
    "applications.granted.business",
    "applications.refused.third_party.total",
    "applications.closed_total.total",
    "reviews.review.upheld",
    "reviews.litigation_direct.total",
)


def _large() -> list[SampleReport]:
    """Return the clean reports that print all these cells, those first that have most to add up."""
    whole = [
        report
        for report in clean_reports()
        if all(report.cells.get(code, "").isdigit() for code in CHANGED)
    ]
    return sorted(whole, key=lambda r: -sum(raw.strip("0").isdigit() for raw in r.cells.values()))


@pytest.fixture(scope="module")
def changed() -> dict[str, SampleReport]:
    """One report for each cell in which it is one too many."""
    return {
        code: replace(report, cells={**report.cells, code: str(Decimal(report.cells[code]) + 1)})
        for code, report in zip(CHANGED, _large(), strict=False)
    }


@pytest.fixture(scope="module")
def failed_sums(changed, tmp_path_factory: pytest.TempPathFactory) -> set[Check]:
    """All are checked together: every check is of one report, and each time costs seconds."""
    assert len({report.key for report in changed.values()}) == len(CHANGED)
    found = statuses(tmp_path_factory.mktemp("changed"), changed.values())
    return {check for check, status in found.items() if status == "fail" and check[2] in SUMS}


@pytest.mark.parametrize("code", CHANGED)
def test_one_changed_cell_breaks_the_sums_that_hold_it_and_no_other(
    code: str, changed, failed_sums
) -> None:
    report = changed[code]
    failed = {check for check in failed_sums if check[:2] == report.key}
    expected = expected_failures([report], harvested=False)
    assert failed == {check for check in expected if check[2] in SUMS}
    assert failed


@pytest.fixture(scope="module")
def founding(seeds: Path) -> dict[Check, str]:
    """The checks of all founding reports, read together."""
    return file_statuses(sorted(seeds.glob("*.txt")))


@pytest.mark.seeds
@pytest.mark.parametrize(
    ("organisation", "passed", "not_assessable"),
    [
        ("下城区商务局", 5, 35),
        ("新乡市牧野区商务局", 42, 0),
        ("二七区工业和信息化局", 2, 38),
        ("肥城市商务局", 40, 0),
        ("乌苏市商务和工业信息化局", 40, 0),
    ],
)
def test_identities_of_the_founding_reports(
    organisation: str, passed: int, not_assessable: int, founding
) -> None:
    sums = [
        status
        for check, status in founding.items()
        if check[0] == organisation and check[2] in SUMS
    ]
    assert [sums.count(status) for status in ("pass", "not_assessable", "fail")] == [
        passed,
        not_assessable,
        0,
    ]


@pytest.mark.seeds
def test_findings_of_the_founding_reports(founding) -> None:
    assert {
        (org, rule, subject) for (org, _, rule, subject), s in founding.items() if s == "fail"
    } == {
        ("下城区商务局", "all_zero", "applications"),
        ("下城区商务局", "blank_cells", "applications"),
        ("新乡市牧野区商务局", "all_zero", "report"),
        ("二七区工业和信息化局", "all_zero", "report"),
        ("二七区工业和信息化局", "blank_cells", "proactive"),
        ("二七区工业和信息化局", "blank_cells", "applications"),
        ("二七区工业和信息化局", "blank_cells", "reviews"),
        ("肥城市商务局", "all_zero", "applications"),
        ("肥城市商务局", "amount_without_unit", "proactive.procurement.amount"),
        ("乌苏市商务和工业信息化局", "all_zero", "applications"),
    }


def test_every_rule_speaks_of_known_forms_and_says_why() -> None:
    for rule in load_rules():
        assert set(rule.forms) <= {*load_forms(), "none"}
        assert rule.title_zh
        assert rule.title_en
        assert rule.basis_zh
        assert rule.basis_en
        assert rule.advice_zh
        assert rule.advice_en
        assert rule.message


def test_a_rule_in_another_rules_file_is_refused() -> None:
    fields = (
        "severity: info, forms: [], subject_kind: report, title_zh: t, title_en: t, basis_zh: b,"
        " basis_en: b, sql: s"
    )
    text = "{id: a, " + fields + "}"
    with pytest.raises(ConfigurationError):
        _load("values", "b.yaml", text)


def test_a_group_printed_above_its_rows_is_not_counted_twice(tmp_path: Path) -> None:
    report = next(r for r in clean_reports() if r.form == "2021" and _large_enough(r))
    columns = [code.rpartition(".")[2] for code in report.cells if ".other.rest." in code]
    subtotal = {
        f"applications.other.{column}": str(
            sum(
                int(report.cells[f"applications.other.{row}.{column}"])
                for row in ("no_correction", "fee_unpaid", "rest")
            )
        )
        for column in columns
    }
    both = replace(report, cells={**report.cells, **subtotal})
    path = tmp_path / "report.txt"
    path.write_text(word_text(both), "utf-8")
    found = file_statuses([path])
    assert {s for check, s in found.items() if check[2] == "applications_results_sum"} == {"pass"}


def _large_enough(report: SampleReport) -> bool:
    return any(raw.strip("0").isdigit() for code, raw in report.cells.items() if ".other." in code)


def test_an_unread_part_is_no_blank(tmp_path: Path) -> None:
    report = _large()[0]
    row = next(
        code.rpartition(".")[0]
        for code, raw in report.cells.items()
        if code.startswith("applications.") and code.endswith(".business") and raw == "0"
    )
    unread = replace(report, cells={**report.cells, f"{row}.business": "2①"})
    found = statuses(tmp_path, [unread])
    subject = row.removeprefix("applications.")
    assert found[(*report.key, "applications_row_sum", subject)] == "not_assessable"
