"""The engine for a store's URL: SQLite safe for two writers, PostgreSQL by any of its drivers."""

import sqlite3
from importlib.util import find_spec
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from nianbao.errors import ConfigurationError

BUSY_SECONDS = 30
_DRIVERS = ("psycopg", "psycopg2", "pg8000")


def engine_for(location: str) -> Engine:
    """Return the engine of a URL; nothing is opened yet.

    Raises `ConfigurationError` for what is no URL, or a database without a driver here.
    """
    try:
        url = _with_driver(make_url(location))
        if url.get_backend_name() not in ("sqlite", "postgresql"):
            raise ConfigurationError(
                f"verdicts are kept in SQLite or PostgreSQL, not in {url.get_backend_name()}"
            )
        engine = create_engine(url, **_options(url))
    except (ArgumentError, NoSuchModuleError) as error:
        raise ConfigurationError(f"NIANBAO_VERDICTS_URL is no database URL: {error}") from error
    except ModuleNotFoundError as error:
        raise ConfigurationError(f"no driver for {location.partition(':')[0]}: {error}") from error
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _with_driver(url: URL) -> URL:
    """Return a PostgreSQL URL with the first driver that is installed, where it names none."""
    if url.drivername not in ("postgres", "postgresql"):
        return url
    found = next((name for name in _DRIVERS if find_spec(name)), _DRIVERS[-1])
    return url.set(drivername=f"postgresql+{found}")


def _options(url: URL) -> dict[str, Any]:
    if url.get_backend_name() == "sqlite":
        return {"connect_args": {"timeout": BUSY_SECONDS}}
    return {"pool_pre_ping": True}


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    # The driver would begin transactions by itself, and only at the first change.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    try:
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
    except sqlite3.OperationalError:
        pass  # a store that may only be read
    finally:
        cursor.close()


def _begin(connection: Any) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.execute(text("BEGIN IMMEDIATE" if writes else "BEGIN"))
