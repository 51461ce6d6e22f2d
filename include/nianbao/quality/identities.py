"""What must add up, as data: every identity of every form with the sign of each of its cells.

An identity holds where the signed numbers of its cells add up to zero. The first cell has sign +1: it
is the one that a message names, the total or the last of a balance. The rules' SQL says the same in
words of its own; this list serves what has to know which cells stand together: the evidence of a
failure and the hints how to mend it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from nianbao.forms import Form, load_forms

BALANCE = ("carried_out", "closed_total", "received", "carried_in")
TOTAL = "total"
ROW_RULES = ("applications_row_sum", "reviews_sum")
"""The rules that add up a row, whose total is its last cell."""


@dataclass(frozen=True, slots=True)
class Identity:
    """One identity: the rule that checks it, its subject there, and its cells."""

    form: str
    rule_id: str
    subject: str
    cells: tuple[tuple[str, int], ...]
    """Code and sign of each cell, the one that a message names first."""


@cache
def identities() -> tuple[Identity, ...]:
    """Return every identity of every form."""
    return tuple(one for form in load_forms().values() for one in _of(form))


@cache
def statistics_parts() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return what the statistics table of 2014 adds up: total → parts, and part → whole."""
    text = (files("nianbao.quality") / "tidy" / "statistics.yaml").read_text("utf-8")
    return {
        group: {key: tuple(codes) for key, codes in entries.items()}
        for group, entries in yaml.safe_load(text).items()
    }


def results_of(form: Form) -> tuple[str, ...]:
    """Return the codes of the rows （一） to （六） that the form asks for."""
    rows = form.table("applications").rows
    return tuple(row.code for row in rows if row.code not in BALANCE and not row.optional)


def applicants_of(form: Form) -> tuple[str, ...]:
    """Return the codes of the columns of applications, the total last."""
    return tuple(column.code for column in form.table("applications").spec.columns)


def _of(form: Form) -> Iterator[Identity]:
    tables = {table.code for table in form.tables}
    if "applications" in tables:
        yield from _columns(form)
        yield from _rows(form, "applications", "applications_row_sum")
        yield from _rows(form, "reviews", "reviews_sum")
    if "statistics" in tables:
        for total, parts in statistics_parts()["sums"].items():
            signs = ((f"statistics.{part}", -1) for part in parts)
            yield Identity(form.name, "statistics_sum", total, ((f"statistics.{total}", 1), *signs))


def _columns(form: Form) -> Iterator[Identity]:
    for column in applicants_of(form):
        balance = tuple(
            (f"applications.{row}.{column}", sign)
            for row, sign in zip(BALANCE, (1, 1, -1, -1), strict=True)
        )
        yield Identity(form.name, "applications_column_balance", column, balance)
        parts = ((f"applications.{row}.{column}", -1) for row in results_of(form))
        closed = (f"applications.closed_total.{column}", 1)
        yield Identity(form.name, "applications_results_sum", column, (closed, *parts))


def _rows(form: Form, table: str, rule_id: str) -> Iterator[Identity]:
    parts = [column.code for column in form.table(table).spec.columns if column.code != TOTAL]
    for row in form.table(table).rows:
        signs = ((f"{table}.{row.code}.{part}", -1) for part in parts)
        yield Identity(form.name, rule_id, row.code, ((f"{table}.{row.code}.{TOTAL}", 1), *signs))
