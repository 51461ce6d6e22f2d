"""Numbers as running text writes them: 1,204 · 3 607 · 1.2万 · 七十五 · 两千零三."""

import re
from decimal import Decimal

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIAD = Decimal(10_000)

PATTERN = (
    r"(?:\d{1,3}(?:[, \u00a0]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*万?"
    r"|[〇零一二两三四五六七八九十百千]+万?[〇零一二两三四五六七八九十百千]*"
)
"""A number anywhere in a text; a space parts thousands only."""


_MOST_DECIMALS = 4
_LIMIT = Decimal(10) ** 14


def fits(number: Decimal) -> bool:
    """Tell whether a number can be kept as DECIMAL(18,4) without rounding; no other is a count."""
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and -exponent <= _MOST_DECIMALS and abs(number) < _LIMIT


def read_numeral(text: str) -> Decimal:
    """Return the number that a text matched by `PATTERN` states."""
    plain = re.sub(r"[,\s]", "", text)
    head, myriad, tail = plain.partition("万")
    if re.match(r"\d", head):
        return Decimal(head) * (_MYRIAD if myriad else 1)
    return _chinese(head) * (_MYRIAD if myriad else 1) + _chinese(tail)


def _chinese(text: str) -> Decimal:
    """Return a Chinese number below ten thousand; digits without 十百千 are read off one by one."""
    if text and not any(character in _UNITS for character in text):
        return Decimal("".join(str(_DIGITS[character]) for character in text))
    total, digit = 0, 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return Decimal(total + digit)
