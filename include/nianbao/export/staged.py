"""The rows of one table that are exported, worked out once however many files they go into."""
# ruff: noqa: S608 - the names in the statements are the catalog's and our own

from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from nianbao.export.catalog import Relation
from nianbao.export.declared import load_declared

_STAGED = "staged"


@dataclass(frozen=True)
class Rows:
    """Rows of a relation, and where they are read."""

    relation: Relation
    origin: str
    """Name of the table or view that has them."""
    where: str = "true"
    """What they must meet there."""


def staged(con: DuckDBPyConnection, relation: Relation, where: str) -> Rows:
    """Return the rows of a relation that meet `where`; those of a view are kept until the next.

    A view is planned and joined anew for every file, which takes longer than writing it. The large
    ones are read in place, a year at a time, since a copy would double what the export needs on disk.
    """
    if relation.sql is None or relation.name in load_declared().large:
        return Rows(relation, relation.name, where)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {_STAGED} AS SELECT * FROM {relation.name} WHERE {where}"
    )
    return Rows(relation, _STAGED)
