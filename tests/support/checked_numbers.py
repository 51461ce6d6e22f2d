"""Sample reports checked without being printed and read: their numbers go straight into the tables."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from nianbao.forms import load_form, load_forms
from nianbao.model import report_id_for
from nianbao.quality.rule import load_rules
from nianbao.quality.run import check
from nianbao.sample.printed import is_words, number_of, unit_of
from nianbao.sample.report import SampleReport
from nianbao.warehouse.cells.numbering import column_of, form_cell_rows, form_numbers
from nianbao.warehouse.empty import empty_warehouse

THEMES = {"applications", "reviews", "proactive", "statistics", "values", "zeros", "years"}
"""The themes that speak of numbers alone."""
Check = tuple[str, int, str, str]


def failing_checks(path: Path, reports: Sequence[SampleReport]) -> dict[Check, str]:
    """Return the severity of every failed check of numbers, by organisation, year, rule and subject."""
    with filled(path, reports) as con:
        check(con, [rule for rule in load_rules() if rule.theme in THEMES])
        rows = con.execute(
            "SELECT organisation, report_year, rule_id, subject, severity"
            " FROM check_results JOIN report_versions USING (report_id)"
        ).fetchall()
    return {(name, year, rule, subject): severity for name, year, rule, subject, severity in rows}


def filled(path: Path, reports: Sequence[SampleReport]) -> duckdb.DuckDBPyConnection:
    """Return a warehouse with what the rules about numbers read."""
    path.write_bytes(empty_warehouse())
    con = duckdb.connect(path)
    _fill(con, reports)
    return con


def _fill(con: duckdb.DuckDBPyConnection, reports: Sequence[SampleReport]) -> None:
    _insert(con, "form_cells", list(form_cell_rows()))
    ordered = sorted(enumerate(reports), key=lambda item: item[1].form)
    numbered = [(number, report) for number, (_, report) in enumerate(ordered, 1)]
    _insert(con, "report_versions", [_version(n, report) for n, report in numbered])
    names = {report.org_id: report.organisation for report in reports}
    _insert(con, "organisations", [{"org_id": key, "name": name} for key, name in names.items()])
    _insert(con, "odd_cells", [row for n, report in numbered for row in _texts(n, report)])
    for form in load_forms():
        own = [_values(n, report) for n, report in numbered if report.form == form]
        _insert(con, f"form_values_{form}", own)


def _version(number: int, report: SampleReport) -> dict[str, object]:
    return {
        "version": number,
        "report_id": report_id_for(report.org_id, report.report_year, report.scope),
        "sha256": f"{number:064d}",
        "ordinal": 1,
        "org_id": report.org_id,
        "organisation": report.organisation,
        "report_year": report.report_year,
        "scope": report.scope,
        "form": report.form,
        "is_live": True,
        "is_current": True,
    }


def _values(number: int, report: SampleReport) -> dict[str, object]:
    form = load_form(report.form)
    cells = {column_of(code): number_of(report.cells.get(code, "")) for code in form.cells}
    unread = [
        place
        for place, (code, cell) in enumerate(form.cells.items(), 1)
        if (is_words(report.cells[code]) if code in report.cells else not cell.optional)
    ]
    numbers = {name: None if value is None else float(value) for name, value in cells.items()}
    return {"version": number, **numbers, "unread": unread or None}


def _texts(number: int, report: SampleReport) -> Iterator[dict[str, object]]:
    numbers = form_numbers()[report.form]
    for code, raw in report.cells.items():
        unit = unit_of(raw)
        if is_words(raw) or unit:
            cell = numbers.first + numbers.places[code]
            yield {"version": number, "cell": cell, "raw": raw, "unit": unit or None}


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, object]]) -> None:
    if rows:
        con.register("arriving", pa.Table.from_pylist(rows))
        con.execute(f"INSERT INTO {table} BY NAME FROM arriving")
        con.unregister("arriving")
