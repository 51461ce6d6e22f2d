"""A form ready for use: rows flattened in printed order, every cell with its code and labels."""

from dataclasses import dataclass
from functools import cached_property

from nianbao.forms.schema import (
    BlockSpec,
    ColumnSpec,
    FormSpec,
    RowSpec,
    SectionSpec,
    TableSpec,
    ValueType,
)

TABLE_SHORT = {"proactive": "pro", "applications": "app", "reviews": "rev", "statistics": "sta"}


@dataclass(frozen=True)
class Row:
    """One numeric row; `path` holds the labels from the outermost group to the row itself."""

    code: str
    short: str
    path: tuple[str, ...]
    path_en: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    unit: str | None = None
    value: ValueType | None = None
    optional: bool = False
    """True for a group printed as one row: not asked for, but known where it occurs."""

    @property
    def zh(self) -> str:
        """The row's own official label."""
        return self.path[-1]


@dataclass(frozen=True)
class FormCell:
    """One number that the form asks for."""

    code: str
    short_code: str
    table: str
    row: Row
    column: ColumnSpec
    optional: bool

    @property
    def value_type(self) -> ValueType:
        """How the number is to be read."""
        return self.row.value or self.column.value

    @property
    def unit(self) -> str | None:
        """Unit that the form prescribes."""
        return self.row.unit or self.column.unit


@dataclass(frozen=True, eq=False)
class Block:
    """Rows × columns under one caption (`caption` is empty where the table has none).

    Forms are loaded once, so blocks and tables are themselves and equal to nothing else.
    """

    caption: str
    caption_en: str
    columns: tuple[ColumnSpec, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, eq=False)
class FormTable:
    """One table of a form."""

    spec: TableSpec
    blocks: tuple[Block, ...]

    @property
    def code(self) -> str:
        """First part of its cells' codes."""
        return self.spec.code

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows of all blocks, in printed order."""
        return tuple(row for block in self.blocks for row in block.rows)


@dataclass(frozen=True)
class Form:
    """An official form."""

    spec: FormSpec
    tables: tuple[FormTable, ...]

    @property
    def name(self) -> str:
        """Its first report year, as text: `2021`."""
        return self.spec.form

    @property
    def sections(self) -> tuple[SectionSpec, ...]:
        """The statutory sections in order."""
        return self.spec.sections

    @cached_property
    def cells(self) -> dict[str, FormCell]:
        """Every cell by its code, in printed order; optional ones included."""
        return {
            cell.code: cell
            for table in self.tables
            for block in table.blocks
            for row in block.rows
            for cell in cells_of(table.code, row, block.columns)
        }

    def table(self, code: str) -> FormTable:
        """Return the table of that code; KeyError where the form has none."""
        return {table.code: table for table in self.tables}[code]

    def fits(self, report_year: int) -> bool:
        """Tell whether the form is prescribed for that report year."""
        years = self.spec.years
        return years.first <= report_year and (years.last is None or report_year <= years.last)


def cell_code(table: str, row: Row, column: ColumnSpec) -> str:
    """Return the code of a cell: `<table>.<row>.<column>`, without the last part in a list."""
    return ".".join(part for part in (table, row.code, column.code) if part)


def cells_of(table: str, row: Row, columns: tuple[ColumnSpec, ...]) -> list[FormCell]:
    """Return the cells of one row."""
    return [
        FormCell(
            code=cell_code(table, row, column),
            short_code=f"{TABLE_SHORT[table]}_{row.short}_{column.short}",
            table=table,
            row=row,
            column=column,
            optional=row.optional,
        )
        for column in columns
    ]


def from_spec(spec: FormSpec) -> Form:
    """Flatten a form file into a form."""
    return Form(spec, tuple(FormTable(table, _blocks(table)) for table in spec.tables))


def _blocks(table: TableSpec) -> tuple[Block, ...]:
    specs = table.blocks or (BlockSpec(zh="", en="", columns=table.columns, rows=table.rows),)
    return tuple(Block(s.zh, s.en, s.columns, tuple(_flatten(s.rows))) for s in specs)


def _flatten(
    specs: tuple[RowSpec, ...], zh: tuple[str, ...] = (), en: tuple[str, ...] = ()
) -> list[Row]:
    rows: list[Row] = []
    for spec in specs:
        path, path_en = (*zh, spec.zh), (*en, spec.en)
        if spec.collapsed:
            code, short = spec.collapsed.code, spec.collapsed.short
            rows.append(Row(code, short, path, path_en, spec.aliases, optional=True))
        if spec.code and spec.short:
            row = Row(spec.code, spec.short, path, path_en, spec.aliases, spec.unit, spec.value)
            rows.append(row)
        rows.extend(_flatten(spec.rows, path, path_en))
    return rows
