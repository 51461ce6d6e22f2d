"""The shape of measures.yaml; what it says is checked against the forms in `measures`."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Degree = Literal["exact", "approximate", "none"]
"""How far a measure compares between two forms, from best to worst."""

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
"""A measure's code is a column's name, also in tools that allow 32 characters."""
Term = Annotated[str, Field(pattern=r"^-?[a-z_]+(\.[a-z_]+)*$")]
Terms = tuple[Term, ...]


class _Node(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Titled(_Node):
    """Anything with a title in both languages."""

    zh: str
    en: str


class MeasureSpec(Titled):
    """One measure: per form the cells that are added up, or alternatives in order of preference."""

    unit: str
    family: str
    cells: dict[str, Terms | tuple[Terms, ...]]


class Statement(_Node):
    """How far a measure compares between two forms, and why."""

    degree: Degree = Field(alias="is")
    zh: str = ""
    en: str = ""


Rate32 = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,27}$")]
"""Room for `_num` and `_den` within 32 characters."""


class RateSpec(Titled):
    """One rate: two sums of measures, and what to mind."""

    over: Terms
    under: Terms
    note_zh: str
    note_en: str


class SeriesSpec(_Node):
    """The whole file."""

    families: dict[Code, Titled]
    standing_notes: dict[Literal["only_earlier", "only_later", "neither", "same"], Titled]
    measures: dict[Code, MeasureSpec]
    comparability: dict[Annotated[str, Field(pattern=r"^\d{4}-\d{4}$")], dict[Code, Statement]]
    rates: dict[Rate32, RateSpec]
