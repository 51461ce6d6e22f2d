"""The workbook written: notes, reports, the tables by year, series, failed checks, sources."""
# ruff: noqa: S608 - the names in the statements are the catalog's and our own

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection
from xlsxwriter import Workbook

from nianbao.export.catalog import Column
from nianbao.export.columns import plain
from nianbao.export.declared import read_yaml
from nianbao.export.source import Published
from nianbao.export.workbook.sheets import Sheet, Styles, styles_of
from nianbao.export.workbook.tables import Cell, Series, write_series

_CELLS = """
    SELECT p.organisation, p.org_id, p.scope, p.form, p.report_year, c.code, c.kind, c.raw, c.value
    FROM picked p JOIN report_cells c USING (report_id)
    ORDER BY p.organisation, p.org_id, p.scope, p.form DESC, p.report_year, c.code
"""
_ROWS_AT_ONCE = 10_000


def write_workbook(
    con: DuckDBPyConnection, where: str, path: Path, source: Published, facts: Mapping[str, str]
) -> None:
    """Write the reports that meet `where`; `facts` are the words that the notes are filled with."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE picked AS FROM reports WHERE {where}")
    path.parent.mkdir(parents=True, exist_ok=True)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(str(path), {**options, "tmpdir": str(path.parent)}) as book:
        # A time of our own makes two exports of a version equal.
        created = datetime.fromisoformat(source.published_at).replace(tzinfo=None)
        book.set_properties({"title": facts["selection"], "created": created})
        _fill(con, book, facts)


def _fill(con: DuckDBPyConnection, book: Workbook, facts: Mapping[str, str]) -> None:
    declared, styles = read_yaml("workbook.yaml"), styles_of(book)
    _write_notes(_sheet(book, declared["notes"], styles), con, declared, facts)
    for entry in declared["sheets"]:
        if not entry.get("after_tables"):
            _write_query(_sheet(book, entry["name"], styles), con, entry)
    tables = {code: _table_sheet(book, name, styles) for code, name in declared["tables"].items()}
    for series in _series(con, declared):
        write_series(tables, series, declared)
    for entry in declared["sheets"]:
        if entry.get("after_tables"):
            _write_query(_sheet(book, entry["name"], styles), con, entry)


def _sheet(book: Workbook, name: str, styles: Styles) -> Sheet:
    return Sheet(book.add_worksheet(name), styles)


def _table_sheet(book: Workbook, name: str, styles: Styles) -> Sheet:
    sheet = _sheet(book, name, styles)
    sheet.widths([44, 44])
    return sheet


def _write_notes(
    sheet: Sheet, con: DuckDBPyConnection, declared: Mapping[str, Any], facts: Mapping[str, str]
) -> None:
    row = con.execute("SELECT count(*) FROM picked").fetchone()
    words = {**facts, "title": declared["title"], "reports": str(row[0] if row else 0)}
    sheet.widths([28, 100])
    for label, text in declared["notes_text"]:
        sheet.write([label.format(**words), text.format(**words)])


def _write_query(sheet: Sheet, con: DuckDBPyConnection, entry: Mapping[str, Any]) -> None:
    sheet.widths([column.get("width", 11) for column in entry["columns"]])
    sheet.sheet.freeze_panes(2, 1)
    sheet.write([column["zh"] for column in entry["columns"]], sheet.styles.head)
    sheet.write([column["en"] for column in entry["columns"]], sheet.styles.head)
    for row in _rows(con, entry["sql"]):
        sheet.write(row)


def _rows(con: DuckDBPyConnection, query: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a query with personal data masked."""
    found = con.execute(f"DESCRIBE {query}").fetchall()
    masked = ", ".join(plain(Column(str(row[0]), str(row[1]), "")) for row in found)
    result = con.execute(f"SELECT {masked} FROM ({query})")
    while rows := result.fetchmany(_ROWS_AT_ONCE):
        yield from rows


def _series(con: DuckDBPyConnection, declared: Mapping[str, Any]) -> Iterator[Series]:
    """Yield what one organisation reported of one scope on one form, newest form first."""
    for key, group in groupby(_rows(con, _CELLS), key=lambda row: row[:4]):
        organisation, _, scope, form = key
        years = {
            int(year): {str(row[5]): _cell(row) for row in rows}
            for year, rows in groupby(group, key=lambda row: row[4])
        }
        scope_zh, form_zh = declared["scopes"].get(scope, scope), declared["form"].format(year=form)
        yield Series(f"{organisation}（{scope_zh} {scope}）{form_zh}", str(form), years)


def _cell(row: tuple[Any, ...]) -> Cell:
    kind, raw, value = row[6:9]
    return Cell(str(kind), raw, None if value is None else float(value))
