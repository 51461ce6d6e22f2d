"""The shape of a form file; what it holds is checked before anything derives from it."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Layout = Literal["stacked", "matrix", "strip", "list"]
"""How a table is drawn.

`stacked`: small tables under captions; `matrix`: rows × columns; `strip`: all rows side by side in
one; `list`: one number a line, behind its unit.
"""

ValueType = Literal["count", "change", "amount"]
"""`count`: non-negative integer; `change`: signed integer (减5, 增4); `amount`: money, decimals allowed."""

_Slug = Annotated[str, Field(pattern=r"^[a-z_]+(\.[a-z_]+)*$")]
_Short = Annotated[str, Field(pattern=r"^[a-z_]+$")]


class _Node(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Labelled(_Node):
    """Anything with an official label, its English name, and the variants that publishers print."""

    zh: str
    en: str
    aliases: tuple[str, ...] = ()


class SectionSpec(Labelled):
    """One statutory section and the titles under which it is printed."""

    code: str
    number: int


class ColumnSpec(Labelled):
    """One numeric column; `unit` is what the form itself prescribes."""

    code: _Slug | Literal[""]
    """Empty for the one column of a list, whose cells are named by their rows alone."""
    short: _Short
    unit: str | None = None
    value: ValueType = "count"


class Collapsed(_Node):
    """The code of a group that some publishers print as one row."""

    code: _Slug
    short: _Short


class RowSpec(Labelled):
    """A row, a group of rows under one label (`rows` without `code`), or both: a total over its parts."""

    code: _Slug | None = None
    short: _Short | None = None
    unit: str | None = None
    """Unit of a list's row; in other tables the columns have the units."""
    value: ValueType | None = None
    rows: tuple["RowSpec", ...] = ()
    collapsed: Collapsed | None = None


class BlockSpec(Labelled):
    """A small table under a caption of its own."""

    columns: tuple[ColumnSpec, ...]
    rows: tuple[RowSpec, ...]


class TableSpec(Labelled):
    """One table of the form: either `blocks`, or `columns` and `rows` directly."""

    code: str
    section: str
    layout: Layout
    note: str | None = None
    header: tuple[str, ...] = ()
    """Heading labels that span columns and carry no number."""
    blocks: tuple[BlockSpec, ...] = ()
    columns: tuple[ColumnSpec, ...] = ()
    rows: tuple[RowSpec, ...] = ()


class Years(_Node):
    """Report years for which the form is prescribed."""

    first: int
    last: int | None = None


class FormSpec(_Node):
    """A whole form file."""

    form: Annotated[str, Field(pattern=r"^\d{4}$")]
    zh: str
    en: str
    basis: str
    years: Years
    free_sections: bool = False
    """True where the form prescribes no titles, so that an absent one says nothing."""
    sections: tuple[SectionSpec, ...]
    tables: tuple[TableSpec, ...]
