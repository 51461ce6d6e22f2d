"""How a column is written: as it is typed into Parquet, as harmless text into CSV."""

from nianbao.export.catalog import Column
from nianbao.export.masking import SHORTEST, load_masking
from nianbao.export.meanings import field_type
from nianbao.export.neutral import PATTERN
from nianbao.export.sql import named, quoted

_NUMBER = "^[0-9０-９ ,，.．+－-]*$"


def plain(column: Column) -> str:
    """Return the expression for Parquet: the value, with personal data in texts masked."""
    name = named(column.name)
    if field_type(column.type) != "string":
        return name
    text = f"{name}::VARCHAR"
    if column.name in load_masking().identifiers:
        return f"{text} AS {name}"
    return f"{_masked(column.name, text)} AS {name}"


def in_csv(column: Column, alias: str | None = None) -> str:
    """Return the expression for CSV under the column's name, or under another."""
    return f"{_csv_value(column)} AS {named(alias or column.name)}"


def _csv_value(column: Column) -> str:
    name = named(column.name)
    kind = field_type(column.type)
    if kind in {"array", "object"}:
        return f"to_json({name})::VARCHAR"
    if kind == "datetime":
        return f"strftime({name}, '%Y-%m-%dT%H:%M:%S.%fZ')"
    if kind == "number" and column.type.upper().startswith("DECIMAL"):
        return rf"regexp_replace({name}::VARCHAR, '\.?0+$', '')"  # always has its decimals
    if kind == "number":
        return rf"regexp_replace({name}::VARCHAR, '\.0$', '')"
    if kind != "string":
        return name
    text = f"{name}::VARCHAR"
    if column.name not in load_masking().identifiers:
        text = _masked(column.name, text)
    return f"CASE WHEN regexp_matches({name}::VARCHAR, {quoted(PATTERN)}) THEN '''' || {text} ELSE {text} END"


def _masked(name: str, text: str) -> str:
    masking = load_masking()
    doubtful = (
        f"length({text}) >= {SHORTEST} AND regexp_matches({text}, {quoted(masking.candidate)})"
    )
    if name in masking.figures:
        doubtful += f" AND NOT regexp_matches({text}, {quoted(_NUMBER)})"
    return f"CASE WHEN {doubtful} THEN masked({text}) ELSE {text} END"
