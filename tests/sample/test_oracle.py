"""The oracle: three-valued sums, and failures exactly where a cell was changed."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from nianbao.sample.agencies import clean_reports
from nianbao.sample.errors import corrected_report, load_mistakes, printed_reports, readable_reports
from nianbao.sample.oracle import (
    expected_checks,
    expected_failures,
    judge_balance,
    judge_sum,
    number_of,
)

IDENTITIES = {
    "applications_column_balance",
    "applications_results_sum",
    "applications_row_sum",
    "reviews_sum",
}
CARRIED = {"carry_over_total", "carry_over_applicants"}


def numbers(*values):
    return [None if value is None else Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("parts", "total", "status"),
    [
        ((1, 2), 3, "pass"),
        ((1, 2), 4, "fail"),
        ((1, None), 3, "not_assessable"),
        ((3, None), 3, "pass"),
        ((4, None), 3, "fail"),
        ((None, None), 0, "not_assessable"),
        ((1, 2), None, "not_assessable"),
    ],
)
def test_a_sum_has_three_values(parts, total, status):
    assert judge_sum(numbers(*parts), numbers(total)[0]) == status


@pytest.mark.parametrize(
    ("left", "right", "status"),
    [
        ((1, 2), (3, 0), "pass"),
        ((1, 2), (3, 1), "fail"),
        ((1, 2), (3, None), "pass"),
        ((None, 2), (1, 0), "fail"),
        ((None, 2), (3, 0), "not_assessable"),
        ((None, 2), (3, None), "not_assessable"),
    ],
)
def test_a_balance_holds_an_incomplete_side_against_the_complete_one(left, right, status):
    assert judge_balance(numbers(*left), numbers(*right)) == status


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("12", 12),
        ("１２", 12),
        ("减5", -5),
        ("增4", 4),
        ("5030元", 5030),
        ("1,234", 1234),
        ("0.5", "0.5"),
    ],
)
def test_numbers_are_read_as_printed(raw, value):
    assert number_of(raw) == Decimal(value)


@pytest.mark.parametrize("raw", ["", "/", "—", "-", "无"])
def test_blanks_and_strokes_are_no_numbers(raw):
    assert number_of(raw) is None


def test_reports_without_mistakes_break_no_identity():
    rules = {rule for _, _, rule, _ in expected_failures(clean_reports())}
    assert not rules & (IDENTITIES | CARRIED)


def test_only_checks_that_contain_a_changed_cell_fail():
    changed = {(m.organisation, m.year): m.changed_numbers for m in load_mistakes().reports}
    for organisation, year, rule, subject in expected_failures():
        if rule in IDENTITIES:
            codes = changed[organisation, year]
            assert any(f".{subject}." in code or code.endswith(f".{subject}") for code in codes)


def test_one_more_in_one_result_breaks_its_row_and_the_results_of_its_column():
    failures = {check[2:] for check in expected_failures() if check[:2] == ("云汀市公安局", 2020)}
    assert failures >= {
        ("applications_row_sum", "granted"),
        ("applications_results_sum", "natural_person"),
    }
    assert {rule for rule, _ in failures} & (IDENTITIES | CARRIED) == {
        "applications_row_sum",
        "applications_results_sum",
    }


def test_a_year_may_fit_in_itself_and_not_to_the_year_before():
    failures = {check[2:] for check in expected_failures() if check[:2] == ("云汀市教育局", 2020)}
    assert {check for check in failures if check[0] in IDENTITIES | CARRIED} == {
        ("carry_over_applicants", "natural_person"),
        ("carry_over_total", "total"),
    }


def test_a_whole_county_of_zeros_is_seen_against_the_year_before():
    failures = {check[2:] for check in expected_failures() if check[:2] == ("青岫县人民政府", 2022)}
    assert ("all_zero", "report") in failures
    assert ("carry_over_total", "total") in failures


def test_every_kind_of_error_is_there():
    rules = Counter(rule for _, _, rule, _ in expected_failures())
    assert rules.keys() >= IDENTITIES | CARRIED | {"all_zero", "blank_cells"}


@pytest.mark.parametrize(
    ("organisation", "year", "counts"),
    [
        ("下城区商务局", 2020, {"pass": 5, "not_assessable": 35}),
        ("新乡市牧野区商务局", 2021, {"pass": 42}),
        ("二七区工业和信息化局", 2020, {"pass": 2, "not_assessable": 38}),
        ("肥城市商务局", 2020, {"pass": 40}),
        ("乌苏市商务和工业信息化局", 2020, {"pass": 40}),
    ],
)
def test_identities_of_the_founding_reports_are_as_counted_by_hand(organisation, year, counts):
    found = Counter(
        status
        for (name, when, rule, _), status in expected_checks().items()
        if (name, when) == (organisation, year) and rule in IDENTITIES
    )
    assert found == counts


def test_what_nobody_can_read_is_not_judged():
    keys = {report.key for report in readable_reports()}
    unreachable = {"gone", "forbidden", "hanging"}
    for page in load_mistakes().pages:
        assert ((page.organisation, page.year) in keys) is (page.trouble not in unreachable)


def test_every_declared_mistake_changes_its_report():
    printed = {report.key: report for report in printed_reports()}
    for mistake in load_mistakes().reports:
        report = printed[mistake.organisation, mistake.year]
        assert report != corrected_report(report)


def test_a_corrected_report_no_longer_fails():
    key = ("云汀市公安局", 2020)
    failed = {check[2] for check in expected_failures(readable_reports({key})) if check[:2] == key}
    assert not failed & (IDENTITIES | CARRIED)


def test_an_absent_total_is_not_judged():
    report = next(r for r in clean_reports() if r.organisation == "云汀市公安局")
    cells = {code: raw for code, raw in report.cells.items() if code != "reviews.review.total"}
    checks = expected_checks([replace(report, cells=cells)])
    assert checks[(*report.key, "reviews_sum", "review")] == "not_assessable"
