"""Which rows of which tables may carry the numbers of a form table, and what their headers say."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from nianbao.forms import Block, FormTable
from nianbao.model import TableCell
from nianbao.reports.rows import TableRow
from nianbao.reports.text import label_key


@dataclass(frozen=True)
class Candidate:
    """A row that may be a data row: its label, and its value cells if their count is right."""

    row: TableRow
    label: str
    headers: tuple[tuple[str, ...], ...]
    """The texts of the nearest header rows above, one behind the other."""

    @property
    def label_index(self) -> int:
        """Which cell of the row the label is, from zero."""
        return self.row.keys.index(self.label) if self.label in self.row.keys else 0

    def values(self, count: int) -> tuple[TableCell, ...] | None:
        """Return the last `count` cells, or `None` where the row is too short to hold them."""
        return self.row.split(count)[1] if len(self.row.cells) > count else None


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
def header_keys(table: FormTable) -> frozenset[str]:
    """Return every comparable text that heads columns in a table."""
    columns = {key for block in table.blocks for keys in column_keys(block) for key in keys}
    return frozenset(columns | {label_key(text) for text in table.spec.header})


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
    """Return the rows that are neither captions nor headers, each with the header above it."""
    heads = header_keys(table)
    narrowest = min(len(block.columns) for block in table.blocks)
    headers: tuple[tuple[str, ...], ...] = ()
    found: list[Candidate] = []
    in_header = False
    for row in rows:
        if _is_header(row, heads):
            headers = (*headers, row.keys) if in_header else (row.keys,)
            in_header = True
        elif len(row.cells) > 1:
            found.append(Candidate(row, _label(row, table, narrowest), headers))
            in_header = False
    return found


def _is_header(row: TableRow, heads: frozenset[str]) -> bool:
    return any(key in heads for key in row.keys[1:])


def _label(row: TableRow, table: FormTable, narrowest: int) -> str:
    """Return the row's innermost label; in a row of the wrong width, the last text that is a label."""
    columns = {len(block.columns) for block in table.blocks}
    if table.spec.layout == "matrix" and len(row.cells) > max(columns):
        return row.split(max(columns))[0]
    known = row_keys(table)
    labels = [key for key in row.keys if key in known]
    if labels:
        return labels[-1]
    return row.keys[0] if table.spec.layout in ("stacked", "list") else row.split(narrowest)[0]
