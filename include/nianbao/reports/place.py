"""The numbers of one form table found in the document and given their codes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from nianbao.forms import Block, FormTable, Row, cell_code
from nianbao.forms.schema import ColumnSpec
from nianbao.model import Cell, Finding, TableCell
from nianbao.model.report import Matched
from nianbao.reports.candidates import Candidate, candidates, column_keys, rows_for
from nianbao.reports.match import Match, match_rows
from nianbao.reports.rows import TableRow
from nianbao.reports.strip import read_strip
from nianbao.reports.values import read_value


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
        width = len(block.columns)
        cells = strip.cells[index * width : (index + 1) * width]
        _place_row(table, row, block.columns, cells, strip.row, placed)
    if strip.swapped:
        _unread_all(placed, "columns_swapped", f"{table.code}: columns out of order", strip.row)


def _place_labelled(table: FormTable, found: list[Candidate], placed: Placed) -> None:
    matches = match_rows([candidate.label for candidate in found], table.rows)
    depths = _label_depths(found[match.printed] for match in matches)
    blocks = {row.code: block for block in table.blocks for row in block.rows}
    for match in matches:
        candidate = found[match.printed]
        beside = len(candidate.row.cells) - 1 - depths[_width(candidate)]
        _place_match(table, blocks[match.row.code], match, candidate, beside, placed)
    matched = {match.printed for match in matches}
    for index, candidate in enumerate(found):
        if index not in matched and candidate.label and _may_hold_numbers(candidate.row):
            message = f"{table.code}: unknown row: {candidate.row.text}"
            placed.note("unknown_label", message, candidate.row.place)


def _width(candidate: Candidate) -> tuple[str, int]:
    return candidate.row.table.place, len(candidate.row.cells)


def _label_depths(found: Iterable[Candidate]) -> dict[tuple[str, int], int]:
    """Return how far right the labels reach, among the rows of a table that are equally wide.

    Labels may be followed by empty cells where merged ones were taken apart, so only the deepest
    label says where the numbers begin.
    """
    depths: dict[tuple[str, int], int] = {}
    for candidate in found:
        key = _width(candidate)
        depths[key] = max(depths.get(key, 0), candidate.label_index)
    return depths


def _place_match(
    table: FormTable,
    block: Block,
    match: Match,
    candidate: Candidate,
    beside: int,
    placed: Placed,
) -> None:
    row = candidate.row
    if match.how == "position":
        message = f"label {candidate.label!r} read as {match.row.zh!r} by its place"
        placed.note("label_variant", message, row.place, "info")
    values = candidate.values(len(block.columns))
    trouble = _trouble(table, block, candidate, beside)
    if values is None or trouble:
        _place_unread(table, match.row, block.columns, row, placed)
        placed.note(
            "row_unread", f"{table.code}.{match.row.code}: {trouble}: {row.text}", row.place
        )
    else:
        _place_row(table, match.row, block.columns, values, row, placed, match)


def _trouble(table: FormTable, block: Block, candidate: Candidate, beside: int) -> str:
    """Return why a row's numbers can't be told apart, or an empty string.

    `beside` is the number of cells to the right of the labels.
    """
    # In a list, the unit stands between the label and the number, or in the label.
    allowed = {1, 2} if table.spec.layout == "list" else {len(block.columns)}
    if beside not in allowed:
        return f"{beside} numbers for {len(block.columns)} columns"
    if not _header_fits(table, block, candidate.headers):
        return "columns not as in the form"
    return ""


def _header_fits(table: FormTable, block: Block, headers: tuple[tuple[str, ...], ...]) -> bool:
    """Tell whether the headers above name the block's columns in the form's order.

    The header of a matrix spreads its labels over several rows, each of them in order.
    """
    keys = column_keys(block)
    orders = [
        [i for text in header for i, column in enumerate(keys) if text in column]
        for header in headers
    ]
    if table.spec.layout == "stacked" and headers:
        return orders[-1] == list(range(len(keys)))
    return all(order == sorted(order) for order in orders)


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


def _unread_all(placed: Placed, code: str, message: str, row: TableRow) -> None:
    """Keep what was printed but none of the numbers: which column they belong to is not known."""
    placed.note(code, message, row.place)
    for key, cell in placed.cells.items():
        placed.cells[key] = replace(cell, kind="text", value=None, unit=None)


def _may_hold_numbers(row: TableRow) -> bool:
    return any(read_value(cell.text).kind == "number" for cell in row.cells[1:])
