"""The store of verdicts: events that are only ever added, in one transaction at a time."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.schema import CreateColumn

from nianbao.errors import ConfigurationError, VerdictError
from nianbao.verdicts.connect import engine_for
from nianbao.verdicts.merge import Missing, missing_of
from nianbao.verdicts.model import Event
from nianbao.verdicts.tables import SCHEMA, events_table, metadata, schema_table

_AT_ONCE = 500
_NAMES = tuple(field.name for field in fields(Event))


class Store:
    """One store; made where it is not there, and brought up to date where it is older."""

    def __init__(self, location: str) -> None:
        """Name the store; nothing is opened yet."""
        self.location = location
        self._engine: Engine | None = None

    def __enter__(self) -> "Store":
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close all connections."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    @contextmanager
    def reading(self) -> Iterator["Transaction"]:
        """Give the events as they are at one moment.

        Raises `VerdictError` where the store cannot be read.
        """
        with self._transaction(writes=False) as con:
            yield Transaction(con)

    @contextmanager
    def writing(self) -> Iterator["Transaction"]:
        """Give the events to one writer alone; what it adds is there whole or not at all.

        Raises `VerdictError` where the store cannot be written.
        """
        with self._transaction(writes=True) as con:
            if con.dialect.name == "postgresql":
                con.execute(text("LOCK TABLE verdict_events IN SHARE ROW EXCLUSIVE MODE"))
            yield Transaction(con)

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[Connection]:
        try:
            engine = self._opened(writes=writes)
            with engine.execution_options(writes=writes).begin() as con:
                yield con
        except (SQLAlchemyError, OSError) as error:
            done = "written" if writes else "read"
            raise VerdictError(
                f"the store of verdicts could not be {done}: {_told(error)}"
            ) from error

    def _opened(self, *, writes: bool) -> Engine:
        if self._engine is None:
            engine = engine_for(self.location)
            _make_folder(engine)
            if not _is_complete(engine):
                _bring_up_to_date(engine)
            self._engine = engine
        return self._engine


class Transaction:
    """The events, inside one transaction."""

    def __init__(self, con: Connection) -> None:
        """Speak through an open connection."""
        self._con = con

    def latest(self, item_keys: Collection[str] | None = None) -> dict[str, Event]:
        """Return the latest event of each item, or of those that are asked for."""
        found: dict[str, Event] = {}
        for event in self.events(item_keys):
            found[event.item_key] = event
        return found

    def events(self, item_keys: Collection[str] | None = None) -> Iterator[Event]:
        """Yield all events by item and step, or those of some items."""
        chosen = select(events_table).order_by(events_table.c.item_key, events_table.c.step)
        if item_keys is None:
            yield from _events(self._con, chosen)
            return
        for keys in _parts(sorted(item_keys)):
            yield from _events(self._con, chosen.where(events_table.c.item_key.in_(keys)))

    def beginning_with(self, prefix: str) -> list[str]:
        """Return the items whose key begins so."""
        column = events_table.c.item_key
        chosen = select(column).distinct().where(column.startswith(prefix, autoescape=True))
        return sorted(str(key) for (key,) in self._con.execute(chosen))

    def add(self, events: Iterable[Event]) -> int:
        """Add events; return how many."""
        rows = [event.row() for event in events]
        for part in _parts(rows):
            self._con.execute(insert(events_table), part)
        return len(rows)

    def add_missing(self, events: Sequence[Event]) -> Missing:
        """Add what the store does not have of some events; return that, and what was refused.

        Of an item with another decision at the same step nothing is added.
        """
        found = missing_of(self.events({event.item_key for event in events}), events)
        self.add(found.events)
        return found


def _parts(found: Sequence[Any]) -> Iterator[list[Any]]:
    """Yield lists of a length that every database takes as parameters."""
    for start in range(0, len(found), _AT_ONCE):
        yield list(found[start : start + _AT_ONCE])


def _events(con: Connection, chosen: Any) -> Iterator[Event]:
    for row in con.execute(chosen).mappings():
        yield Event(**{name: row[name] for name in _NAMES})


def _make_folder(engine: Engine) -> None:
    database = engine.url.database
    if engine.dialect.name == "sqlite" and database and not database.startswith((":", "file:")):
        Path(database).parent.mkdir(parents=True, exist_ok=True)


def _is_complete(engine: Engine) -> bool:
    """Tell whether all is there; raise `ConfigurationError` for the store of a newer program."""
    found = inspect(engine)
    if not found.has_table(schema_table.name) or not found.has_table(events_table.name):
        return False
    with engine.begin() as con:
        schema = con.execute(select(func.max(schema_table.c.schema))).scalar() or 0
    if schema > SCHEMA:
        raise ConfigurationError(
            f"the store of verdicts is of a newer program (schema {schema}, this one knows {SCHEMA})"
        )
    columns = {column["name"] for column in found.get_columns(events_table.name)}
    return schema == SCHEMA and columns >= {column.name for column in events_table.columns}


def _bring_up_to_date(engine: Engine) -> None:
    """Make the tables, or add the columns that an older program did not know.

    Two programs may come at once: on SQLite the second waits for the first; on PostgreSQL it waits
    for a lock of that name.
    """
    with engine.execution_options(writes=True).begin() as con:
        if con.dialect.name == "postgresql":
            con.execute(text("SELECT pg_advisory_xact_lock(7294826)"))
        metadata.create_all(con)
        known = {column["name"] for column in inspect(con).get_columns(events_table.name)}
        for column in events_table.columns:
            if column.name not in known:
                added = CreateColumn(column).compile(dialect=con.dialect)
                con.execute(text(f"ALTER TABLE {events_table.name} ADD COLUMN {added}"))
        if con.execute(select(func.max(schema_table.c.schema))).scalar() != SCHEMA:
            con.execute(insert(schema_table).values(schema=SCHEMA))


def _told(error: Exception) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    return " ".join(str(cause).split())[:300]
