"""Scores added up per format and form."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass

from nianbao.accuracy.score import DocumentScore, ReportScore

NO_REPORT = "—"
"""Stands for the form of a document that holds no report, or cannot be read."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted; the order is that of the table's columns."""

    documents: int = 0
    reports: int = 0
    missing: int = 0
    invented: int = 0
    identity_right: int = 0
    identity_wrong: int = 0
    right: int = 0
    flagged: int = 0
    silent: int = 0
    facts_right: int = 0
    facts_missed: int = 0
    facts_wrong: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        """Return the sums."""
        return Counts(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    format: str
    form: str
    counts: Counts


HEADINGS = {
    "documents": "documents",
    "reports": "reports",
    "missing": "missing",
    "invented": "invented",
    "identity_right": "identity right",
    "identity_wrong": "identity wrong",
    "right": "cells right",
    "flagged": "cells flagged",
    "silent": "cells silently wrong",
    "facts_right": "facts right",
    "facts_missed": "facts missed",
    "facts_wrong": "facts wrong",
}
"""Column → heading, in order; the names are those of `Counts`."""


def tally(scores: Iterable[DocumentScore]) -> list[Line]:
    """Return a line per format and form in their order, and one with the sums of all."""
    lines: dict[tuple[str, str], Counts] = {}
    for score in scores:
        for form, counts in _counts(score):
            key = (score.format, form)
            lines[key] = lines.get(key, Counts()) + counts
    found = [Line(*key, counts) for key, counts in sorted(lines.items())]
    return [*found, Line("all", "all", sum((line.counts for line in found), Counts()))]


def _counts(score: DocumentScore) -> list[tuple[str, Counts]]:
    """Return what a document adds: it is counted once, with the form of its first report."""
    first = score.reports[0].form if score.reports else NO_REPORT
    whole = Counts(documents=1, invented=len(score.invented))
    return [(first, whole), *((report.form, _of_report(report)) for report in score.reports)]


def _of_report(report: ReportScore) -> Counts:
    is_right = report.read and not report.identity
    return Counts(
        reports=1,
        missing=int(not report.read),
        identity_right=int(is_right),
        identity_wrong=int(report.read and not is_right),
        right=report.cells.right + report.cells.honest,
        flagged=len(report.cells.flagged),
        silent=len(report.cells.silent),
        facts_right=report.facts.right,
        facts_missed=len(report.facts.missed),
        facts_wrong=len(report.facts.wrong),
    )


def numbers(counts: Counts) -> Sequence[int]:
    """Return the counts in the order of `HEADINGS`."""
    return [getattr(counts, name) for name in HEADINGS]
