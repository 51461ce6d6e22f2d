"""The tables of a report as squares with spans, as the official form draws them."""

from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.forms import Block, Form, FormTable, Row, load_form
from nianbao.sample.report import SampleReport
from nianbao.sample.wording import load_wording


@dataclass(frozen=True, slots=True)
class Square:
    """One drawn cell; `code` is given where it holds a number that the form asks for."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    code: str | None = None


Grid = tuple[Square, ...]


def tables_of(report: SampleReport, section: str) -> list[Grid]:
    """Return the tables of a section: one, or one per caption where the style splits them."""
    form = load_form(report.form)
    tables = [table for table in form.tables if table.spec.section == section]
    return [grid for table in tables for grid in _grids(report, form, table)]


def _grids(report: SampleReport, form: Form, table: FormTable) -> list[Grid]:
    if table.spec.layout == "matrix":
        return [tuple(_matrix(report, table))]
    if table.spec.layout == "strip":
        return [tuple(_strip(report, table))]
    blocks = [[block] for block in table.blocks] if report.style.split_tables else [table.blocks]
    return [tuple(_stacked(report, table.code, group)) for group in blocks]


def _stacked(report: SampleReport, table: str, blocks: Sequence[Block]) -> list[Square]:
    width = 1 + max(len(block.columns) for block in blocks)
    squares, row = [], 0
    for block in blocks:
        squares.append(Square(block.caption, row, 0, column_span=width))
        heads = [load_wording().information, *(column_label(report, c.zh) for c in block.columns)]
        squares += _line(heads, row + 1, width)
        row += 2
        for line in printed_rows(report, table, block.rows):
            codes = [f"{table}.{line.code}.{column.code}" for column in block.columns]
            texts = [label(report, line.zh), *(number(report, code) for code in codes)]
            squares += _line(texts, row, width, codes)
            row += 1
    return squares


def _line(texts: Sequence[str], row: int, width: int, codes: Sequence[str] = ()) -> list[Square]:
    """Return a row whose last cell fills what the others leave."""
    last = len(texts) - 1
    return [
        Square(
            text,
            row,
            column,
            column_span=width - last if column == last else 1,
            code=codes[column - 1] if codes and column else None,
        )
        for column, text in enumerate(texts)
    ]


def _matrix(report: SampleReport, table: FormTable) -> list[Square]:
    (block,) = table.blocks
    rows = printed_rows(report, table.code, block.rows)
    depth = max(len(row.path) for row in rows)
    squares = _matrix_head(report, table, depth)
    for index, row in enumerate(rows):
        squares += _row_labels(report, rows, index, depth)
        for place, column in enumerate(block.columns):
            code = f"{table.code}.{row.code}.{column.code}"
            squares.append(Square(number(report, code), index + 3, depth + place, code=code))
    return squares


def _matrix_head(report: SampleReport, table: FormTable, depth: int) -> list[Square]:
    first, *inner, total = (column_label(report, c.zh) for c in table.blocks[0].columns)
    whole, organisations = table.spec.header
    return [
        Square(table.spec.note or "", 0, 0, 3, depth),
        Square(whole, 0, depth, column_span=len(inner) + 2),
        Square(first, 1, depth, row_span=2),
        Square(organisations, 1, depth + 1, column_span=len(inner)),
        Square(total, 1, depth + 1 + len(inner), row_span=2),
        *(Square(text, 2, depth + 1 + place) for place, text in enumerate(inner)),
    ]


def _row_labels(report: SampleReport, rows: Sequence[Row], index: int, depth: int) -> list[Square]:
    """Return the labels that begin in a row: its own, and those of the groups that it opens."""
    path, squares = rows[index].path, []
    before = rows[index - 1].path if index else ()
    for level, text in enumerate(path):
        own = level == len(path) - 1
        if not own and before[: level + 1] == path[: level + 1]:
            continue
        members = [row for row in rows if row.path[: level + 1] == path[: level + 1]]
        span = depth - level if own else 1
        height = 1 if own else len(members)
        squares.append(Square(label(report, text), index + 3, level, height, span))
    return squares


def _strip(report: SampleReport, table: FormTable) -> list[Square]:
    (block,) = table.blocks
    first, *others = block.rows
    outcomes = [column.zh for column in block.columns]
    width = len(outcomes)
    squares = [
        Square(label(report, first.zh), 0, 0, column_span=width),
        Square(table.spec.header[0], 0, width, column_span=width * len(others)),
    ]
    squares += [Square(text, 1, place, row_span=2) for place, text in enumerate(outcomes)]
    for group, row in enumerate(others, start=1):
        squares.append(Square(label(report, row.zh), 1, group * width, column_span=width))
        squares += [Square(text, 2, group * width + i) for i, text in enumerate(outcomes)]
    codes = [f"{table.code}.{row.code}.{c.code}" for row in block.rows for c in block.columns]
    squares += [Square(number(report, code), 3, i, code=code) for i, code in enumerate(codes)]
    return squares


def printed_rows(report: SampleReport, table: str, rows: Sequence[Row]) -> list[Row]:
    """Return the rows that the report prints: those of which it has a cell."""
    printed = {code.rpartition(".")[0] for code in report.cells}
    return [row for row in rows if f"{table}.{row.code}" in printed]


def label(report: SampleReport, official: str) -> str:
    """Return what the report prints for an official label."""
    return report.labels.get(official, official)


def column_label(report: SampleReport, official: str) -> str:
    """Return a column's label, broken into short lines where the style does."""
    text, size = label(report, official), report.style.wrapped_labels
    if not size:
        return text
    return "\n".join(text[start : start + size] for start in range(0, len(text), size))


def number(report: SampleReport, code: str) -> str:
    """Return the printed text of a cell, with the white space that the style puts before it."""
    return report.style.padding + report.cells[code]
