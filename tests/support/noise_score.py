"""What a reader made of printed cells: right, flagged, or silently wrong."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from nianbao.model import Cell, Report
from nianbao.reports.text import squeeze
from support.noise_reports import Drawn
from support.noise_values import Printed


@dataclass
class Score:
    """Counts of cells, and in words what is wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def add(self, what: str, told: str) -> None:
        self.counts[what] += 1
        if what == "silent":
            self.wrong.append(told)
        elif what == "flagged":
            self.unread.append(told)


def score(printed: Sequence[Drawn], read: Sequence[Report], *, pictured: bool = False) -> Score:
    """Hold what was read against what was printed, report by report.

    In a picture (`pictured`) a dash of one shape may be read as one of another: it says the same.
    """
    result = Score()
    if not read:
        for drawn in printed:
            result.counts["flagged"] += len(drawn.printed)
        result.unread.append("no report")
        return result
    left = list(read)
    for drawn in printed:
        own = _own(drawn, left)
        if own is None:
            result.counts["flagged"] += len(drawn.printed)
            result.unread.append(f"no report of {drawn.report.organisation}")
            continue
        left.remove(own)
        _score_one(drawn, own, result, pictured)
    for report in left:
        for cell in report.cells:
            if cell.kind == "number" and not _is_doubted(cell, report):
                result.add("silent", f"{report.title}: {cell.code}={cell.raw} of no printed report")
    return result


def _own(drawn: Drawn, read: Sequence[Report]) -> Report | None:
    """Return the report of a body; without a title, a report goes to whoever is left."""
    wanted = (drawn.report.organisation, drawn.report.report_year)
    named = [one for one in read if (one.organisation, one.report_year) == wanted]
    nameless = [one for one in read if not one.organisation or one.report_year is None]
    return next(iter([*named, *nameless, *read]), None)


def _score_one(drawn: Drawn, read: Report, result: Score, pictured: bool) -> None:
    _score_identity(drawn, read, result)
    cells = {cell.code: cell for cell in read.cells}
    for code, printed in drawn.printed.items():
        cell = cells.get(code)
        what = _judge(printed, cell, read, pictured)
        got = f"{cell.kind} {cell.raw!r} at {cell.location}" if cell else "nothing"
        result.add(what, f"{code}: printed {printed.raw!r}, read {got}")
    for code, cell in cells.items():
        if code not in drawn.printed and cell.kind in ("number", "blank", "dash"):
            what = "flagged" if _is_doubted(cell, read) else "silent"
            result.add(
                what, f"{code}: not printed, read {cell.kind} {cell.raw!r} at {cell.location}"
            )


def _score_identity(drawn: Drawn, read: Report, result: Score) -> None:
    report = drawn.report
    if read.organisation not in ("", report.organisation):
        result.add("silent", f"organisation: {report.organisation} read as {read.organisation}")
    if read.report_year not in (None, report.report_year):
        result.add("silent", f"year: {report.report_year} read as {read.report_year}")
    if read.organisation and read.scope != report.scope:
        result.add("silent", f"scope: {report.scope} read as {read.scope}")


def _judge(printed: Printed, cell: Cell | None, read: Report, pictured: bool) -> str:
    if cell is None or cell.kind in ("text", "missing"):
        if cell is not None and cell.kind == printed.kind == "text" and cell.raw == printed.raw:
            return "right"
        if cell is not None and printed.kind == "missing":
            return "right" if cell.kind == "missing" else "flagged"
        return "flagged" if read.findings else "silent"
    same_text = not printed.exact or squeeze(cell.raw) == squeeze(printed.raw)
    same_text = same_text or (pictured and printed.kind == "dash")
    if cell.kind == printed.kind and cell.value == printed.value and same_text:
        return "right"
    return "flagged" if _is_doubted(cell, read) else "silent"


def _is_doubted(cell: Cell, read: Report) -> bool:
    """Tell whether a finding stands on the cell or on its row; information is no doubt."""
    row = cell.location.partition(".c")[0]
    places = {f.location for f in read.findings if f.severity != "info"}
    return bool(places & {cell.location, row})
