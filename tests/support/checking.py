"""Reports read and checked for real, from the bytes to the status of every check."""

from collections.abc import Iterable
from pathlib import Path

from nianbao.pipeline.files import check_files
from nianbao.quality.rule import load_rules
from nianbao.sample.chrome import Place
from nianbao.sample.errors import load_mistakes, printed_reports
from nianbao.sample.render import page_bytes
from nianbao.sample.report import SampleReport

Check = tuple[str, int, str, str]
"""Organisation, report year, rule id, subject."""

NUMBER_THEMES = {
    "applications", "areas", "proactive", "reviews", "statistics", "values", "versions", "years", "zeros",
}  # fmt: skip
"""The themes that the oracle speaks of; rules about the text have tests of their own."""
NUMBER_RULES = tuple(rule.id for rule in load_rules() if rule.theme in NUMBER_THEMES)


def statuses(folder: Path, reports: Iterable[SampleReport]) -> dict[Check, str]:
    """Print reports as pages, read them back, check them, and return every status."""
    place = Place("样例网", "www.example.gov.cn", "9900000001")
    paths = []
    for number, report in enumerate(reports):
        path = folder / f"{number}.html"
        truncated = load_mistakes().trouble_of(report) == "truncated"
        path.write_bytes(page_bytes(report, place, truncated=truncated))
        paths.append(path)
    return file_statuses(paths)


def served_reports() -> list[SampleReport]:
    """Return the sample reports whose pages answer, as their publishers print them."""
    return [
        report
        for report in printed_reports()
        if load_mistakes().trouble_of(report) in (None, "duplicate", "truncated")
    ]


def file_statuses(paths: Iterable[Path]) -> dict[Check, str]:
    """Return the status of every check of the numbers of the reports in some files."""
    return {
        (item["organisation"], item["report_year"], item["rule_id"], item["subject"]): item[
            "status"
        ]
        for item in check_files(list(paths))
        if item["rule_id"] in NUMBER_RULES
    }
