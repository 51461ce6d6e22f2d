"""The wide panel: one row per organisation, report year and scope, over all forms."""
# ruff: noqa: S608 - the names in the statements are the catalog's and our own

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from duckdb import DuckDBPyConnection

from nianbao.errors import BuildError
from nianbao.export.catalog import Column, Relation
from nianbao.export.declared import read_yaml
from nianbao.export.meanings import field_type
from nianbao.export.sql import named

PANEL = "panel"
_JOINED_BY = ("report_id", "org_id", "report_year", "scope")
_WIDE = "wide_"
_LONGEST_NAME = 32
_NUMBERS = ("integer", "number", "boolean")


@dataclass(frozen=True)
class Variable:
    """One column of the panel."""

    name: str
    """At most 32 letters, digits and underscores."""
    zh: str
    en: str
    source: str
    """The expression that gives it."""
    unit: str = ""
    code: str = ""
    """The cell code, for a cell."""
    forms: str = ""
    """The forms that ask for the cell."""
    coded: str = ""
    """Name of the list of codes that stand for its words in Stata."""
    is_number: bool = False


def make_panel(
    con: DuckDBPyConnection, catalog: Mapping[str, Relation], where: str
) -> list[Variable]:
    """Write the panel of the reports that meet `where` into the temporary table `panel`.

    Raises `BuildError` where a view gives more than one row for a report.
    """
    declared = read_yaml("panel.yaml")
    views = [catalog[name] for name in declared["measures"] if name in catalog]
    row = list(_row_variables(declared["row"], catalog))
    measures = list(_measure_variables(con, views, declared["labels"], catalog))
    wide = [name for name in catalog if name.startswith(_WIDE)]
    cells = _cell_variables(con, wide)
    taken = {variable.name for variable in (*row, *cells)}
    measures = [
        m if m.name not in taken else replace(m, name=_short(f"m_{m.name}")) for m in measures
    ]
    variables = [*row, *measures, *cells]
    con.execute(_statement(variables, [*views, *(catalog[name] for name in wide)], catalog, where))
    _require_one_row_each(con, where)
    return variables


def panel_relation(con: DuckDBPyConnection, variables: list[Variable]) -> Relation:
    """Return the panel as something to be written like any other table."""
    rows = con.execute(f"DESCRIBE {PANEL}").fetchall()
    types = {str(row[0]): str(row[1]) for row in rows}
    columns = tuple(Column(v.name, types[v.name], f"{v.zh} / {v.en}", v.unit) for v in variables)
    comment = (
        "One row per organisation, report year and scope: measures over all forms, and all cells"
    )
    return Relation(PANEL, comment, None, columns)


def _row_variables(
    declared: list[dict[str, str]], catalog: Mapping[str, Relation]
) -> Iterator[Variable]:
    for entry in declared:
        name = entry["name"]
        source = _source_of(name, entry["from"], catalog)
        if source:
            is_number = name == "report_year"
            labels = {"zh": entry["zh"], "en": entry["en"], "coded": entry.get("coded", "")}
            yield Variable(name, source=source, is_number=is_number, **labels)


def _source_of(name: str, origin: str, catalog: Mapping[str, Relation]) -> str:
    """Return where a column of the row stands; the place is that of the report's year, if known."""
    of_organisation = name in catalog["organisations"].names
    places = catalog.get("organisation_places")
    if origin == "places" and places and name in places.names:
        return f"coalesce(p.{name}, o.{name})" if of_organisation else f"p.{name}"
    if origin in {"places", "organisations"}:
        return f"o.{name}" if of_organisation else ""
    return f"r.{name}"


def _measure_variables(
    con: DuckDBPyConnection,
    views: list[Relation],
    labels: Mapping[str, str],
    catalog: Mapping[str, Relation],
) -> Iterator[Variable]:
    titles = _measure_titles(con, catalog)
    seen: set[str] = set()
    for view in views:
        for column in view.columns:
            if column.name in (*_JOINED_BY, *seen) or field_type(column.type) not in _NUMBERS:
                continue
            seen.add(column.name)
            en = titles.get(column.name, ("", column.comment or column.name, ""))
            zh = en[0] or labels.get(column.name, "") or en[1]
            source = f"{view.name}.{named(column.name)}"
            yield Variable(_short(column.name), zh, en[1], source, unit=en[2], is_number=True)


def _short(name: str) -> str:
    """Return a name that Stata takes; two long names that begin alike stay two."""
    if len(name) <= _LONGEST_NAME:
        return name
    return f"{name[: _LONGEST_NAME - 5]}_{sha256(name.encode()).hexdigest()[:4]}"


def _measure_titles(
    con: DuckDBPyConnection, catalog: Mapping[str, Relation]
) -> dict[str, tuple[str, str, str]]:
    wanted = ("measure", "title_zh", "title_en", "unit")
    if "measures" not in catalog or not set(wanted) <= set(catalog["measures"].names):
        return {}
    rows = con.execute("SELECT measure, title_zh, title_en, unit FROM measures").fetchall()
    return {str(name): (zh or "", en or "", unit or "") for name, zh, en, unit in rows}


def _cell_variables(con: DuckDBPyConnection, wide: list[str]) -> list[Variable]:
    """Return a variable per cell of any form, labelled as the newest form prints it."""
    rows = con.execute(
        "SELECT code, arg_max(short_code, form), arg_max(row_zh, form), arg_max(row_en, form), "
        "arg_max(column_zh, form), arg_max(column_en, form), arg_max(unit, form), "
        "string_agg(form, ' ' ORDER BY form) FROM cell_dictionary "
        "GROUP BY code ORDER BY min(form) DESC, min(rowid)"
    ).fetchall()
    return [_cell_variable(wide, *row) for row in rows]


def _cell_variable(wide: list[str], code: str, short: str, *facts: Any) -> Variable:
    row_zh, row_en, column_zh, column_en, unit, forms = (fact or "" for fact in facts)
    zh, en = _label(row_zh, column_zh), _label(row_en, column_en)
    column = named(code.replace(".", "_"))
    places = [f"{_WIDE}{form}.{column}" for form in forms.split() if _WIDE + form in wide]
    source = f"coalesce({', '.join(places)})"
    return Variable(short, zh, en, source, unit=unit, code=code, forms=forms, is_number=True)


def _label(row: str, column: str, longest: int = 80) -> str:
    """Return a label that Stata takes: the innermost of the row's labels, with groups where they fit."""
    groups = row.split(" > ")
    end = f" | {column}" if column else ""
    for start in range(len(groups)):
        label = " > ".join(groups[start:]) + end
        if len(label) <= longest:
            return label
    return groups[-1][: longest - len(end) - 1] + "…" + end


def _statement(
    variables: list[Variable], views: list[Relation], catalog: Mapping[str, Relation], where: str
) -> str:
    columns = ", ".join(
        f"{variable.source}{_cast(variable)} AS {named(variable.name)}" for variable in variables
    )
    joins = "".join(_join(view) for view in views)
    if "organisation_places" in catalog:
        joins += (
            " LEFT JOIN organisation_places p "
            "ON p.org_id = r.org_id AND p.report_year = r.report_year"
        )
    return (
        f"CREATE OR REPLACE TEMP TABLE {PANEL} AS "
        f"WITH r AS (FROM reports WHERE {where}) SELECT {columns} FROM r "
        f"LEFT JOIN organisations o ON o.org_id = r.org_id{joins} ORDER BY r.report_id"
    )


def _cast(variable: Variable) -> str:
    """Counts and amounts of four decimals are exact as doubles, which every tool reads as numbers."""
    return "::DOUBLE" if variable.is_number and variable.name != "report_year" else ""


def _join(view: Relation) -> str:
    if "report_id" in view.names:
        return f" LEFT JOIN {view.name} ON {view.name}.report_id = r.report_id"
    key = [name for name in _JOINED_BY if name in view.names]
    tests = " AND ".join(f"{view.name}.{name} = r.{name}" for name in key)
    return f" LEFT JOIN {view.name} ON {tests}"


def _require_one_row_each(con: DuckDBPyConnection, where: str) -> None:
    row = con.execute(
        f"SELECT (SELECT count(*) FROM {PANEL}), (SELECT count(*) FROM reports WHERE {where})"
    ).fetchone()
    if row and row[0] != row[1]:
        raise BuildError(f"the panel has {row[0]} rows for {row[1]} reports")
