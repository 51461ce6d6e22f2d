"""Agencies listed in a CSV file beside a record: a site of a hundred agencies, one line each."""

import csv
import io
from pathlib import Path
from typing import Any

from nianbao.errors import ConfigurationError

COLUMNS = ("id", "name", "credit_code", "division", "aliases", "kind")
"""`name` has to be there. `id` may be left out where there is a credit code: it is `cn-<code>`."""
ALIAS_SEPARATOR = "、"


def read_agencies(path: Path) -> list[tuple[int, dict[str, Any]]]:
    """Return the agencies of a CSV file, each with its line, as a record would have them.

    The file is UTF-8, with or without a byte order mark. Raises `ConfigurationError`.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: {error}") from error
    rows = csv.DictReader(io.StringIO(text), restkey="", strict=True)
    unknown = sorted(set(rows.fieldnames or ()) - set(COLUMNS))
    if unknown or "name" not in (rows.fieldnames or ()):
        fault = f"unknown columns {', '.join(unknown)}" if unknown else "no column `name`"
        raise ConfigurationError(f"{path}:1: {fault} (known: {', '.join(COLUMNS)})")
    try:
        return [(rows.line_num, _agency(path, rows.line_num, row)) for row in rows]
    except csv.Error as error:
        raise ConfigurationError(f"{path}:{rows.line_num}: {error}") from error


def _agency(path: Path, line: int, row: dict[str, Any]) -> dict[str, Any]:
    if "" in row:
        raise ConfigurationError(f"{path}:{line}: more values than columns")
    agency: dict[str, Any] = {name: text.strip() for name, text in row.items() if text}
    agency = {name: text for name, text in agency.items() if text}
    if "aliases" in agency:
        parts = agency["aliases"].split(ALIAS_SEPARATOR)
        agency["aliases"] = [alias.strip() for alias in parts if alias.strip()]
    if "id" not in agency:
        if "credit_code" not in agency:
            raise ConfigurationError(f"{path}:{line}: an id, where there is no credit_code")
        agency["id"] = f"cn-{agency['credit_code']}"
    return agency
