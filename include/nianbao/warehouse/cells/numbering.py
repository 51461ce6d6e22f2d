"""Small numbers that stand for cells, kinds and texts inside the file; the views spell them out."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from nianbao.forms import Form, FormCell, load_forms

KINDS = ("number", "blank", "dash", "text", "missing")
"""Kind number 1 is the first; 0 is a cell that the reading does not have."""
NUMBER, BLANK, DASH, TEXT, MISSING = range(1, 6)
DEDUCTIONS = ("row_sum", "results_sum", "column_balance", "reviews_sum")
"""Identity number 1 is the first; 0 is a cell that none of them fills."""
TEXT_FIELDS = (
    "raw", "unit", "note", "matched", "label", "heading", "location", "source_place",
)  # fmt: skip
"""Fields of a cell that are text."""


@dataclass(frozen=True)
class FormNumbers:
    """The cells of a form in its order: numbers, places and parts."""

    form: Form
    first: int
    """Number of the form's first cell."""

    @property
    def name(self) -> str:
        """The form's name."""
        return self.form.name

    @property
    def width(self) -> int:
        """How many cells it has, optional ones included."""
        return len(self.form.cells)

    @property
    def table(self) -> str:
        """Name of the stored wide table."""
        return f"form_values_{self.form.name}"

    @cached_property
    def places(self) -> dict[str, int]:
        """Place of each code in the form's order, from zero."""
        return {code: place for place, code in enumerate(self.form.cells)}

    @cached_property
    def parts(self) -> tuple[range, ...]:
        """The places of each table of the form, which lie side by side."""
        tables = [cell.table for cell in self.form.cells.values()]
        starts = [tables.index(table.code) for table in self.form.tables]
        return tuple(map(range, starts, [*starts[1:], len(tables)]))

    @property
    def columns(self) -> list[str]:
        """Column of each cell in the wide table: its code with underscores."""
        return [column_of(code) for code in self.form.cells]


def column_of(code: str) -> str:
    """Return the name of a cell's column in the wide tables and views."""
    return code.replace(".", "_")


@cache
def form_numbers() -> dict[str, FormNumbers]:
    """Return the numbering of every form, oldest first."""
    found, first = {}, 1
    for name, form in load_forms().items():
        found[name] = FormNumbers(form, first)
        first += len(form.cells)
    return found


def form_cell_rows() -> Iterator[dict[str, object]]:
    """Yield the rows of the table `form_cells`."""
    for numbers in form_numbers().values():
        part_of = {place: part for part, places in enumerate(numbers.parts, 1) for place in places}
        for place, cell in enumerate(numbers.form.cells.values()):
            yield _row(numbers, place, cell, part_of[place])


def _row(numbers: FormNumbers, place: int, cell: FormCell, part: int) -> dict[str, object]:
    return {
        "cell": numbers.first + place,
        "form": numbers.name,
        "code": cell.code,
        "place": place + 1,
        "part": part,
    }
