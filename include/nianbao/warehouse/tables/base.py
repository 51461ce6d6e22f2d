"""What the declarations of the tables share.

Tables marked `content` make up a version's content hash; their `run` columns, which tell of a run
and not of the world, are left out of it.
"""

from typing import Any

from sqlalchemy import (
    Column,
    Integer,
    MetaData,
    Numeric,
    SmallInteger,
    String,
    Table,
)

metadata = MetaData()

VALUE = Numeric(18, 4)
RUN = {"run": True}


def text(name: str, comment: str, **options: Any) -> Column[str]:
    """Return a column of text."""
    return Column(name, String, comment=comment, **options)


def year(
    comment: str = "Report year: the year reported on, not that of publication",
) -> Column[int]:
    """Return the column `report_year`."""
    return Column("report_year", SmallInteger, comment=comment)


def version_key() -> tuple[Column[Any], ...]:
    """Return the columns that name a version of a report."""
    return (
        text("report_id", "Hash of organisation, report year and scope", nullable=False),
        text("sha256", "SHA-256 of the document", nullable=False),
        Column("ordinal", SmallInteger, nullable=False, comment="Report of the document, from one"),
    )


def version_number(*, primary_key: bool = False) -> Column[int]:
    """Return the column that stands for the key of a version inside the file."""
    return Column(
        "version",
        Integer,
        nullable=False,
        primary_key=primary_key,
        autoincrement=False,
        comment="Number of the version, see report_versions",
        info={"references": None if primary_key else "report_versions.version"},
    )


def table(name: str, comment: str, *columns: Column[Any], content: bool = True) -> Table:
    """Declare a table; `content` counts it into a version's content hash."""
    return Table(name, metadata, *columns, comment=comment, info={"content": content})
