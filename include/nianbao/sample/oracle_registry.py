"""The oracle of what needs the registry: an area against its bodies, one report at several addresses."""

from collections.abc import Iterable, Iterator

from nianbao.sample.errors import load_mistakes
from nianbao.sample.oracle_more import Found, headlines
from nianbao.sample.report import SampleReport
from nianbao.sample.roster import load_roster


def registry_checks(report: SampleReport, reports: Iterable[SampleReport]) -> Iterator[Found]:
    """Yield the checks that need the registry: an area against its bodies, several addresses."""
    if load_mistakes().trouble_of(report) == "duplicate":
        yield "published_twice", "report", "fail"
    if report.scope == "area" and report.form != "2014":
        yield from _area(report, reports)


def _area(report: SampleReport, reports: Iterable[SampleReport]) -> Iterator[Found]:
    roster = load_roster()
    divisions = {one.name: one.division for one in roster.agencies}
    divisions |= {one.name: one.division for one in roster.founding}
    division = divisions.get(report.organisation)
    members = [
        headlines(one)
        for one in reports
        if one.scope == "agency"
        and one.report_year == report.report_year
        and divisions.get(one.organisation) == division
    ]
    here = headlines(report)
    for name in ("received", "closed_total", "reviews", "litigation", "licensing", "penalties"):
        seen = [number for one in members if (number := one.get(name)) is not None]
        area = here.get(name)
        if division and seen and area is not None and area < sum(seen):
            yield "area_total", name, "fail"
