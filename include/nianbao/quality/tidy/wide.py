"""The names of a form's wide view, and expressions over its columns.

A wide view has a row per report and a column per cell, named like the cell's code with underscores.
Beside the numbers it has `unread`, the places (from one, in the order of the form) of cells that were
printed and not read, or whose row is missing: they may hold any number, and are no blanks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from nianbao.forms import Form


@dataclass(frozen=True)
class Wide:
    """Names of a form's wide view and of its columns."""

    form: Form

    @property
    def table(self) -> str:
        """Name of the view."""
        return f"cells_{self.form.name}"

    @cached_property
    def places(self) -> dict[str, int]:
        """Place of each cell, from one."""
        return {code: place for place, code in enumerate(self.form.cells, 1)}

    def codes(self, table: str) -> list[str]:
        """Return the codes of the cells that one table of the form asks for."""
        cells = self.form.cells.values()
        return [cell.code for cell in cells if cell.table == table and not cell.optional]

    def unread(self, codes: Iterable[str]) -> str:
        """Return the expression for how many of some cells are unread."""
        places = ", ".join(str(self.places[code]) for code in codes)
        # Spelt out and no macro: thousands of macros take seconds to expand.
        return f"(CASE WHEN unread IS NULL THEN 0 ELSE len(list_intersect(unread, [{places}])) END)"


def column(code: str) -> str:
    """Return the column of a cell."""
    return code.replace(".", "_")


def columns(codes: Iterable[str]) -> list[str]:
    """Return the columns of some cells."""
    return [column(code) for code in codes]


def added(codes: Iterable[str]) -> str:
    """Return the sum of what is printed in some cells."""
    return "(" + " + ".join(f"coalesce({name}, 0)" for name in columns(codes)) + ")"


def counted(codes: Iterable[str]) -> str:
    """Return how many of some cells have a number."""
    return "(" + " + ".join(f"({name} IS NOT NULL)::INT" for name in columns(codes)) + ")"
