"""The sums that the official forms state, as places of cells: what blanks can be inferred from.

Source: official-forms, checks T3-1 to T3-3 and T4. Every cell of a sum counts something, so none is
below zero.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from nianbao.warehouse.cells.numbering import DEDUCTIONS, FormNumbers, form_numbers

_BALANCE = ("received", "carried_in", "closed_total", "carried_out")
_ROW_SUM, _RESULTS, _COLUMN, _REVIEWS = range(1, len(DEDUCTIONS) + 1)


@dataclass(frozen=True)
class Identity:
    """Σ `parts` = Σ `total`, over places of a form; `total` is one cell, or two in the balance."""

    deduction: int
    """One of `DEDUCTIONS`, from one."""
    parts: tuple[int, ...]
    total: tuple[int, ...]
    group: str
    """Table of the form: where identities disagree, nothing in it is deduced."""
    folded: bool | None = None
    """Whether it speaks of reports that print （六） as one row; `None` for all."""


@cache
def identities(form: str) -> tuple[Identity, ...]:
    """Return the identities of a form; the form of 2014 states none."""
    numbers = form_numbers()[form]
    tables = {table.code for table in numbers.form.tables}
    if not {"applications", "reviews"} <= tables:
        return ()
    return (*_row_sums(numbers), *_columns(numbers), *_review_sums(numbers))


def unfolded_places(form: str) -> tuple[int, ...]:
    """Return the places of the rows below （六）, where the form has both these and the group."""
    places = form_numbers()[form].places
    group = {code for code in places if code.startswith("applications.other.")}
    has_both = any(code.count(".") > 2 for code in group) and any(
        code.count(".") == 2 for code in group
    )
    return tuple(places[code] for code in group if code.count(".") > 2) if has_both else ()


def _cells(numbers: FormNumbers, table: str, row: str) -> tuple[int, ...]:
    columns = numbers.form.table(table).spec.columns
    return tuple(numbers.places[f"{table}.{row}.{column.code}"] for column in columns)


def _row_sums(numbers: FormNumbers) -> Iterator[Identity]:
    for row in numbers.form.table("applications").rows:
        *parts, total = _cells(numbers, "applications", row.code)
        yield Identity(_ROW_SUM, tuple(parts), (total,), "applications")


def _review_sums(numbers: FormNumbers) -> Iterator[Identity]:
    for row in numbers.form.table("reviews").rows:
        *parts, total = _cells(numbers, "reviews", row.code)
        yield Identity(_REVIEWS, tuple(parts), (total,), "reviews")


def _columns(numbers: FormNumbers) -> Iterator[Identity]:
    rows = numbers.form.table("applications").rows
    grouped = {row.code.split(".")[0] for row in rows if "." in row.code}
    results = [row.code for row in rows if row.code not in _BALANCE]
    plain = [code for code in results if not (code in grouped and _is_optional(numbers, code))]
    folded = [code for code in results if code == "other" or not code.startswith("other.")]
    for column in range(len(numbers.form.table("applications").spec.columns)):
        at = {row.code: _cells(numbers, "applications", row.code)[column] for row in rows}
        total = (at["closed_total"],)
        own = tuple(at[code] for code in plain)
        if plain == folded:
            yield Identity(_RESULTS, own, total, "applications")
        else:
            yield Identity(_RESULTS, own, total, "applications", folded=False)
            whole = tuple(at[code] for code in folded)
            yield Identity(_RESULTS, whole, total, "applications", folded=True)
        came, carried_in, closed, carried_out = (at[code] for code in _BALANCE)
        yield Identity(_COLUMN, (came, carried_in), (closed, carried_out), "applications")


def _is_optional(numbers: FormNumbers, row: str) -> bool:
    return any(r.code == row and r.optional for r in numbers.form.table("applications").rows)
