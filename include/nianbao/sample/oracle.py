"""What the checks must say about the sample reports, worked out in plain Python from what is printed.

It is written apart from the rules' SQL and from the generator, so that each can be held against the
other. A check has three values: blanks are not zeros, so a sum with blank parts fails only if the
printed parts already exceed the total, and passes only if they reach it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Literal

from nianbao.forms import load_form
from nianbao.sample.errors import readable_reports
from nianbao.sample.oracle_more import other_checks
from nianbao.sample.oracle_registry import registry_checks
from nianbao.sample.printed import Number, is_words, number_of
from nianbao.sample.report import SampleReport
from nianbao.sample.structure import (
    CARRIED_IN,
    CARRIED_OUT,
    CLOSED,
    OTHER,
    RECEIVED,
    STATISTICS,
    TOTAL,
    applicants_of,
    outcomes_of,
    results_of,
)

Status = Literal["pass", "fail", "not_assessable"]
Check = tuple[str, int, str, str]
"""Organisation, report year, rule id, subject."""


def expected_failures(
    reports: Iterable[SampleReport] | None = None, *, harvested: bool = True
) -> set[Check]:
    """Return the checks that must fail; without argument, over everything a harvest can read.

    A harvest knows the bodies' places and every address of a report; files alone do not.
    """
    checks = expected_checks(reports, harvested=harvested)
    return {check for check, status in checks.items() if status == "fail"}


def expected_checks(
    reports: Iterable[SampleReport] | None = None, *, harvested: bool = False
) -> dict[Check, Status]:
    """Return the status of every check of the rules that speak of numbers."""
    chosen = tuple(readable_reports() if reports is None else reports)
    by_year = {(report.org_id, report.scope, report.report_year): report for report in chosen}
    found: dict[Check, Status] = {}
    for report in chosen:
        past = tuple(
            by_year.get((report.org_id, report.scope, report.report_year - years))
            for years in (1, 2)
        )
        checks = [*_checks_of(report, past[0]), *other_checks(report, past)]
        if harvested:
            checks += registry_checks(report, chosen)
        for rule, subject, status in checks:
            found[(*report.key, rule, subject)] = status
    return found


def judge_sum(parts: Sequence[Number], total: Number) -> Status:
    """Judge whether parts add up to a total; blanks among the parts may hide any number."""
    printed = [part for part in parts if part is not None]
    if total is None:
        return "not_assessable"
    if len(printed) == len(parts):
        return "pass" if sum(printed) == total else "fail"
    if sum(printed) > total:
        return "fail"
    return "pass" if printed and sum(printed) == total else "not_assessable"


def judge_balance(left: Sequence[Number], right: Sequence[Number]) -> Status:
    """Judge whether two sums are equal; a side with blanks is held against the complete one."""
    if None not in left:
        return judge_sum(right, _sum(left))
    return judge_sum(left, _sum(right)) if None not in right else "not_assessable"


def _sum(numbers: Sequence[Number]) -> Decimal:
    return sum((n for n in numbers if n is not None), Decimal(0))


def _checks_of(
    report: SampleReport, before: SampleReport | None
) -> Iterator[tuple[str, str, Status]]:
    numbers = {code: number_of(raw) for code, raw in report.cells.items()}
    last_year = {code: number_of(raw) for code, raw in before.cells.items()} if before else {}
    if report.form == "2014":
        yield from _statistics_checks(numbers)
    else:
        yield from _column_checks(report.form, numbers, last_year)
        yield from _row_checks(report.form, numbers)
        yield from _review_checks(report.form, numbers)
    yield from _zero_checks(report, numbers)


def _column_checks(
    form_name: str, numbers: Mapping[str, Number], last_year: Mapping[str, Number]
) -> Iterator[tuple[str, str, Status]]:
    form = load_form(form_name)
    for column in (*applicants_of(form), TOTAL):
        received, carried_in, closed, carried_out = (
            numbers.get(f"applications.{row}.{column}")
            for row in (RECEIVED, CARRIED_IN, CLOSED, CARRIED_OUT)
        )
        status = judge_balance([received, carried_in], [closed, carried_out])
        yield "applications_column_balance", column, status
        results = [
            numbers.get(f"applications.{row}.{column}") for row in _results(form_name, numbers)
        ]
        yield "applications_results_sum", column, judge_sum(results, closed)
        left = last_year.get(f"applications.{CARRIED_OUT}.{column}")
        rule = "carry_over_total" if column == TOTAL else "carry_over_applicants"
        yield rule, column, _equal(left, carried_in)


def _row_checks(form_name: str, numbers: Mapping[str, Number]) -> Iterator[tuple[str, str, Status]]:
    form = load_form(form_name)
    for row in form.table("applications").rows:
        codes = [f"applications.{row.code}.{column}" for column in (*applicants_of(form), TOTAL)]
        if any(code in numbers for code in codes):
            *parts, total = (numbers.get(code) for code in codes)
            yield "applications_row_sum", row.code, judge_sum(parts, total)


def _statistics_checks(numbers: Mapping[str, Number]) -> Iterator[tuple[str, str, Status]]:
    for total, parts in STATISTICS.items():
        values = [numbers.get(f"statistics.{part}") for part in parts]
        yield "statistics_sum", total, judge_sum(values, numbers.get(f"statistics.{total}"))


def _review_checks(
    form_name: str, numbers: Mapping[str, Number]
) -> Iterator[tuple[str, str, Status]]:
    form = load_form(form_name)
    for block in form.table("reviews").rows:
        parts = [numbers.get(f"reviews.{block.code}.{outcome}") for outcome in outcomes_of(form)]
        yield (
            "reviews_sum",
            block.code,
            judge_sum(parts, numbers.get(f"reviews.{block.code}.{TOTAL}")),
        )


def _zero_checks(
    report: SampleReport, numbers: Mapping[str, Number]
) -> Iterator[tuple[str, str, Status]]:
    tables = [table.code for table in load_form(report.form).tables]
    yield _all_zero(numbers)
    # Words are no blank: the cell is filled, and `text_for_number` tells of it.
    worded = {code for code, raw in report.cells.items() if raw.strip() and is_words(raw)}
    left = {code: number for code, number in numbers.items() if code not in worded}
    for table in tables:
        yield "blank_cells", table, _blanks(table, left)


def _all_zero(numbers: Mapping[str, Number]) -> tuple[str, str, Status]:
    """Judge the whole report where all of it is zero, else its table of applications."""
    printed = {code: number for code, number in numbers.items() if number is not None}
    main = (
        "statistics" if any(code.startswith("statistics.") for code in numbers) else "applications"
    )
    subject = main if any(printed.values()) else "report"
    chosen = [n for code, n in printed.items() if code.startswith(f"{main}.")]
    if not chosen:
        return "all_zero", subject, "not_assessable"
    return "all_zero", subject, "pass" if any(chosen) else "fail"


def _blanks(table: str, numbers: Mapping[str, Number]) -> Status:
    rows: dict[str, dict[str, Number]] = {}
    for code, number in numbers.items():
        row, _, column = code.rpartition(".")
        if code.startswith(f"{table}."):
            # The statistics table has one number a row: the table is the row there.
            rows.setdefault(table if table == "statistics" else row, {})[column] = number
    blank = [row for row in rows.values() if None in row.values()]
    if rows and not blank:
        return "pass"
    says_zero = _prints_zero if table == "statistics" else _is_zero
    return "fail" if any(says_zero(row) for row in blank) else "not_assessable"


def _prints_zero(row: Mapping[str, Number]) -> bool:
    return Decimal(0) in row.values()


def _is_zero(row: Mapping[str, Number]) -> bool:
    """Tell whether a row says zero: by its total, or where it has none by all that it prints."""
    printed = {number for number in row.values() if number is not None}
    return printed == {Decimal(0)} and row.get(TOTAL, Decimal(0)) == 0


def _results(form_name: str, numbers: Mapping[str, Number]) -> tuple[str, ...]:
    codes = results_of(load_form(form_name))
    if any(code.startswith(f"applications.{OTHER}.") and code.count(".") > 2 for code in numbers):
        return codes
    return (*(code for code in codes if code.split(".")[0] != OTHER), OTHER)


def _equal(left: Number, right: Number) -> Status:
    if left is None or right is None:
        return "not_assessable"
    return "pass" if left == right else "fail"
