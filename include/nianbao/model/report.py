"""A report as read: cells, sections, facts of the narrative, and what the reader noticed."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["number", "blank", "dash", "text", "missing"]
"""`dash` is any of `/ - — 无 不适用`; `missing` is a cell whose row is absent from the report."""

Matched = Literal["alias", "position"]

Scope = Literal["agency", "own_level", "area"]
Severity = Literal["error", "warning", "info"]


@dataclass(slots=True, unsafe_hash=True)
class Cell:
    """One number that the form asks for, as printed and as understood; a blank is never zero.

    Nothing changes one; it is not frozen because a frozen one takes four times as long to make, and
    a report has hundreds.
    """

    code: str
    raw: str
    kind: Kind
    value: Decimal | None
    location: str
    unit: str | None = None
    note: str | None = None
    """An annotation printed with the number, such as `其中修订16件`."""
    matched: Matched | None = None
    """How the row's label was recognised, where it is not printed as on the form."""
    label: str | None = None
    """The row's label as printed, on one line; `None` where the cell was not read from a row."""
    heading: str | None = None
    """The column's heading as printed, on one line, where one stands above the cell."""
    where: str | None = None
    """Where the file itself has it: see `TableCell.where`; in a web page the whole CSS path."""


@dataclass(frozen=True, slots=True)
class Section:
    """One statutory section, or a chapter under another title (`code` is then `None`)."""

    number: int | None
    """The ordinal as printed, read as a number; `None` where none is printed."""
    code: str | None
    title: str
    text: str
    location: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One number or period stated in the running text, with the words that state it."""

    measure: str
    value: Decimal | None
    """The number; `None` where `text` states it."""
    unit: str | None
    quote: str
    location: str
    label: str | None = None
    """What is counted, in the report's words, where the measure has parts."""
    part_of: Decimal | None = None
    """The total that this count is a part of, by a breakdown in the same sentence."""
    text: str | None = None
    """A period as `2020-01-01/2020-12-31`."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something noticed while reading: never dropped, and never an exception."""

    code: str
    severity: Severity
    message: str
    location: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One report of one organisation for one year, as one document prints it."""

    organisation: str
    report_year: int | None
    form: str
    """First report year of the official form, or `none`."""
    scope: Scope
    title: str
    published_on: str | None
    """ISO date, where the document itself states one."""
    sections: tuple[Section, ...] = ()
    cells: tuple[Cell, ...] = ()
    narrative: tuple[Fact, ...] = ()
    findings: tuple[Finding, ...] = ()
