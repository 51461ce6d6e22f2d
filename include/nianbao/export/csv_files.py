"""A table or view as CSV after RFC 4180: UTF-8 with a byte order mark, lines that end in CR LF.

An empty text is `""` and a null is nothing; lists are JSON; times are ISO 8601 in UTC.
"""
# ruff: noqa: S608 - the names in the statements are the catalog's and our own

from pathlib import Path

from duckdb import DuckDBPyConnection

from nianbao.export.catalog import Column, Relation
from nianbao.export.columns import in_csv
from nianbao.export.declared import load_declared
from nianbao.export.parquet import order_of
from nianbao.export.sql import named, quoted
from nianbao.export.staged import Rows

_BYTE_ORDER_MARK = "\ufeff"
_FORMAT = r"""FORMAT csv, HEADER true, DELIMITER ',', QUOTE '"', ESCAPE '"', NULLSTR '', NEW_LINE '\r\n'"""


def csv_columns(relation: Relation) -> list[Column]:
    """Return the columns of a relation that CSV has."""
    without = load_declared().not_in_csv.get(relation.name, frozenset())
    return [column for column in relation.columns if column.name not in without]


def write_csv(con: DuckDBPyConnection, rows: Rows, path: Path) -> None:
    """Write rows, sorted by the key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    first, *others = csv_columns(rows.relation)
    # The mark is the first character of the first column's name, since the writer knows no other way.
    expressions = [in_csv(first, _BYTE_ORDER_MARK + first.name), *map(in_csv, others)]
    order = ", ".join(f"source.{named(name)}" for name in order_of(rows.relation))
    query = (
        f"SELECT {', '.join(expressions)} FROM {rows.origin} source "
        f"WHERE {rows.where} ORDER BY {order}"
    )
    con.execute(f"COPY ({query}) TO {quoted(str(path))} ({_FORMAT})")
