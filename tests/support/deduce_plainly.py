"""Deductions as a person makes them: one report, one cell at a time, sums written out."""

from collections.abc import Iterator
from dataclasses import dataclass

from nianbao.forms import Form

Codes = list[str]


@dataclass(frozen=True)
class Sum:
    """Cells on the left add up to the cells on the right."""

    name: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    table: str


def deduce_plainly(
    form: Form, kinds: dict[str, str], values: dict[str, int]
) -> dict[str, tuple[int, str]]:
    """Return code → (value, identity) for the blanks of a report."""
    known = {code: values[code] for code, kind in kinds.items() if kind == "number"}
    blank = {code for code, kind in kinds.items() if kind in ("blank", "dash")}
    sums = [one for one in _sums(form, kinds) if _can_be_used(one, known, blank)]
    inferred: dict[str, tuple[int, str]] = {}
    while new := _once(sums, known):
        if any(len(set(claims.values())) > 1 for claims in new.values()):
            clashing = {
                code.split(".")[0] for code, claims in new.items() if len(set(claims.values())) > 1
            }
        else:
            clashing = set()
        for code, claims in new.items():
            name, value = next(iter(claims.items()))
            known[code], inferred[code] = value, (value, name)
        sums = [one for one in sums if one.table not in clashing]
        inferred = {c: v for c, v in inferred.items() if c.split(".")[0] not in clashing}
        dropped = clashing or set()
        if dropped:
            known = {
                c: v
                for c, v in known.items()
                if kinds[c] == "number" or c.split(".")[0] not in dropped
            }
    broken = {one.table for one in sums if _is_broken(one, known, inferred)}
    return {code: found for code, found in inferred.items() if code.split(".")[0] not in broken}


def _can_be_used(one: Sum, known: dict[str, int], blank: set[str]) -> bool:
    cells = (*one.left, *one.right)
    return all(c in known or c in blank for c in cells) and all(known.get(c, 0) >= 0 for c in cells)


def _once(sums: list[Sum], known: dict[str, int]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for one in sums:
        for side, other in ((one.left, one.right), (one.right, one.left)):
            if len(side) == 1 or any(cell not in known for cell in other):
                continue
            blanks = [cell for cell in side if cell not in known]
            rest = sum(known[c] for c in other) - sum(known.get(c, 0) for c in side)
            if rest == 0 or (rest > 0 and len(blanks) == 1):
                for cell in blanks:
                    found.setdefault(cell, {}).setdefault(one.name, rest)
    return found


def _is_broken(one: Sum, known: dict[str, int], inferred: dict[str, tuple[int, str]]) -> bool:
    if not any(cell in inferred for cell in (*one.left, *one.right)):
        return False
    left, right = (sum(known.get(c, 0) for c in side) for side in (one.left, one.right))
    left_known, right_known = (all(c in known for c in side) for side in (one.left, one.right))
    return (right_known and left > right) or (left_known and right > left)


def _sums(form: Form, kinds: dict[str, str]) -> Iterator[Sum]:
    if "applications" not in {table.code for table in form.tables}:
        return
    applicants = [column.code for column in form.table("applications").spec.columns]
    rows = [row.code for row in form.table("applications").rows]
    for row in rows:
        cells = tuple(f"applications.{row}.{a}" for a in applicants)
        yield Sum("row_sum", cells[:-1], cells[-1:], "applications")
    three = [row for row in rows if row.startswith("other.")]
    printed = any(
        kinds.get(f"applications.{r}.{a}", "missing") != "missing"
        for r in three
        for a in applicants
    )
    left_out = {"received", "carried_in", "closed_total", "carried_out"}
    left_out |= ({"other"} if printed else set(three)) if three else set()
    for a in applicants:
        results = tuple(f"applications.{row}.{a}" for row in rows if row not in left_out)
        closed = f"applications.closed_total.{a}"
        yield Sum("results_sum", results, (closed,), "applications")
        came = (f"applications.received.{a}", f"applications.carried_in.{a}")
        yield Sum("column_balance", came, (closed, f"applications.carried_out.{a}"), "applications")
    for row in form.table("reviews").rows:
        cells = tuple(f"reviews.{row.code}.{c.code}" for c in form.table("reviews").spec.columns)
        yield Sum("reviews_sum", cells[:-1], cells[-1:], "reviews")
