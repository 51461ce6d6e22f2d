"""A table or view as Parquet: one file, or one per report year in folders named after Hive's custom.

What each column means stands in the metadata of its Arrow field (`comment`, `unit`), which pyarrow,
R's arrow and pandas read; the database streams the rows, sorted, so equal rows give equal bytes.
"""
# ruff: noqa: S608 - the names in the statements are the catalog's and our own

import base64
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
from duckdb import DuckDBPyConnection

from nianbao.export.catalog import Relation
from nianbao.export.columns import plain
from nianbao.export.declared import load_declared
from nianbao.export.sql import named, quoted
from nianbao.export.staged import Rows

_ROWS_OF_A_GROUP = 122_880


def write_parquet(
    con: DuckDBPyConnection, rows: Rows, folder: Path, note: Mapping[str, str]
) -> list[Path]:
    """Write rows below `folder`, by report year where they have one; return the files.

    `note` goes into the metadata of each file. A relation without rows is one empty file.
    """
    relation, years = rows.relation, _years(con, rows)
    if not years:
        path = folder / f"{relation.name}.parquet"
        write_single(con, rows, path, note)
        return [path]
    columns = [column for column in relation.columns if column.name != "report_year"]
    query = f"SELECT {', '.join(map(plain, columns))} FROM {rows.origin} WHERE {rows.where}"
    order = ", ".join(named(name) for name in order_of(relation) if name != "report_year")
    marks = {"ARROW:schema": _schema(con, query, relation), **note}
    paths = []
    for year in years:
        name = "__HIVE_DEFAULT_PARTITION__" if year is None else str(year)
        path = folder / relation.name / f"report_year={name}" / "part-0.parquet"
        _copy(con, f"{query} AND {_of_year(relation, year)} ORDER BY {order}", path, marks)
        paths.append(path)
    return paths


def write_single(con: DuckDBPyConnection, rows: Rows, path: Path, note: Mapping[str, str]) -> None:
    """Write rows into one file."""
    relation = rows.relation
    select = ", ".join(map(plain, relation.columns))
    query = f"SELECT {select} FROM {rows.origin} WHERE {rows.where}"
    order = ", ".join(map(named, order_of(relation)))
    marks = {"ARROW:schema": _schema(con, query, relation), **note}
    _copy(con, f"{query} ORDER BY {order}", path, marks)


def order_of(relation: Relation) -> tuple[str, ...]:
    """Return the columns that rows are sorted by: the key, or all of them."""
    key = load_declared().keys.get(relation.name, ())
    return key if key and set(key) <= set(relation.names) else relation.names


def _years(con: DuckDBPyConnection, rows: Rows) -> Sequence[int | None]:
    if "report_year" in rows.relation.names:
        query = f"SELECT DISTINCT report_year FROM {rows.origin} WHERE {rows.where}"
    elif "report_id" in rows.relation.names:
        query = (
            "SELECT DISTINCT report_year FROM report_years WHERE report_id IN "
            f"(SELECT report_id FROM {rows.origin} WHERE {rows.where})"
        )
    else:
        return []
    found = con.execute(f"{query} ORDER BY 1 NULLS LAST").fetchall()
    return [None if year is None else int(year) for (year,) in found]


def _of_year(relation: Relation, year: int | None) -> str:
    is_year = "IS NULL" if year is None else f"= {year}"
    if "report_year" in relation.names:
        return f"report_year {is_year}"
    return f"report_id IN (SELECT report_id FROM report_years WHERE report_year {is_year})"


def _copy(con: DuckDBPyConnection, query: str, path: Path, marks: Mapping[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pairs = ", ".join(f"{quoted(key)}: {quoted(value)}" for key, value in marks.items())
    con.execute(
        f"COPY ({query}) TO {quoted(str(path))} (FORMAT parquet, COMPRESSION zstd, "
        f"ROW_GROUP_SIZE {_ROWS_OF_A_GROUP}, KV_METADATA {{{pairs}}})"
    )


def _schema(con: DuckDBPyConnection, query: str, relation: Relation) -> str:
    """Return the Arrow schema with the columns' comments, as readers of Parquet look for it."""
    schema = con.sql(f"SELECT * FROM ({query}) LIMIT 0").to_arrow_table().schema
    columns = {column.name: column for column in relation.columns}
    fields = []
    for field in schema:
        facts = {"comment": columns[field.name].comment, "unit": columns[field.name].unit}
        fields.append(field.with_metadata({key: text for key, text in facts.items() if text}))
    table = {"comment": relation.comment} if relation.comment else None
    return base64.b64encode(pa.schema(fields, metadata=table).serialize().to_pybytes()).decode()
