"""What a blank can only be, by the sums of the form, worked out for many reports at once.

A blank (or a dash) is inferred where every other cell of a sum is a number, printed or inferred
before: it is the difference; and where the parts that are there reach the total: counts are never
below zero, so all blanks of the sum are 0. A cell that was not read or is missing may hold any number,
so a sum with one infers nothing. This goes on until nothing is new. Where two sums disagree about a
blank, or a sum with an inferred number does not hold, nothing of that table is inferred.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nianbao.warehouse.cells.batch import Kinds
from nianbao.warehouse.cells.identities import Identity, identities, unfolded_places
from nianbao.warehouse.cells.numbering import BLANK, DASH, MISSING, NUMBER
from nianbao.warehouse.cells.texts import Longs

Flags = npt.NDArray[np.bool_]


@dataclass
class Deduced:
    """Cells with what they can only be: rows and places of the matrices, values, identities."""

    rows: Longs
    places: Longs
    values: Longs
    deductions: Kinds


def deduce(form: str, kinds: Kinds, values: Longs) -> Deduced:
    """Return what can be inferred in a matrix of kinds and one of numbers in ten-thousandths."""
    rows = np.flatnonzero(((kinds == BLANK) | (kinds == DASH)).any(axis=1))
    if not identities(form) or not len(rows):
        nothing = np.zeros(0, np.int64)
        return Deduced(nothing, nothing, nothing, np.zeros(0, np.uint8))
    work = _Work.of(form, kinds[rows], values[rows])
    while work.round():
        pass
    work.drop_contradicted()
    found = np.nonzero(work.by)
    return Deduced(rows[found[0]], found[1], work.values[found], work.by[found])


@dataclass
class _Work:
    """The state of the rounds: `known` cells have a number in `values`, printed or inferred."""

    form: str
    values: Longs
    known: Flags
    fillable: Flags
    usable: dict[Identity, Flags]
    by: Kinds
    """The identity that inferred a cell; 0 for all others."""
    contradicted: dict[str, Flags]

    @classmethod
    def of(cls, form: str, kinds: Kinds, values: Longs) -> "_Work":
        known = kinds == NUMBER
        fillable = (kinds == BLANK) | (kinds == DASH)
        is_folded = _is_folded(form, kinds)
        usable = {}
        for one in identities(form):
            cells = [*one.parts, *one.total]
            # An unread cell may hold any number; one below zero breaks what zeros rest on.
            good = (known | fillable)[:, cells].all(axis=1) & (values[:, cells] >= 0).all(axis=1)
            usable[one] = good if one.folded is None else good & (is_folded == one.folded)
        groups = {one.group: np.zeros(len(kinds), bool) for one in usable}
        by = np.zeros(kinds.shape, np.uint8)
        return cls(form, np.where(known, values, 0), known, fillable, usable, by, groups)

    def round(self) -> bool:
        """Infer what the cells known so far allow; tell whether anything was new."""
        claims = np.full(self.values.shape, -1, np.int64)
        by = np.zeros_like(self.by)
        for one, good in self.usable.items():
            for place, rows, claimed in self._claims(one, good):
                before = claims[rows, place]
                differs = (before >= 0) & (before != claimed)
                self.contradicted[one.group][rows[differs]] = True
                first = rows[before < 0]
                claims[first, place] = claimed[before < 0]
                by[first, place] = one.deduction
        new = claims >= 0
        self.values[new], self.by[new] = claims[new], by[new]
        self.known |= new
        return bool(new.any())

    def _claims(self, one: Identity, good: Flags) -> Iterator[tuple[int, Longs, Longs]]:
        """Yield for each blank of an identity the reports where it is inferred, and the numbers."""
        for side, other in ((one.parts, one.total), (one.total, one.parts)):
            if len(side) == 1:
                continue  # a total that is not printed stays so
            total_known = self.known[:, other].all(axis=1)
            blanks = len(side) - self.known[:, side].sum(axis=1)
            rest = self.values[:, other].sum(axis=1) - self.values[:, side].sum(axis=1)
            found = good & total_known & (((blanks == 1) & (rest > 0)) | (rest == 0)) & (blanks > 0)
            for place in side:
                rows = np.flatnonzero(found & ~self.known[:, place])
                if len(rows):
                    yield place, rows, rest[rows]

    def drop_contradicted(self) -> None:
        """Forget what was inferred in a table of a report where identities disagree."""
        for one, good in self.usable.items():
            cells = [*one.parts, *one.total]
            inferred = (self.by[:, cells] > 0).any(axis=1)
            parts, total = (self.values[:, side].sum(axis=1) for side in (one.parts, one.total))
            complete = [self.known[:, side].all(axis=1) for side in (one.parts, one.total)]
            # Blanks only add: parts above a known total can't be made good by them.
            wrong = (complete[1] & (parts > total)) | (complete[0] & (total > parts))
            self.contradicted[one.group] |= good & inferred & wrong
        for group, rows in self.contradicted.items():
            for one in self.usable:
                if one.group == group:
                    for place in (*one.parts, *one.total):
                        self.by[rows, place] = 0


def _is_folded(form: str, kinds: Kinds) -> Flags:
    """Tell which reports print （六） as one row: none of the rows below it is there."""
    below = kinds[:, list(unfolded_places(form))]
    return np.asarray(((below == 0) | (below == MISSING)).all(axis=1))
