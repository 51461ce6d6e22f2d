"""The declared tables as Arrow schemas, which Parquet files carry: types, comments and units."""

from typing import Any

import pyarrow as pa
from sqlalchemy import ARRAY, Column, Numeric, Table
from sqlalchemy.types import (
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Double,
    Integer,
    SmallInteger,
    String,
    TypeEngine,
)

from nianbao.errors import ConfigurationError

# Kinds of numbers first: SQLAlchemy derives the small and the large from Integer, Double from Numeric.
_TYPES: tuple[tuple[type[TypeEngine[Any]], pa.DataType], ...] = (
    (SmallInteger, pa.int16()),
    (BigInteger, pa.int64()),
    (Integer, pa.int32()),
    (Boolean, pa.bool_()),
    (DateTime, pa.timestamp("us")),
    (Date, pa.date32()),
    (Double, pa.float64()),
    (String, pa.string()),
)


def arrow_schema(table: Table) -> pa.Schema:
    """Return the schema of a declared table; each field has `comment` and `unit` in its metadata.

    Raises `ConfigurationError` for a type that no declared table has used so far.
    """
    return pa.schema([_field(column) for column in table.columns])


def _field(column: Column[Any]) -> pa.Field:
    facts = {"comment": column.comment or "", "unit": column.info.get("unit") or ""}
    metadata = {key: text for key, text in facts.items() if text}
    return pa.field(column.name, _type(column.type), bool(column.nullable), metadata)


def _type(kind: TypeEngine[Any]) -> pa.DataType:
    if isinstance(kind, ARRAY):
        return pa.list_(_type(kind.item_type))
    for known, arrow in _TYPES:
        if isinstance(kind, known):
            return arrow
    if isinstance(kind, Numeric) and kind.precision is not None:
        return pa.decimal128(kind.precision, kind.scale)
    raise ConfigurationError(f"no Arrow type is known for {kind!r}")
