"""Printed cells against read ones: right, flagged, or silently wrong.

right     raw text, kind, value, unit and note are as printed
flagged   left unread, or given in another way, with a finding of at least a warning on the cell
silent    anything else: a number that was not printed, or a printed one lost without a word
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nianbao.accuracy.expected import UNREAD, ExpectedCell
from nianbao.model import Cell, Finding

_OF_EVERYTHING = frozenset({"no_known_table", "title_missing"})
"""Findings that speak of the whole document, and so of each of its cells."""


@dataclass(frozen=True, slots=True)
class Silent:
    """One silent error: `code: printed X, read Y (place)`."""

    code: str
    printed: str
    read: str
    location: str

    def __str__(self) -> str:
        """Return it on one line."""
        return f"{self.code}: printed {self.printed!r}, read {self.read!r} ({self.location})"


@dataclass(frozen=True, slots=True)
class CellScore:
    """The cells of one report."""

    right: int = 0
    flagged: tuple[str, ...] = ()
    """Codes of printed cells that were not read."""
    silent: tuple[Silent, ...] = ()
    honest: int = 0
    """Cells that nobody can tell from the document, left unread as they should be."""

    @property
    def asked(self) -> int:
        """Printed cells that can be read."""
        return self.right + len(self.flagged) + len(self.silent)


def score_cells(
    printed: Mapping[str, ExpectedCell | str], read: Sequence[Cell], findings: Iterable[Finding]
) -> CellScore:
    """Return how well the cells of a report were read."""
    by_code = {cell.code: cell for cell in read}
    doubts = [finding for finding in findings if finding.severity != "info"]
    right, honest, flagged, silent = 0, 0, [], []
    for code, wanted in printed.items():
        cell = by_code.get(code)
        if isinstance(wanted, ExpectedCell) and cell is not None and _is_right(wanted, cell):
            right += 1
        elif wanted == UNREAD and _is_unread(cell) and _is_doubted(code, cell, doubts):
            honest += 1
        elif isinstance(wanted, ExpectedCell) and _is_doubted(code, cell, doubts):
            flagged.append(code)
        else:
            silent.append(_silent(code, wanted, cell))
    invented = [cell for cell in read if cell.code not in printed and _claims(cell, doubts)]
    silent += [_silent(cell.code, None, cell) for cell in invented]
    return CellScore(right, tuple(flagged), tuple(silent), honest)


def _is_right(wanted: ExpectedCell, cell: Cell) -> bool:
    own = (wanted.raw, wanted.kind, wanted.value, wanted.unit, wanted.note)
    return own == (cell.raw, cell.kind, cell.value, cell.unit, cell.note)


def _is_unread(cell: Cell | None) -> bool:
    return cell is None or cell.kind in ("text", "missing")


def _claims(cell: Cell, doubts: Sequence[Finding]) -> bool:
    """Tell whether a cell that is not printed is given out as printed."""
    return cell.kind != "missing" and not _is_doubted(cell.code, cell, doubts)


def _is_doubted(code: str, cell: Cell | None, doubts: Sequence[Finding]) -> bool:
    return any(_speaks_of(finding, code, cell) for finding in doubts)


def _speaks_of(finding: Finding, code: str, cell: Cell | None) -> bool:
    """Tell whether a finding is on a cell: by its place, or by the code that its message names."""
    if finding.code in _OF_EVERYTHING:
        return True
    if cell and finding.location and _covers(finding.location, cell.location):
        return True
    row, _, _ = code.rpartition(".")
    names = [code, row] if row.count(".") else [code]
    if finding.code == "table_missing":
        names.append(code.partition(".")[0])
    return any(_names(finding.message, name) for name in names)


def _covers(place: str, cell: str) -> bool:
    """Tell whether a place is a cell's, or that of its row or table."""
    return cell == place or cell.startswith(f"{place}.") or place.startswith(f"{cell}.")


def _names(message: str, code: str) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(code)}(?!\w|\.\w)", message) is not None


def _silent(code: str, wanted: ExpectedCell | str | None, cell: Cell | None) -> Silent:
    printed = wanted.raw if isinstance(wanted, ExpectedCell) else wanted or "nothing"
    got = "nothing" if cell is None or cell.kind == "missing" else cell.raw
    return Silent(code, printed, got, cell.location if cell else "")
