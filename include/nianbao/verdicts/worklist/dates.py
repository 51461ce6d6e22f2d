"""A deadline as people write it: a date of the program, ISO, with strokes or dots, or in Chinese."""

import re
from datetime import date, datetime
from typing import Any

_WRITTEN = re.compile(
    r"^(\d{4})\s*(?:[-/.．。\uff0f－年]|\s)\s*(\d{1,2})\s*(?:[-/.．。\uff0f－月]|\s)\s*(\d{1,2})\s*[日号]?"
    r"(?:\s*[T ]?00:00(?::00)?(?:\.0+)?)?$"
)
_DIGITS = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_YEARS = range(2008, 2101)
"""Disclosure reports exist since 2008; another year is a slip."""


def day_of(value: Any) -> date | None:
    """Return the day of a cell; `None` where it is none, or one of an impossible year."""
    if isinstance(value, datetime):
        day: date | None = value.date()
    elif isinstance(value, date):
        day = value
    elif isinstance(value, str | int) and not isinstance(value, bool):
        day = _written(str(value).strip().translate(_WIDE))
    else:
        day = None
    return day if day is not None and day.year in _YEARS else None


def _written(text: str) -> date | None:
    found = _WRITTEN.match(text) or _DIGITS.match(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
