"""Which rows of which tables may carry the numbers of a form table, each with its header."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from nianbao.forms import Block, FormTable
from nianbao.reports.rows import TableRow
from nianbao.reports.text import label_key


@dataclass(frozen=True)
class Candidate:
    """A row that may be a data row, and the header rows above it."""

    row: TableRow
    label: str
    header: tuple[TableRow, ...]


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


def rows_for(table: FormTable, rows: Sequence[TableRow]) -> list[TableRow]:
    """Return the rows of the document's tables in which at least one official label of `table` stands."""
    known = row_keys(table) | header_keys(table)
    needed = 2
    hits: dict[str, set[str]] = {}
    for row in rows:
        hits.setdefault(row.table.place, set()).update(known.intersection(row.keys))
    labels = row_keys(table)
    chosen = {place for place, found in hits.items() if len(found) >= needed and found & labels}
    return [row for row in rows if row.table.place in chosen]


def candidates(table: FormTable, rows: Sequence[TableRow]) -> list[Candidate]:
    """Return the rows that are neither captions nor headers, each with the header above it.

    A header goes on serving over page breaks, until another one stands.
    """
    header: tuple[TableRow, ...] = ()
    found: list[Candidate] = []
    in_header = False
    for row in rows:
        if not any(row.keys):
            continue
        if is_header(row, table):
            header = (*header, row) if in_header else (row,)
            in_header = True
        elif len(row.cells) > 1:
            found.append(Candidate(row, _label(row, table), header))
            in_header = False
    return found


def is_header(row: TableRow, table: FormTable) -> bool:
    """Tell whether a row holds headings of the table's columns."""
    heads = header_keys(table)
    return row.keys[0] in group_keys(table) or any(key in heads for key in row.keys[1:])


def _label(row: TableRow, table: FormTable) -> str:
    """Return the innermost label of a row: the last text before its numbers that is none itself."""
    if table.spec.layout in ("stacked", "list"):
        known = [key for key in row.keys if key in row_keys(table)]
        return known[-1] if known else row.keys[0]
    columns = max(len(block.columns) for block in table.blocks)
    before = row.keys[: len(row.keys) - columns] or row.keys[:-1]
    return next((key for key in reversed(before) if key and not key.isdecimal()), "")
