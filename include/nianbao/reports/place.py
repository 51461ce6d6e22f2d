"""The numbers of one form table found in the document and given their codes."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import NamedTuple

from nianbao.forms import Block, FormTable, cell_code
from nianbao.forms.schema import ValueType
from nianbao.model import Cell, Finding
from nianbao.model.report import Matched
from nianbao.reports.candidates import Candidate, candidates, tables_for
from nianbao.reports.match import Match, match_rows, names
from nianbao.reports.rows import DrawnTable, TableRow, rows_in
from nianbao.reports.strip import read_strip
from nianbao.reports.take import Taken, take_values
from nianbao.reports.text import without_ordinal
from nianbao.reports.values import read_value

_LEAST_OWN = 4
"""Characters of a label without its ordinal that is no part of others by chance."""


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
        before = self.cells.setdefault(cell.code, cell)
        if before is cell or before.raw == cell.raw:
            return
        both = f"{before.raw} | {cell.raw}"
        self.cells[cell.code] = replace(before, raw=both, kind="text", value=None, unit=None)
        self.note("duplicate_row", f"{cell.code} is printed twice: {both}", cell.location)


def place_table(table: FormTable, tables: Sequence[DrawnTable]) -> Placed:
    """Find a form table's cells among the tables of a document."""
    placed = Placed()
    rows = rows_in(tables_for(table, tables))
    if table.spec.layout == "strip":
        _place_strip(table, rows, placed)
    if not placed.cells:
        _place_labelled(table, candidates(table, rows), placed)
    return placed


@dataclass(frozen=True, slots=True)
class _Line:
    """What is asked for in one row of the form: the code and the type of each cell."""

    block: Block
    codes: tuple[str, ...]
    types: tuple[ValueType, ...]


@cache
def _lines(table: FormTable) -> dict[str, _Line]:
    """Return the rows of a form table by their codes."""
    return {
        row.code: _Line(
            block,
            tuple(cell_code(table.code, row, column) for column in block.columns),
            tuple(row.value or column.value for column in block.columns),
        )
        for block in table.blocks
        for row in block.rows
    }


def _place_strip(table: FormTable, rows: list[TableRow], placed: Placed) -> None:
    strip = read_strip(table, rows)
    if strip is None:
        return
    lines = [_lines(table)[row.code] for row in table.blocks[0].rows]
    if strip.numbers is None:
        for line in lines:
            _place_unread(line, strip.row, placed, _Evidence())
        message = f"{table.code}: the header does not say which number is which: {strip.row.text}"
        placed.note("row_unread", message, strip.row.place)
        return
    for index, line in enumerate(lines):
        numbers = [strip.numbers[index, column] for column in range(len(line.codes))]
        cells = tuple(number.cell for number in numbers)
        headings = tuple(number.heading for number in numbers)
        _place_row(
            line, Taken(cells, headings), strip.row, placed, _Evidence(None, numbers[0].label)
        )


def _place_labelled(table: FormTable, found: list[Candidate], placed: Placed) -> None:
    matches = _without_groups(match_rows([candidate.label for candidate in found], table))
    for match in matches:
        _place_match(table, match, found[match.printed], placed)
    matched = {match.printed for match in matches}
    for index, candidate in enumerate(found):
        if index not in matched and _may_hold_numbers(candidate):
            message = f"{table.code}: unknown row: {candidate.row.text}"
            placed.note("unknown_label", message, candidate.row.place)
            _doubt_namesakes(table, candidate.label, matches, found, placed)


def _doubt_namesakes(
    table: FormTable, label: str, matches: list[Match], found: list[Candidate], placed: Placed
) -> None:
    """Note on rows that another row's label holds the whole label of: either may be the form's row."""
    for match in matches:
        own = without_ordinal(match.label)
        if len(own) >= _LEAST_OWN and own in label:
            message = f"{table.code}.{match.row.code}: another row has its label too: {label}"
            placed.note("duplicate_row", message, found[match.printed].row.place)


def _without_groups(matches: list[Match]) -> list[Match]:
    """Return the matches without groups printed as one row whose own rows are printed too.

    Such a row is one of them with its label lost, and what is left is the group's.
    """
    codes = [match.row.code for match in matches]
    return [
        match
        for match in matches
        if not (match.row.optional and any(c.startswith(f"{match.row.code}.") for c in codes))
    ]


def _place_match(table: FormTable, match: Match, candidate: Candidate, placed: Placed) -> None:
    row, line = candidate.row, _lines(table)[match.row.code]
    if match.how == "position":
        message = f"label {candidate.label!r} read as {match.row.zh!r} by its place"
        placed.note("label_variant", message, row.place, "info")
    how = None if match.how == "exact" else match.how
    evidence = _Evidence(how, candidate.printed_label)
    taken = _part_of(table, match, candidate) or take_values(
        table, line.block, match.row, candidate
    )
    if isinstance(taken, str):
        _place_unread(line, row, placed, evidence)
        message = f"{table.code}.{match.row.code}: {taken}: {row.text}"
        placed.note("row_unread", message, row.place)
    else:
        _place_row(line, taken, row, placed, evidence)


def _part_of(table: FormTable, match: Match, candidate: Candidate) -> str:
    """Return what is wrong where the form's row is the group that a printed row belongs to."""
    if match.how == "exact":
        return ""
    groups = candidate.row.keys[: candidate.label_at]
    part = any(group != match.label and names(group, match.row, table) for group in groups)
    return "the printed row is a part of it" if part else ""


class _Evidence(NamedTuple):
    """How a row was recognised, where not by its official label, and by which printed label."""

    matched: Matched | None = None
    label: str | None = None


def _place_row(
    line: _Line, taken: Taken, printed: TableRow, placed: Placed, evidence: _Evidence
) -> None:
    table = printed.table
    headings = taken.headings or (None,) * len(taken.cells)
    how, label = evidence.matched, evidence.label
    row_place, row_path = printed.place, f"{printed.where} > " if printed.where else ""
    for code, asked, cell, heading in zip(
        line.codes, line.types, taken.cells, headings, strict=True
    ):
        raw, kind, number, unit, note, types = read_value(cell.text)
        if cell.row == printed.index:  # as nearly all are, and this is the innermost loop
            location = f"{row_place}.c{cell.column + 1}"
            where = row_path + cell.where if cell.where else None
        else:
            location, where = table.place_of(cell), table.where(cell)
        placed.add(Cell(code, raw, kind, number, location, unit, note, how, label, heading, where))
        if kind == "text":
            placed.note("unread_cell", f"{code}: not a number: {raw}", location)
        elif number is not None and asked not in types:
            placed.note("value_not_of_its_kind", f"{code}: {raw}", location)


def _place_unread(line: _Line, printed: TableRow, placed: Placed, evidence: _Evidence) -> None:
    """Keep what was printed in a row whose numbers can't be told apart."""
    for code in line.codes:
        cell = Cell(code, printed.text, "text", None, printed.place)
        placed.add(replace(cell, label=evidence.label, where=printed.where))


def _may_hold_numbers(candidate: Candidate) -> bool:
    first = 1 if candidate.label else 0
    return any(read_value(cell.text).kind == "number" for cell in candidate.row.cells[first:])
