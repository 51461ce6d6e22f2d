"""DuckDB for Great Expectations: `duckdb+nianbao://`, whose results outlive their connection.

Great Expectations reads the rows of a query after it has closed the connection; DuckDB's rows are
gone by then. This dialect therefore takes them all at once. Importing the module registers it.
"""

import atexit
import sys
from pathlib import Path

from duckdb_engine import Dialect
from sqlalchemy import URL
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg2 import PGExecutionContext_psycopg2
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy
from sqlalchemy.pool import NullPool, Pool

NAME = "duckdb+nianbao"


class BufferingContext(PGExecutionContext_psycopg2):
    """Execution context that fetches a statement's rows as soon as it has run."""

    def post_exec(self) -> None:
        """Replace the cursor's lazy rows by a buffer of them."""
        super().post_exec()  # type: ignore[no-untyped-call]
        if self.cursor.description:
            self.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(
                self.cursor, self.cursor.description, self.cursor.fetchall()
            )


class BufferingDialect(Dialect):
    """The dialect of duckdb-engine with buffered results."""

    driver = "nianbao"
    execution_ctx_cls = BufferingContext
    # The parent says the same, but SQLAlchemy asks every class to say it for itself.
    supports_statement_cache = False

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:
        """Keep no connection: in one process, DuckDB refuses a second one with other settings."""
        return NullPool


def read_only_url(database: Path) -> str:
    """Return the URL under which Great Expectations opens a DuckDB file without writing to it."""
    url = URL.create(NAME, database=str(database.resolve()), query={"access_mode": "read_only"})
    return url.render_as_string()


def _let_go() -> None:
    """Empty the engine's modules at exit.

    Great Expectations keeps them alive past the interpreter's end, and with them DuckDB's types,
    about which their binding would print fifty lines.
    """
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] == "duckdb_engine":
            vars(module).clear()


atexit.register(_let_go)
registry.register("duckdb.nianbao", __name__, BufferingDialect.__name__)
