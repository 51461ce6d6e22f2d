"""What a column means by its type and by its name: measures and cells give their names to columns."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

_CELLS = """
    SELECT replace(code, '.', '_'), arg_max(row_zh, form), arg_max(column_zh, form),
           arg_max(row_en, form), arg_max(column_en, form), arg_max(unit, form)
    FROM cell_dictionary GROUP BY code
"""
_MEASURES = "SELECT measure, title_zh, title_en, unit FROM measures"


@dataclass(frozen=True)
class Meaning:
    """What a number is, and its unit."""

    comment: str
    unit: str


def read_meanings(con: DuckDBPyConnection, relations: Collection[str]) -> dict[str, Meaning]:
    """Return what columns mean that are named after cells (`wide_2021`) or measures (the series)."""
    meanings = {}
    if "cell_dictionary" in relations:
        for name, row_zh, column_zh, row_en, column_en, unit in con.execute(_CELLS).fetchall():
            labels = (_joined(row_zh, column_zh), _joined(row_en, column_en))
            meanings[str(name)] = Meaning(" / ".join(labels), unit or "")
    if "measures" in relations:
        for name, zh, en, unit in con.execute(_MEASURES).fetchall():
            meanings[str(name)] = Meaning(f"{zh} / {en}", unit or "")
    return meanings


def _joined(row: str | None, column: str | None) -> str:
    return " | ".join(part for part in (row, column) if part)


def field_type(type_name: str) -> str:
    """Return the type of a DuckDB column in the words of Table Schema."""
    kind = type_name.upper()
    if kind.endswith("]"):
        return "array"
    if kind.startswith(("STRUCT", "MAP")):
        return "object"
    if re.fullmatch("U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?", kind):
        return "integer"
    starts = {
        "DECIMAL": "number",
        "DOUBLE": "number",
        "FLOAT": "number",
        "BOOL": "boolean",
        "DATE": "date",
        "TIMESTAMP": "datetime",
    }
    return next((name for start, name in starts.items() if kind.startswith(start)), "string")
