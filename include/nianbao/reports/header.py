"""Which column of a table is which: read from its header, and refused where that is not sure.

A number in the wrong column looks like any other number, so columns are never taken on trust.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Literal

from rapidfuzz import fuzz

from nianbao.forms import Block
from nianbao.model import TableCell
from nianbao.reports.rows import TableRow, on_one_line
from nianbao.reports.text import label_key

Keys = tuple[frozenset[str], ...]
"""For each column of the form, the comparable texts under which it is printed, official ones included."""

_LEAST_SIMILAR = 60.0
"""Of 100, for a heading that stands where the form has exactly one left."""


@dataclass(frozen=True)
class Columns:
    """The columns of a block, found."""

    how: Literal["exact", "variant"]
    cells: tuple[TableCell, ...] | None
    """The heading of each column; `None` where headings and numbers do not stand below each other."""

    repeated: tuple[int, ...] = ()
    """In how many squares each heading stands, where what was merged is repeated in every square."""

    @cached_property
    def spots(self) -> tuple[tuple[int, int], ...]:
        """Where each column begins, and how many squares it is wide."""
        cells = self.cells or ()
        widths = self.repeated or tuple(cell.column_span for cell in cells)
        return tuple((cell.column, width) for cell, width in zip(cells, widths, strict=True))

    @cached_property
    def printed(self) -> tuple[str, ...]:
        """The headings as printed, each on one line; empty where `cells` is `None`."""
        return tuple(on_one_line(cell.text) for cell in self.cells or ())


@dataclass(slots=True, eq=False)
class Header:
    """The header rows above some rows, which share it with what was found in it."""

    rows: tuple[TableRow, ...]
    found: dict[Block, Columns | None] = field(default_factory=dict)
    below: list[TableRow] = field(default_factory=list)
    """The rows that it heads."""
    spacers: dict[tuple[str, int], bool] = field(default_factory=dict)
    """Whether the columns of a table from one on are empty all the way down; see `squares`."""

    def columns(self, block: Block, keys: Keys, groups: frozenset[str]) -> Columns | None:
        """Return the columns of a block, looked for once; `keys` and `groups` are the block's own."""
        if block not in self.found:
            self.found[block] = find_columns(self.rows, keys, groups)
        return self.found[block]


def find_columns(rows: Sequence[TableRow], keys: Keys, groups: frozenset[str]) -> Columns | None:
    """Return the columns that header rows name, or `None` where they are not the form's in order.

    `groups` are headings that only span others.
    """
    if not rows:
        return None
    last = rows[-1].table
    if last.aligned:
        # A header cut by the end of a page stands in two tables, of which the lower one has the numbers.
        leaves = _by_column([row for row in rows if row.table is last])
        found = _fit(tuple([label_key(cell.text) for cell in leaves]), keys)
        if found:
            return Columns(found, tuple(leaves[len(leaves) - len(keys) :]))
        if _is_unrolled(rows[-1]) and (repeated := _repeated(rows[-1], keys)):
            return repeated
    found = _fit(tuple(_by_order(rows, groups)), keys)
    return Columns(found, None) if found else None


def _by_column(rows: Sequence[TableRow]) -> list[TableCell]:
    """Return the lowest heading above each column, each once."""
    grids = [row.table.grid[row.index] for row in reversed(rows)]
    leaves = [_first_text(column) for column in zip(*grids, strict=True)]
    distinct = [leaf for before, leaf in pairwise([None, *leaves]) if leaf is not before]
    return [leaf for leaf in distinct if leaf is not None]


def _first_text(cells: Sequence[TableCell | None]) -> TableCell | None:
    for cell in cells:
        if cell and label_key(cell.text):
            return cell
    return None


def _is_unrolled(row: TableRow) -> bool:
    """Tell whether the row above has one text in every square, as where a program undid merged cells."""
    above = row.table.grid[row.index - 1] if row.index else ()
    texts = {label_key(cell.text) if cell else "" for cell in above}
    whole = len({id(cell) for cell in above}) == len(above)
    return whole and len(above) > 1 and len(texts) == 1 and "" not in texts


def _repeated(row: TableRow, keys: Keys) -> Columns | None:
    """Return the columns of a header in which a heading stands once in each square that it covered."""
    if len(row.cells) != len(row.table.grid[row.index]):
        return None
    runs = [
        [cell for cell, _ in run]
        for _, run in groupby(zip(row.cells, row.keys, strict=True), key=itemgetter(1))
    ]
    found = _fit(tuple([label_key(run[0].text) for run in runs]), keys)
    if found is None:
        return None
    runs = runs[len(runs) - len(keys) :]
    return Columns(found, tuple(run[0] for run in runs), tuple(map(len, runs)))


def _by_order(rows: Sequence[TableRow], groups: frozenset[str]) -> list[str]:
    """Return the headings from left to right; a row below a group's heading takes its place."""
    sequence: list[str] = []
    for row in rows:
        new = [key for key in row.keys if key and key not in sequence]
        group = next((key for key in reversed(sequence) if key in groups), None)
        place = slice(len(sequence), None)
        if group is not None:
            place = slice(sequence.index(group), sequence.index(group) + 1)
        sequence[place] = new
    return sequence


@lru_cache(maxsize=1024)  # few headings differ from report to report
def _fit(labels: tuple[str, ...], keys: Keys) -> Literal["exact", "variant"] | None:
    """Tell whether headings are a block's columns, all of them and in order.

    What stands before the first column heads the labels of the rows. An unknown heading counts only
    where all others are in place and it resembles the one that is left.
    """
    known = frozenset().union(*keys)
    while len(labels) > len(keys) and labels[0] not in known:
        labels = labels[1:]
    if len(labels) != len(keys):
        return None
    others = [(label, own) for label, own in zip(labels, keys, strict=True) if label not in own]
    if any(label in known or not _resembles(label, own) for label, own in others):
        return None
    return "variant" if others else "exact"


def _resembles(label: str, own: frozenset[str]) -> bool:
    return any(
        label.startswith(official) or fuzz.ratio(label, official) >= _LEAST_SIMILAR
        for official in own
    )
