"""The sample reports as their publishers meant them, before any deliberate error."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache

from nianbao.errors import ConfigurationError
from nianbao.forms import Form, form_for_year
from nianbao.model import sha256_of
from nianbao.sample.figures import figures_for_years
from nianbao.sample.report import SampleReport
from nianbao.sample.roster import FoundingReport, SampleAgency, load_roster
from nianbao.sample.structure import asked_codes


@cache
def clean_reports() -> tuple[SampleReport, ...]:
    """Return every report without a deliberate error; what the founding reports got wrong stays."""
    roster = load_roster()
    invented = [report for agency in roster.agencies for report in reports_of(agency)]
    return (*invented, *(founding_report(record) for record in roster.founding))


def founding_report(record: FoundingReport) -> SampleReport:
    """Return a founding report with its own figures, as printed."""
    form = required_form(record.year)
    cells = {code: "" if _matches(code, record.blank) else "0" for code in asked_codes(form)}
    cells |= record.cells
    return SampleReport(
        organisation=record.name,
        org_id=record.id,
        report_year=record.year,
        form=form.name,
        scope="agency",
        cells={code: raw for code, raw in cells.items() if not _matches(code, record.absent)},
        published_on=published_on(record.name, record.year, area=False),
        style=record.style,
        labels=record.labels,
    )


def reports_of(agency: SampleAgency) -> Iterator[SampleReport]:
    """Yield an agency's reports, a year after the other."""
    first, last = agency.years
    # A year's figures don't depend on how many years are asked for, nor on other agencies.
    run = figures_for_years(seed_of(agency.name), range(2019, last + 1), agency.size)
    for year in range(first, last + 1):
        yield SampleReport(
            organisation=agency.name,
            org_id=agency.credit_code,
            report_year=year,
            form=required_form(year).name,
            scope=agency.scope,
            cells={code: printed(value) for code, value in run[year].items()},
            published_on=published_on(agency.name, year, area=agency.scope == "area"),
            style=agency.style,
        )


def printed(value: Decimal) -> str:
    """Return a number as reports print it: without exponent or needless zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def published_on(name: str, report_year: int, *, area: bool) -> date:
    """Return a lawful day: agencies publish in January, governments in March of the next year."""
    return date(report_year + 1, 3 if area else 1, 10 + seed_of(name) % 19)


def seed_of(name: str) -> int:
    """Return a number that stands for a name on every machine."""
    return int(sha256_of(name.encode())[:8], 16)


def required_form(report_year: int) -> Form:
    """Return the form of a year; `ConfigurationError` where there is none."""
    form = form_for_year(report_year)
    if form is None:
        raise ConfigurationError(f"no form is known for the report year {report_year}")
    return form


def _matches(code: str, patterns: tuple[str, ...]) -> bool:
    return any(re.fullmatch(pattern, code) for pattern in patterns)
