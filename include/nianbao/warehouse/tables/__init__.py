"""Every stored table, declared once; the DDL, the comments in the file and the tests derive from it."""

from nianbao.warehouse.tables import (  # noqa: F401 - each declares its tables
    cells,
    checks,
    copies,
    coverage,
    dictionary,
    organisations,
    registry,
    reports,
    series,
    verdicts,
)
from nianbao.warehouse.tables.base import metadata

__all__ = ["content_tables", "metadata"]


def content_tables() -> list[tuple[str, list[str]]]:
    """Return the tables that make up the content, with the columns that count, in declared order."""
    return [
        (table.name, [c.name for c in table.columns if not c.info.get("run")])
        for table in metadata.tables.values()
        if table.info["content"]
    ]
