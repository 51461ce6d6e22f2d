"""The declared tables and the views as statements for DuckDB, comments included."""

from importlib.resources import files
from typing import Any

import yaml
from duckdb import DuckDBPyConnection
from duckdb_engine import Dialect
from sqlalchemy import Table

from nianbao.warehouse.tables import metadata

_FOLDER = files("nianbao.warehouse") / "sql"


def create_tables(con: DuckDBPyConnection) -> None:
    """Create every declared table, empty, with its comments."""
    dialect = Dialect()
    for table in metadata.tables.values():
        con.execute(_create(table, dialect))
        con.execute(f"COMMENT ON TABLE {table.name} IS {_quoted(table.comment or '')}")
        for column in table.columns:
            name = f'{table.name}."{column.name}"'
            con.execute(f"COMMENT ON COLUMN {name} IS {_quoted(column.comment or '')}")


def _create(table: Table, dialect: Dialect) -> str:
    """Return the statement for a table, without its keys: indexes over millions of rows take hours.

    The keys stand in the declaration; the integrity checks look at them.
    """
    columns = (
        f'"{column.name}" {column.type.compile(dialect)}{"" if column.nullable else " NOT NULL"}'
        for column in table.columns
    )
    return f"CREATE TABLE {table.name} ({', '.join(columns)})"


def create_views(con: DuckDBPyConnection) -> None:
    """Create the views that analysts rely on, in the order of the file names, with their comments."""
    folder = _FOLDER / "views"
    for name in sorted(item.name for item in folder.iterdir()):
        text = (folder / name).read_text("utf-8")
        if name.endswith(".sql"):
            con.execute(text)
        elif name.endswith(".yaml"):
            _comment(con, yaml.safe_load(text))


def _comment(con: DuckDBPyConnection, views: dict[str, dict[str, Any]]) -> None:
    for view, entry in views.items():
        con.execute(f"COMMENT ON VIEW {view} IS {_quoted(entry['comment'])}")
        for column, comment in _comments(con, view, entry).items():
            con.execute(f'COMMENT ON COLUMN {view}."{column}" IS {_quoted(comment)}')


def _comments(con: DuckDBPyConnection, view: str, entry: dict[str, Any]) -> dict[str, str]:
    """Return the comments of a view's columns: its own, else those of the tables it is like."""
    own: dict[str, str] = entry.get("columns", {})
    if "like" not in entry:
        return own
    names = [name for name, *_ in con.execute(f"DESCRIBE {view}").fetchall()]
    tables = [metadata.tables[name].columns for name in reversed(entry["like"])]
    known = {column.name: column.comment or "" for table in tables for column in table} | own
    return {name: known[name] for name in names if name in known}


def read_sql(name: str) -> str:
    """Return the text of one statement file of the warehouse."""
    return (_FOLDER / name).read_text("utf-8")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
