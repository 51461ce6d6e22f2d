"""What a warehouse says of itself: its tables and views, their columns, and what each means."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from duckdb import DuckDBPyConnection

from nianbao.export.declared import load_declared
from nianbao.export.meanings import Meaning, field_type, read_meanings

_RELATIONS = """
    SELECT table_name AS name, comment, NULL AS sql FROM duckdb_tables()
    WHERE database_name = current_database() AND NOT temporary
    UNION ALL
    SELECT view_name, comment, sql FROM duckdb_views()
    WHERE database_name = current_database() AND NOT internal AND NOT temporary
    ORDER BY name
"""
_COLUMNS = """
    SELECT table_name, column_name, data_type, comment FROM duckdb_columns()
    WHERE database_name = current_database() AND NOT internal
    ORDER BY table_name, column_index
"""


@dataclass(frozen=True)
class Column:
    """One column of a table or view."""

    name: str
    type: str
    """DuckDB's name of the type."""
    comment: str
    """Empty where nothing says what it means."""
    unit: str = ""


@dataclass(frozen=True)
class Relation:
    """One table or view."""

    name: str
    comment: str
    sql: str | None
    """The statement behind a view; `None` for a table."""
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns, in order."""
        return tuple(column.name for column in self.columns)


def read_catalog(con: DuckDBPyConnection) -> dict[str, Relation]:
    """Return the tables and views of the connection's database by name.

    A view's column without a comment of its own has that of the column of the same name in what the
    view reads, where only one meaning is found there. Units are the declared ones and those of the
    measures and cells that columns are named after.
    """
    columns: dict[str, list[Column]] = defaultdict(list)
    for relation, name, kind, comment in con.execute(_COLUMNS).fetchall():
        columns[relation].append(Column(name, kind, comment or ""))
    stored = {
        name: Relation(name, comment or "", sql, tuple(columns[name]))
        for name, comment, sql in con.execute(_RELATIONS).fetchall()
    }
    named_after = read_meanings(con, set(stored))
    complete = (_with_inherited(relation, stored) for relation in stored.values())
    return {relation.name: _with_meanings(relation, named_after) for relation in complete}


def handed_on(relation: Relation) -> Relation:
    """Return a relation without the columns that no export has."""
    withheld = load_declared().withheld.get(relation.name, frozenset())
    kept = tuple(column for column in relation.columns if column.name not in withheld)
    return replace(relation, columns=kept)


def _with_meanings(relation: Relation, named_after: Mapping[str, Meaning]) -> Relation:
    units = load_declared().units
    columns = []
    for column in relation.columns:
        of_name = named_after.get(column.name, Meaning("", ""))
        is_number = field_type(column.type) in {"integer", "number"}
        unit = units.get(column.name, of_name.unit if is_number else "")
        comment = column.comment or (of_name.comment if is_number else "")
        columns.append(replace(column, comment=comment, unit=unit))
    return replace(relation, columns=tuple(columns))


def _with_inherited(relation: Relation, stored: Mapping[str, Relation]) -> Relation:
    if relation.sql is None or all(column.comment for column in relation.columns):
        return relation
    read = _read_by(relation, stored)
    columns = tuple(_inherited(column, read) for column in relation.columns)
    return replace(relation, columns=columns)


def _inherited(column: Column, read: list[Relation]) -> Column:
    meanings = {
        other.comment
        for relation in read
        for other in relation.columns
        if other.name == column.name and other.comment
    }
    if column.comment or len(meanings) != 1:
        return column
    return replace(column, comment=meanings.pop())


def _read_by(relation: Relation, stored: Mapping[str, Relation]) -> list[Relation]:
    """Return what a view reads, directly or through other views."""
    found: dict[str, Relation] = {}
    waiting = [relation]
    while waiting:
        words = set(re.findall(r"\w+", waiting.pop().sql or ""))
        new = [stored[name] for name in sorted(words & stored.keys() - found.keys())]
        new = [other for other in new if other.name != relation.name]
        found.update({other.name: other for other in new})
        waiting += new
    return list(found.values())
