"""The declared tables and the views as statements for DuckDB, comments included."""

from importlib.resources import files

import yaml
from duckdb import DuckDBPyConnection
from duckdb_engine import Dialect
from sqlalchemy.schema import CreateTable

from nianbao.warehouse.tables import metadata

_FOLDER = files("nianbao.warehouse") / "sql"


def create_tables(con: DuckDBPyConnection) -> None:
    """Create every declared table, empty, with its comments."""
    dialect = Dialect()
    for table in metadata.tables.values():
        con.execute(str(CreateTable(table).compile(dialect=dialect)))
        con.execute(f"COMMENT ON TABLE {table.name} IS {_quoted(table.comment or '')}")
        for column in table.columns:
            name = f'{table.name}."{column.name}"'
            con.execute(f"COMMENT ON COLUMN {name} IS {_quoted(column.comment or '')}")


def create_views(con: DuckDBPyConnection) -> None:
    """Create the views that analysts rely on, with the comments of `views.yaml`."""
    con.execute(read_sql("views.sql"))
    comments = yaml.safe_load((_FOLDER / "views.yaml").read_text("utf-8"))
    for view, entry in comments.items():
        con.execute(f"COMMENT ON VIEW {view} IS {_quoted(entry['comment'])}")
        for column, comment in entry.get("columns", {}).items():
            con.execute(f'COMMENT ON COLUMN {view}."{column}" IS {_quoted(comment)}')


def read_sql(name: str) -> str:
    """Return the text of one statement file of the warehouse."""
    return (_FOLDER / name).read_text("utf-8")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
