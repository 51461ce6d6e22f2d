"""The numbers of one form table found in the document and given their codes."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from nianbao.forms import Block, FormTable, Row, cell_code
from nianbao.forms.schema import ColumnSpec
from nianbao.model import Cell, Finding, TableCell
from nianbao.model.report import Matched
from nianbao.reports.candidates import Candidate, candidates, rows_for
from nianbao.reports.match import Match, match_rows
from nianbao.reports.rows import TableRow
from nianbao.reports.strip import read_strip
from nianbao.reports.take import take_values
from nianbao.reports.values import fits_type, read_value


@dataclass
class Placed:
    """What was found of one table."""

    cells: dict[str, Cell] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def note(self, code: str, message: str, location: str, severity: str = "warning") -> None:
        """Add a finding."""
        self.findings.append(Finding(code, severity, message, location))  # type: ignore[arg-type]

    def add(self, cell: Cell) -> None:
        """Add a cell; the same cell printed twice with different numbers is left unread."""
        before = self.cells.get(cell.code)
        if before is None or before.raw == cell.raw:
            self.cells[cell.code] = before or cell
            return
        both = f"{before.raw} | {cell.raw}"
        self.cells[cell.code] = replace(before, raw=both, kind="text", value=None, unit=None)
        self.note("duplicate_row", f"{cell.code} is printed twice: {both}", cell.location)


def place_table(table: FormTable, rows: Sequence[TableRow]) -> Placed:
    """Find a form table's cells among the rows of a document."""
    placed = Placed()
    own = rows_for(table, rows)
    if table.spec.layout == "strip":
        _place_strip(table, own, placed)
    if not placed.cells:
        _place_labelled(table, candidates(table, own), placed)
    return placed


def _place_strip(table: FormTable, rows: list[TableRow], placed: Placed) -> None:
    strip = read_strip(table, rows)
    if strip is None:
        return
    block = table.blocks[0]
    for index, row in enumerate(block.rows):
        if strip.cells is None:
            _place_unread(table, row, block.columns, strip.row, placed)
        else:
            cells = [strip.cells[index, column] for column in range(len(block.columns))]
            _place_row(table, row, block.columns, cells, strip.row, placed)
    if strip.cells is None:
        message = f"{table.code}: the header does not say which number is which: {strip.row.text}"
        placed.note("row_unread", message, strip.row.place)


def _place_labelled(table: FormTable, found: list[Candidate], placed: Placed) -> None:
    matches = match_rows([candidate.label for candidate in found], table.rows)
    blocks = {row.code: block for block in table.blocks for row in block.rows}
    for match in matches:
        _place_match(table, blocks[match.row.code], match, found[match.printed], placed)
    matched = {match.printed for match in matches}
    for index, candidate in enumerate(found):
        if index not in matched and candidate.label and _may_hold_numbers(candidate.row):
            message = f"{table.code}: unknown row: {candidate.row.text}"
            placed.note("unknown_label", message, candidate.row.place)


def _place_match(
    table: FormTable, block: Block, match: Match, candidate: Candidate, placed: Placed
) -> None:
    row = candidate.row
    if match.how == "position":
        message = f"label {candidate.label!r} read as {match.row.zh!r} by its place"
        placed.note("label_variant", message, row.place, "info")
    values = take_values(table, block, match.row, candidate)
    if isinstance(values, str):
        _place_unread(table, match.row, block.columns, row, placed)
        message = f"{table.code}.{match.row.code}: {values}: {row.text}"
        placed.note("row_unread", message, row.place)
    else:
        _place_row(table, match.row, block.columns, values, row, placed, match)


def _place_row(
    table: FormTable,
    row: Row,
    columns: Sequence[ColumnSpec],
    cells: Sequence[TableCell],
    printed: TableRow,
    placed: Placed,
    match: Match | None = None,
) -> None:
    matched, label = _evidence(match)
    for column, cell in zip(columns, cells, strict=True):
        value = read_value(cell.text)
        code = cell_code(table.code, row, column)
        location = printed.table.place_of(cell)
        placed.add(
            Cell(
                code=code,
                raw=value.raw,
                kind=value.kind,
                value=value.value,
                location=location,
                unit=value.unit,
                note=value.note,
                matched=matched,
                label=label,
            )
        )
        if value.kind == "text":
            placed.note("unread_cell", f"{code}: not a number: {value.raw}", location)
        elif not fits_type(value, row.value or column.value):
            placed.note("value_not_of_its_kind", f"{code}: {value.raw}", location)


def _evidence(match: Match | None) -> tuple[Matched | None, str | None]:
    """Return how a row was recognised, and by which label, where that is not the official one."""
    if match is None or match.how == "exact":
        return None, None
    return match.how, match.label


def _place_unread(
    table: FormTable, row: Row, columns: Sequence[ColumnSpec], printed: TableRow, placed: Placed
) -> None:
    for column in columns:
        code = cell_code(table.code, row, column)
        placed.add(Cell(code, printed.text, "text", None, printed.place))


def _may_hold_numbers(row: TableRow) -> bool:
    return any(read_value(cell.text).kind == "number" for cell in row.cells[1:])
