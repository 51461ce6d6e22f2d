"""A rule's message template as an expression over the columns of its answers."""

import re
from collections.abc import Mapping

from nianbao.errors import ConfigurationError

_FIELD = re.compile(r"\{(\w+)\}")


def rendered(template: str, language: str, columns: Mapping[str, str]) -> str:
    """Return the SQL expression that fills a template.

    `columns` are the query's columns with their types. `{place}` is the column `place_zh` or
    `place_en`, which the run adds. Raises `ConfigurationError` for a name that the query lacks.
    """
    parts = []
    for index, piece in enumerate(_FIELD.split(template)):
        if index % 2 == 0:
            parts.append(quoted(piece))
        elif piece == "place":
            parts.append(f"place_{language}")
        elif piece in columns:
            parts.append(as_text(piece, columns[piece]))
        else:
            raise ConfigurationError(f"the message names {{{piece}}}, which the query lacks")
    return f"concat({', '.join(parts)})"


def as_text(name: str, kind: str) -> str:
    """Return the expression that prints a column: numbers as people write them."""
    if kind in ("VARCHAR", '"NULL"', "NULL"):
        return f"coalesce({name}, '—')"
    return f"shown({name}::DOUBLE)"


def quoted(text: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
