"""What a figure of the site is: a table, the charts drawn from it, and the query that made it."""

import json
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as shown; `value` is what a chart reads, and null where there is no number."""

    text: str
    value: float | None = None
    small: str = ""
    """Numerator and denominator, below a share."""
    why: str = ""
    """Why there is no number."""
    css: str = ""
    mark: str = ""
    """Put before the number where it can't be compared with the one before it."""
    bar: str = ""
    """Parts of a bar as a CSS gradient."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading; `key` is the name by which charts and colours know it."""

    key: str
    label: str
    css: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table."""

    key: str
    label: str
    cells: tuple[Cell, ...]
    href: str = ""
    css: str = ""


@dataclass(frozen=True)
class Table:
    """Rows and columns with what stands above them."""

    corner: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    groups: tuple[tuple[str, int, str], ...] = ()
    """Headings over several columns: label, columns, CSS class."""

    @cached_property
    def reasons(self) -> dict[str, str]:
        """The reasons for missing numbers with the letters that stand for them in the cells."""
        found = dict.fromkeys(cell.why for line in self.lines for cell in line.cells if cell.why)
        return {why: _letter(place) for place, why in enumerate(found)}


@dataclass(frozen=True)
class Chart:
    """How a chart is drawn from its table."""

    kind: str
    """`stack` (shares of a whole), `bars`, `lines` or `facets` (one small chart per series)."""
    series: tuple[str, ...]
    label: str
    """What it shows, for those who do not see it."""
    across: str = "lines"
    """What runs along the axis: the table's `lines` or its `columns`."""
    share: bool = False
    breaks: tuple[int, ...] = ()
    """Years with which another form begins."""

    @property
    def spec(self) -> str:
        """The same for the script."""
        return json.dumps(
            {
                "kind": self.kind,
                "series": self.series,
                "label": self.label,
                "across": self.across,
                "share": self.share,
                "breaks": self.breaks,
            },
            ensure_ascii=False,
        )


@dataclass(frozen=True)
class Panel:
    """One group of a figure, such as a scope at a level."""

    label: str
    table: Table
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True)
class Figure:
    """One figure of a page."""

    id: str
    title: str
    sql: str
    """Name of the query."""
    panels: tuple[Panel, ...]
    text: str = ""
    caveat: str = ""
    variables: dict[str, str] = field(default_factory=dict)
    """What the query's variables are for this page."""
    more: tuple[str, ...] = ()
    """Names of the queries that fill in the rest."""
    legend: tuple[tuple[str, str], ...] = ()
    """Colour key and meaning, where the table itself is coloured."""


def _letter(place: int) -> str:
    return "abcdefghijklmnopqrstuvwxyz"[place] if place < 26 else str(place + 1)
