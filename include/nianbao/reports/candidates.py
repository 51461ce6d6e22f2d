"""Which rows of which tables may carry the numbers of a form table, each with its header."""

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
    """True where a number stands alone in the row below: it may be one that this row lacks."""

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
    needed = 2
    known, labels = known_keys(table), row_keys(table)
    found = ((drawn, known & drawn.keys) for drawn in tables)
    return [drawn for drawn, hits in found if len(hits) >= needed and hits & labels]


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
        elif found and _is_number_alone(row) and _is_next(row, found[-1].row):
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


def _is_number_alone(row: TableRow) -> bool:
    most = 3  # its own text, and those of two groups beside it
    if sum(map(bool, row.keys)) > most:
        return False
    own = [cell for cell in row.cells if cell.row == row.index and cell.text.strip()]
    return len(own) == 1 and read_value(own[0].text).kind == "number"


def _is_next(row: TableRow, above: TableRow) -> bool:
    return row.table is above.table and row.index == above.index + 1


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
