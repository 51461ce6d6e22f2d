"""Which rows of which tables may carry the numbers of a form table, each with its header."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from nianbao.forms import Block, FormTable
from nianbao.model import TableCell
from nianbao.reports.header import Header
from nianbao.reports.rows import DrawnTable, TableRow, on_one_line
from nianbao.reports.text import label_key, without_ordinal
from nianbao.reports.values import read_value


@dataclass(slots=True, eq=False)
class Candidate:
    """A row that may be a data row, and the header above it."""

    row: TableRow
    label_at: int | None
    """Which of the row's cells is its label."""
    header: Header
    is_torn: bool = False
    """True where a value stands alone below the row: it may be one that this row lacks.

    The end of a page, with the header again, or rows without text may lie between the two.
    """

    @property
    def label_cell(self) -> TableCell | None:
        """The cell of the row's label."""
        return None if self.label_at is None else self.row.cells[self.label_at]

    @property
    def label(self) -> str:
        """The row's label, comparable; empty where it has none."""
        return "" if self.label_at is None else self.row.keys[self.label_at]

    @property
    def printed_label(self) -> str:
        """The row's label as printed, on one line."""
        return "" if self.label_at is None else on_one_line(self.row.cells[self.label_at].text)


_NEEDED = 2
"""Of a form's texts that a table must have, a row's label among them."""
_LONG_LABEL = 4
_ODD_VALUE = re.compile(r"(?![表附第])(?=.*\d)[^:：]{1,8}$|详?见.{1,6}$")
"""What may stand for a number in a cell and be none."""


@cache
def column_keys(block: Block) -> tuple[frozenset[str], ...]:
    """Return, for each column, the comparable texts under which it is printed."""
    return tuple(
        frozenset(label_key(label) for label in (column.zh, *column.aliases))
        for column in block.columns
    )


@cache
def row_keys(table: FormTable) -> frozenset[str]:
    """Return the comparable official labels and aliases of a table's rows."""
    return frozenset(label_key(text) for row in table.rows for text in (row.zh, *row.aliases))


@cache
def group_keys(table: FormTable) -> frozenset[str]:
    """Return the comparable headings that carry no number themselves."""
    return frozenset(label_key(text) for text in table.spec.header)


@cache
def header_keys(table: FormTable) -> frozenset[str]:
    """Return every comparable text that heads columns in a table."""
    columns = {key for block in table.blocks for keys in column_keys(block) for key in keys}
    return frozenset(columns | group_keys(table))


@cache
def known_keys(table: FormTable) -> frozenset[str]:
    """Return every comparable text that the form prints in a table."""
    return row_keys(table) | header_keys(table)


@cache
def _most_columns(table: FormTable) -> int:
    return max(len(block.columns) for block in table.blocks)


def tables_for(table: FormTable, tables: Iterable[DrawnTable]) -> list[DrawnTable]:
    """Return the document's tables in which at least one official label of `table` stands."""
    known, labels = known_keys(table), row_keys(table)
    found = ((drawn, known & drawn.keys) for drawn in tables)
    return [
        drawn
        for drawn, hits in found
        if (len(hits) >= _NEEDED and hits & labels) or _is_renumbered(drawn, table)
    ]


def _is_renumbered(drawn: DrawnTable, table: FormTable) -> bool:
    """Tell whether labels stand in a table by other numbers, as where Word counted rows that are left."""
    return len(drawn.bare & _long_labels(table)) >= _NEEDED


@cache
def _long_labels(table: FormTable) -> frozenset[str]:
    """Return the labels without their ordinals that are long enough to be no one else's."""
    return frozenset(key for key in _bare_labels(table) if len(key) >= _LONG_LABEL)


def candidates(table: FormTable, rows: Sequence[TableRow]) -> list[Candidate]:
    """Return the rows that are neither captions nor headers, each with the header above it.

    A header goes on serving over page breaks, until another one stands. Where the form's has one row,
    rows above it are captions.
    """
    header = Header(())
    heads, groups = header_keys(table), group_keys(table)
    one_row = table.spec.layout in ("stacked", "list")
    found: list[Candidate] = []
    in_header = False
    for row in rows:
        if not any(row.keys):
            continue
        if row.keys[0] in groups or _names_columns(row, heads, table):
            header = Header((*header.rows, row) if in_header and not one_row else (row,))
            in_header = True
        elif found and _is_value_alone(row, table):
            found[-1].is_torn = True
            found.append(Candidate(row, None, header))
        elif len(row.cells) > 1:
            found.append(Candidate(row, _own_label_at(row, table), header))
            header.below.append(row)
            in_header = False
    return found


def _names_columns(row: TableRow, heads: frozenset[str], table: FormTable) -> bool:
    """Tell whether a row has headings behind its first cell; a label may read like one: 其他."""
    if heads.isdisjoint(row.keys[1:]):
        return False
    named = [key for key in row.keys[1:] if key in heads]
    return len(named) > 1 or named[0] not in _bare_labels(table)


@cache
def _bare_labels(table: FormTable) -> frozenset[str]:
    return frozenset(without_ordinal(key) for key in row_keys(table))


def _is_value_alone(row: TableRow, table: FormTable) -> bool:
    """Tell whether a row has nothing of its own but what may be the value of a cell above it."""
    most = 3  # its own text, and those of two groups beside it
    if len(row.keys) - row.keys.count("") > most:
        return False
    own = [cell for cell in row.cells if cell.row == row.index and cell.text.strip()]
    if len(own) != 1:
        return False
    value = read_value(own[0].text)
    if value.kind != "text":
        return True
    # In one square: what may be a number that cannot be read, as 约5 or 见附件.
    is_word = label_key(value.raw) in _headings(table) or not _ODD_VALUE.match(value.raw)
    return own[0].column_span == 1 and not is_word


@cache
def _headings(table: FormTable) -> frozenset[str]:
    """Return every comparable text that is printed in a table and no number, those of groups of rows too."""
    groups = frozenset(label_key(text) for row in table.rows for text in row.path)
    return known_keys(table) | groups


def _own_label_at(row: TableRow, table: FormTable) -> int | None:
    """Return where a row's label stands; a group's, drawn over several rows, is the label of none."""
    at = _label_at(row.keys, table)
    if at is None or row.cells[at].row_span > 1 or row.cells[at].row != row.index:
        return None
    return at


def _label_at(keys: Sequence[str], table: FormTable) -> int | None:
    """Return where a row's innermost label stands: the last text before its numbers that is none."""
    if table.spec.layout in ("stacked", "list"):
        labels = row_keys(table)
        known = [at for at, key in enumerate(keys) if key in labels]
        return known[-1] if known else 0
    before = keys[: len(keys) - _most_columns(table)] or keys[:-1]
    for at in range(len(before) - 1, -1, -1):
        if keys[at] and not keys[at].isdecimal():
            return at
    return None
