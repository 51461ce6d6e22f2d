"""The forms' tables, year beside year, in the order and under the labels in which they are printed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nianbao.export.workbook.sheets import Sheet
from nianbao.forms import load_forms
from nianbao.forms.form import Block, FormTable, Row, cell_code


@dataclass(frozen=True)
class Cell:
    """One number of a report, as printed and as understood."""

    kind: str
    raw: str | None
    value: float | None


Cells = Mapping[str, Cell]
"""The cells of one report by code."""


@dataclass(frozen=True)
class Series:
    """The reports of one organisation and scope on one form, by year."""

    title: str
    form: str
    years: Mapping[int, Cells]


def write_series(sheets: Mapping[str, Sheet], series: Series, words: Mapping[str, Any]) -> None:
    """Write the tables of a series below what the sheets hold already."""
    form = load_forms().get(series.form)
    for table in form.tables if form else ():
        sheet = sheets[table.code]
        sheet.write([series.title], sheet.styles.title)
        for block in table.blocks:
            for line, style in _block_lines(table, block, series, words):
                sheet.write(line, sheet.styles.head if style else None)
        sheet.write([])


def _block_lines(
    table: FormTable, block: Block, series: Series, words: Mapping[str, Any]
) -> Iterator[tuple[Sequence[Any], bool]]:
    years = sorted(series.years)
    columns = block.columns
    heads = [f"{year}" if place == 0 else "" for year in years for place in range(len(columns))]
    yield [block.caption, block.caption_en, *heads], True
    yield [words["item"][0], "", *(column.zh for _ in years for column in columns)], True
    yield [words["item"][1], "", *(column.en for _ in years for column in columns)], True
    for row in block.rows:
        codes = [cell_code(table.code, row, column) for column in columns]
        cells = [series.years[year].get(code) for year in years for code in codes]
        if not row.optional or any(_is_printed(cell) for cell in cells):
            shown = [_shown(cell, words["missing_row"]) for cell in cells]
            yield [*_labels(row), *shown], False


def _labels(row: Row) -> tuple[str, str]:
    """Return the row's labels, set in below those of its groups."""
    groups = "　" * (len(row.path) - 1)
    return groups + row.path[-1], " > ".join(row.path_en)


def _is_printed(cell: Cell | None) -> bool:
    return cell is not None and cell.kind != "missing"


def _shown(cell: Cell | None, missing: str) -> Any:
    """Return the number, the text as printed, nothing for a blank, or the word for an absent row."""
    if cell is None or cell.kind == "missing":
        return missing
    return cell.value if cell.kind == "number" else cell.raw
