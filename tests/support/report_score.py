"""How well a report was read: each printed cell right, left unread, or silently wrong."""

from collections import Counter

from nianbao.model import Report
from nianbao.sample.report import SampleReport


def score(printed: SampleReport, read: Report) -> Counter[str]:
    """Return how many cells are `right`, `unread` (text or missing, so flagged) and `wrong`."""
    cells = {cell.code: cell for cell in read.cells}
    counts: Counter[str] = Counter()
    for code, raw in printed.cells.items():
        cell = cells.get(code)
        if cell is None or (cell.kind in ("missing", "text") and cell.raw != raw.strip()):
            counts["unread"] += 1
        else:
            counts["right" if cell.raw == raw.strip() else "wrong"] += 1
    invented = [c for c in read.cells if c.kind == "number" and c.code not in printed.cells]
    counts["wrong"] += len(invented)
    return counts
