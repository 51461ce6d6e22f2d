"""What a reader made of a sample report, held against what the report prints."""

from collections import Counter
from collections.abc import Iterable

from nianbao.model import Document
from nianbao.reports.recognise import recognise
from nianbao.sample.report import SampleReport


def score(report: SampleReport, document: Document) -> Counter[str]:
    """Count the cells that are right, flagged (a finding or no value), and silently wrong."""
    [read] = recognise(document)
    cells = {cell.code: cell for cell in read.cells}
    counts: Counter[str] = Counter()
    for code, raw in report.cells.items():
        cell = cells.get(code)
        if cell is not None and cell.raw == raw.strip():
            counts["right"] += 1
        elif cell is not None and cell.kind in ("number", "blank", "dash"):
            counts["wrong"] += 1
        else:
            assert read.findings, code
            counts["flagged"] += 1
    doubted = {_row(finding.location) for finding in read.findings}
    for cell in read.cells:
        if cell.kind == "number" and cell.code not in report.cells:
            counts["flagged" if _row(cell.location) in doubted else "wrong"] += 1
    assert read.organisation in ("", report.organisation)
    assert read.report_year in (None, report.report_year)
    return counts


def _row(location: str) -> str:
    return location.partition(".c")[0]


def total(scores: Iterable[Counter[str]]) -> Counter[str]:
    """Add the counts up; all three are there."""
    return sum(scores, Counter({"right": 0, "flagged": 0, "wrong": 0}))
