"""The texts of a batch of cells, each looked at once however many cells print it.

Arrow hands texts over as numbers into a dictionary. What is asked of a text (the number that it
prints, its hash, its first and second part) is worked out per entry of the dictionary and then taken
by number.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Longs = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]

NOT_PLAIN = np.iinfo(np.int64).min
SCALE = 10_000
"""Numbers are handled as whole ten-thousandths, the precision of the parsed data."""
_PLAIN = re.compile(r"-?(0|[1-9][0-9]{0,13})(\.[0-9]{0,3}[1-9])?", re.ASCII)
_TABLE = re.compile(r"(t[0-9]+)(\..*)", re.ASCII | re.DOTALL)
_PATH = re.compile(r"(.+)( > tr:nth-child\([0-9]+\)(?: > .*)?)", re.ASCII | re.DOTALL)
_WHOLE = "="
"""Begins a text that is not the second part of anything."""


class Texts:
    """One text field of a batch of cells: `numbers` leads from a cell to its text, 0 to null."""

    def __init__(self, column: pa.Array) -> None:
        """Take a column of texts, as a dictionary or plain."""
        if pa.types.is_null(column.type):
            column = column.cast(pa.string())
        if not pa.types.is_dictionary(column.type):
            column = column.dictionary_encode()
        self.texts: list[str | None] = [None, *column.dictionary.to_pylist()]
        places = pc.fill_null(pc.add(column.indices.cast(pa.int32()), 1), 0)
        self.numbers = places.to_numpy(zero_copy_only=False)

    def each(self, asked: Callable[[str | None], Any], kind: type[np.generic]) -> npt.NDArray[Any]:
        """Return what is asked of each text, one per entry of the dictionary."""
        found: npt.NDArray[Any] = np.array([asked(text) for text in self.texts], kind)
        return found

    def of_cells(
        self, asked: Callable[[str | None], Any], kind: type[np.generic]
    ) -> npt.NDArray[Any]:
        """Return what is asked of each text, one per cell."""
        found: npt.NDArray[Any] = self.each(asked, kind)[self.numbers]
        return found


@lru_cache(maxsize=200_000)
def printed_number(text: str | None) -> int:
    """Return the number, in ten-thousandths, that is printed as the view would print it.

    `NOT_PLAIN` for any other text: `3.0`, `０`, `-0` or `1,000` can't be made from the number again.
    """
    if not text or not _PLAIN.fullmatch(text) or text == "-0":
        return int(NOT_PLAIN)
    whole, _, fraction = text.lstrip("-").partition(".")
    scaled = int(whole) * SCALE + int(fraction.ljust(4, "0") or 0)
    return -scaled if text.startswith("-") else scaled


def hash_of(text: str | None) -> int:
    """Return 64 bits for a text, the same within this process; 0 for null."""
    return 0 if text is None else (hash(text) & 0xFFFF_FFFF_FFFF_FFFF) or 1


def split_place(text: str | None) -> tuple[str | None, str | None]:
    """Return a location's table and the rest: `t2` and `.r5.c3`; see `joined`."""
    return _split(_TABLE, text)


def split_path(text: str | None) -> tuple[str | None, str | None]:
    """Return a CSS path's part up to the row, and the rest; see `joined`."""
    return _split(_PATH, text)


def _split(pattern: re.Pattern[str], text: str | None) -> tuple[str | None, str | None]:
    if text is None:
        return None, None
    found = pattern.fullmatch(text)
    return (found[1], found[2]) if found else (None, whole(text))


def whole(text: str | None) -> str | None:
    """Return a text marked as no second part; the views do the opposite."""
    return None if text is None else _WHOLE + text
