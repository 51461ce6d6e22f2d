"""Reports with every cell of their form filled in, for tests of what is made from them."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from nianbao.forms import load_form
from nianbao.model import Cell, Fact, Report, Scope

Numbers = Mapping[str, int | str]


def filled(
    organisation: str,
    year: int,
    form: str,
    numbers: Numbers,
    *,
    scope: Scope = "agency",
    rest: int | None = 0,
    blanks: Iterable[str] = (),
    published_on: str | None = None,
    facts: tuple[Fact, ...] = (),
) -> Report:
    """Return a report that prints `numbers`, nothing in `blanks`, and `rest` everywhere else.

    A cell whose `rest` is null is blank too; text instead of a number is printed and not understood.
    """
    empty = set(blanks)
    cells = [
        _cell(code, None if code in empty else numbers.get(code, rest), place)
        for place, (code, cell) in enumerate(load_form(form).cells.items(), start=1)
        if not cell.optional or code in numbers
    ]
    return Report(
        organisation,
        year,
        form,
        scope,
        f"{organisation}{year}年政府信息公开工作年度报告",
        published_on or f"{year + 1}-01-20",
        cells=tuple(cells),
        narrative=facts,
    )


def applications(column: str = "total", **rows: int) -> dict[str, int]:
    """Return cells of one column of the table of applications: `refused__third_party=2`."""
    return {f"applications.{row.replace('__', '.')}.{column}": n for row, n in rows.items()}


def statistics(**rows: int) -> dict[str, int]:
    """Return cells of the form of 2014: `refused__privacy=2`."""
    return {f"statistics.{row.replace('__', '.')}": n for row, n in rows.items()}


def reviews(block: str, **outcomes: int) -> dict[str, int]:
    """Return cells of one block of the table of reviews."""
    return {f"reviews.{block}.{outcome}": n for outcome, n in outcomes.items()}


def _cell(code: str, number: int | str | None, place: int) -> Cell:
    where = f"t1.r{place}.c2"
    evidence = {"label": code, "heading": "总计", "where": f"body > table > tr:nth-child({place})"}
    if number is None:
        return Cell(code, "", "blank", None, where, **evidence)
    if isinstance(number, str):
        return Cell(code, number, "text", None, where, **evidence)
    return Cell(code, str(number), "number", Decimal(number), where, **evidence)
