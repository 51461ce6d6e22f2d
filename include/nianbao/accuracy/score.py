"""One document's reading held against what it prints. Pure: neither files nor readers are known here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from nianbao.accuracy.cells import CellScore, score_cells
from nianbao.accuracy.expected import ExpectedDocument, ExpectedReport
from nianbao.accuracy.facts import FactScore, score_facts
from nianbao.errors import ReadError
from nianbao.model import Report


@dataclass(frozen=True, slots=True)
class ReportScore:
    """One expected report; `read` is false where the reader gave none for it."""

    form: str
    cells: CellScore
    facts: FactScore = field(default_factory=FactScore)
    read: bool = True
    identity: tuple[str, ...] = ()
    """What of its identity was read wrong: `report_year: 2020 read as 2021`."""
    other: tuple[str, ...] = ()
    """Sections and findings that are not as expected."""


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """One document."""

    name: str
    format: str
    floor: float
    reports: tuple[ReportScore, ...] = ()
    invented: tuple[str, ...] = ()
    """Reports that the document does not hold."""
    errors: tuple[str, ...] = ()
    """What was refused for another reason than expected, or not refused."""
    quirks: tuple[int, ...] = ()

    @property
    def right_share(self) -> float:
        """Share of the printed cells that were read right; 1 where none are printed."""
        right = sum(report.cells.right for report in self.reports)
        asked = sum(report.cells.asked for report in self.reports)
        return right / asked if asked else 1.0

    @property
    def complaints(self) -> tuple[str, ...]:
        """Everything that is not as expected; what is hard to read (`floor`) may miss the rest."""
        return tuple(self._complaints())

    def _complaints(self) -> Iterator[str]:
        yield from self.errors
        yield from (f"invented report: {title}" for title in self.invented)
        for report in self.reports:
            if not report.read:
                yield f"missing report on form {report.form}"
            yield from (f"silent: {one}" for one in report.cells.silent)
            yield from (*report.identity, *report.facts.wrong)
            if self.floor == 1:
                yield from (*report.other, *report.facts.missed)
        if self.right_share < self.floor:
            unread = [one for report in self.reports for one in report.cells.flagged]
            yield f"right: {self.right_share:.1%} of the cells; unread: {unread[:5]}"


@dataclass
class _Pairs:
    both: list[tuple[ExpectedReport, Report | None]] = field(default_factory=list)
    invented: list[Report] = field(default_factory=list)


def score_document(
    name: str, expected: ExpectedDocument, found: Sequence[Report | ReadError]
) -> DocumentScore:
    """Return how well a document was read."""
    read = [item for item in found if isinstance(item, Report)]
    pairs = _paired(expected.reports, read)
    codes = [item.code for item in found if isinstance(item, ReadError)]
    suffix = name.rpartition(".")[2].lower()
    return DocumentScore(
        name=name,
        format=expected.format or suffix,
        floor=expected.floor,
        reports=tuple(_report(wanted, one) for wanted, one in pairs.both),
        invented=tuple(report.title or report.organisation for report in pairs.invented),
        errors=tuple(_errors(expected.errors, codes)),
        quirks=expected.quirks,
    )


def _paired(wanted: Sequence[ExpectedReport], read: Sequence[Report]) -> _Pairs:
    """Pair reports of the same body and year first, then what is left in printed order."""
    left, pairs = list(read), _Pairs()
    chosen: dict[int, Report] = {}
    for index, one in enumerate(wanted):
        same = (r for r in left if (r.organisation, r.report_year) == _key(one))
        if (match := next(same, None)) is not None:
            chosen[index] = match
            left = [report for report in left if report is not match]
    for index in range(len(wanted)):
        if index not in chosen and left:
            chosen[index] = left.pop(0)
    pairs.both = [(one, chosen.get(index)) for index, one in enumerate(wanted)]
    pairs.invented = left
    return pairs


def _key(report: ExpectedReport) -> tuple[str, int | None]:
    return report.organisation, report.report_year


def _report(wanted: ExpectedReport, read: Report | None) -> ReportScore:
    if read is None:
        # Nothing was given out, so nothing is wrong: the reader's error is the finding.
        return ReportScore(wanted.form, CellScore(flagged=tuple(wanted.cells)), read=False)
    return ReportScore(
        form=wanted.form,
        cells=score_cells(wanted.cells, read.cells, read.findings),
        facts=score_facts(wanted.facts, wanted.not_stated, read.narrative),
        identity=tuple(_identity(wanted, read)),
        other=tuple(_other(wanted, read)),
    )


def _identity(wanted: ExpectedReport, read: Report) -> Iterator[str]:
    names = ["organisation", "report_year", "form", "scope"]
    if "published_on" in wanted.model_fields_set:
        names.append("published_on")
    for name in names:
        printed, got = getattr(wanted, name), getattr(read, name)
        if printed != got:
            yield f"{name}: {printed} read as {got or 'nothing'}"


def _other(wanted: ExpectedReport, read: Report) -> Iterator[str]:
    codes = tuple(section.code for section in read.sections)
    if wanted.sections is not None and wanted.sections != codes:
        yield f"sections: {wanted.sections} read as {codes}"
    noticed = [finding.code for finding in read.findings]
    for code in dict.fromkeys(wanted.findings):
        if noticed.count(code) < wanted.findings.count(code):
            yield f"finding {code} is not there"


def _errors(wanted: Sequence[str], codes: Sequence[str]) -> Iterator[str]:
    left = list(codes)
    for code in wanted:
        if code in left:
            left.remove(code)
        else:
            yield f"not refused as {code}"
    yield from (f"refused as {code}" for code in left)
