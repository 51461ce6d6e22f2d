"""The text of a cell as a value: what was printed, what kind of thing it is, and the number if any.

0 · １２ · 1,234 · 减5 · 增4 · 5030元 · 0 件 · 22（其中修订16件）   number
(nothing but white space)                                          blank
/ · - · — · 无 · 不适用                                             dash
anything else                                                      text, never a guess
"""

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from nianbao.forms.schema import ValueType
from nianbao.model import Kind
from nianbao.reports.numerals import fits
from nianbao.reports.text import squeeze, trim
from nianbao.reports.vocabulary import vocabulary

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xA0: " "}
"""Full-width characters as plain ones, and nothing else: NFKC would turn `5①` and `5²` into 51 and 52."""

_COUNT: frozenset[ValueType] = frozenset(["amount", "change", "count"])
_SHORT = 14
"""Digits that are always few enough to be kept."""


class Value(NamedTuple):
    """A cell's text, understood."""

    raw: str
    kind: Kind
    value: Decimal | None = None
    unit: str | None = None
    note: str | None = None
    types: frozenset[ValueType] = frozenset()
    """What the number may be; it is kept as printed all the same where its column asks for another."""


@lru_cache(maxsize=4096)  # most cells of most reports print the same few small numbers
def read_value(text: str) -> Value:
    """Read the text of one cell; `raw` is the text without the white space around it."""
    if len(text) <= _SHORT and text.isascii() and text.isdigit():  # as nearly all are
        return Value(text, "number", Decimal(text), types=_COUNT)
    raw = trim(text)
    if not raw:
        return Value("", "blank")
    if squeeze(raw) in vocabulary().dashes or raw in vocabulary().dashes:
        return Value(raw, "dash")
    found = _pattern().fullmatch(raw.translate(_WIDTH))
    number = _number(found) if found else None
    if found is None or number is None:
        return Value(raw, "text")
    types = _types_of(number, found["unit"])
    return Value(raw, "number", number, found["unit"], found["note"], types)


def _types_of(value: Decimal, unit: str | None) -> frozenset[ValueType]:
    """Return what a number may be: a count is whole and not negative, a change is whole, neither is money."""
    whole = value == value.to_integral_value()
    money = unit is not None and unit.endswith("元")
    if not whole or money:
        return frozenset(["amount"])
    return _COUNT if value >= 0 else frozenset(["amount", "change"])


def _number(found: re.Match[str]) -> Decimal | None:
    number = Decimal(found["digits"].replace(",", ""))
    sign = vocabulary().signs.get(found["sign"] or "+", 1)
    return sign * number if fits(number) else None


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of a number with its sign, unit and annotation.

    White space inside the digits is not accepted: `2 0` may be one number or two cells run together.
    """
    signs = "|".join(re.escape(sign) for sign in sorted(vocabulary().signs, key=len, reverse=True))
    units = "|".join(vocabulary().units)
    return re.compile(
        rf"(?P<sign>{signs})?\s*(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
        rf"\s*(?P<unit>{units})?\s*(?:\((?P<note>[^()]+)\))?",
        re.ASCII,
    )
