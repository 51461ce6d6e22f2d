"""Mobile numbers and identity card numbers, of which only a part stays readable.

Identity numbers after GB 11643-1999: place, date of birth, serial and a check digit by ISO 7064 MOD
11-2; the older ones of 15 digits have neither century nor check digit.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_PLAIN = str.maketrans("０１２３４５６７８９\uff38\uff58．－　", "0123456789Xx.- ")


@dataclass(frozen=True)
class NumberKind:
    """One kind of number: where it stands, what makes it one, and how much of it stays."""

    name: str
    pattern: re.Pattern[str]
    is_one: Callable[[str], bool]
    start: int
    end: int


@dataclass(frozen=True)
class PersonalNumber:
    """A number in a text: its kind, and its first and last place."""

    kind: str
    start: int
    end: int
    hidden: tuple[int, ...]
    """The places that a mask covers."""


def mask(text: str) -> str:
    """Return a text of the same length with every mobile and identity number masked."""
    hidden = {place for number in personal_numbers(text) for place in number.hidden}
    return "".join("*" if place in hidden else sign for place, sign in enumerate(text))


def personal_numbers(text: str) -> Iterator[PersonalNumber]:
    """Yield every mobile and identity number of a text."""
    plain = text.translate(_PLAIN)
    for kind in number_kinds():
        for found in kind.pattern.finditer(plain):
            if kind.is_one(re.sub("[ -]", "", found["number"])):
                start, end = found.span("number")
                inner = range(start + kind.start, end - kind.end)
                hidden = tuple(place for place in inner if plain[place] not in " -")
                yield PersonalNumber(kind.name, start, end, hidden)


@cache
def candidate() -> str:
    """Return a pattern that every text with such a number fits; both RE2 and Python read it."""
    return str(_data()["candidate"])


@cache
def likely() -> str:
    """Return a narrower pattern that such a text fits too, as it passes over office telephones."""
    return str(_data()["likely"])


@cache
def number_kinds() -> tuple[NumberKind, ...]:
    """Return the declared kinds, ready for use."""
    provinces = frozenset(str(code) for code in _data()["provinces"])
    return tuple(_kind(entry, provinces) for entry in _data()["numbers"])


@cache
def _data() -> dict[str, Any]:
    text = (files("nianbao.privacy") / "numbers.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data


def _kind(entry: dict[str, Any], provinces: frozenset[str]) -> NumberKind:
    checks: dict[str | None, Callable[[str], bool]] = {
        None: lambda _: True,
        "identity_18": lambda digits: _is_identity_18(digits, provinces),
        "identity_15": lambda digits: _is_identity_15(digits, provinces),
    }
    before = f"(?:{entry['before']})?" if "before" in entry else ""
    after = f"(?!{entry['not_before']})" if "not_before" in entry else ""
    # Longer runs of digits are other numbers: an account, a file number; a hash has letters too.
    bounded = rf"(?<![0-9a-f])(?<![0-9]\.){before}(?P<number>{entry['pattern']})(?![0-9a-f]){after}"
    shown = entry["shown"]
    return NumberKind(
        entry["name"],
        re.compile(bounded),
        checks[entry.get("check")],
        shown["start"],
        shown["end"],
    )


def _is_identity_18(digits: str, provinces: frozenset[str]) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(digits[:17], _WEIGHTS, strict=True))
    return (
        digits[:2] in provinces
        and _is_date(digits[6:14])
        and digits[17].upper() == _CHECK_DIGITS[total % 11]
    )


def _is_identity_15(digits: str, provinces: frozenset[str]) -> bool:
    return digits[:2] in provinces and _is_date("19" + digits[6:12])


def _is_date(digits: str) -> bool:
    try:
        return date.fromisoformat(digits).year >= 1850  # basic format, read since Python 3.11
    except ValueError:
        return False
