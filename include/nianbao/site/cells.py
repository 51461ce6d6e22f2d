"""Numbers as the site prints them."""

from decimal import Decimal
from typing import TypeAlias

from nianbao.site.figure import Cell

Number: TypeAlias = int | float | Decimal


def count(value: Number | None, why: str = "", css: str = "", mark: str = "") -> Cell:
    """Return a cell with a number, or a dash with the reason."""
    if value is None:
        return Cell("—", None, why=why, css=("null " + css).strip(), mark=mark)
    number = float(value)
    return Cell(plain(number), number, css=css, mark=mark)


def share(
    part: Number | None, whole: Number | None, why: str, css: str = "", mark: str = ""
) -> Cell:
    """Return a cell with a share in per cent, its numerator and denominator below it."""
    if part is None or whole is None or whole <= 0:
        return Cell("—", None, why=why, css=("null " + css).strip())
    small = f"{plain(part)}/{plain(whole)}"
    return Cell(percent(part, whole), float(part) / float(whole), small, css=css, mark=mark)


def mean(total: Number | None, of: int, why: str) -> Cell:
    """Return a cell with an average, the total and what it is of below it."""
    if total is None or not of:
        return Cell("—", None, why=why, css="null")
    value = float(total) / of
    return Cell(f"{value:,.1f}", value, small=f"{plain(total)}/{plain(of)}")


def text(value: object, css: str = "") -> Cell:
    """Return a cell of words."""
    return Cell("—" if value is None or value == "" else str(value), css=("words " + css).strip())


def plain(value: Number) -> str:
    """Return a number with separators and without idle decimals."""
    number = float(value)
    if number.is_integer():
        return f"{int(number):,}"
    return f"{number:,.4f}".rstrip("0")


def percent(part: Number, whole: Number) -> str:
    """Return a share in per cent; what is little is not rounded to nothing, nor most to all."""
    figure = 100 * float(part) / float(whole)
    if 0 < figure < 0.05:
        return "<0.1%"
    if 99.95 <= figure < 100:
        return ">99.9%"
    return f"{figure:.1f}%"
