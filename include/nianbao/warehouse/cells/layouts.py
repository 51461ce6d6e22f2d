"""What many documents print alike beside their numbers, found by the hashes of the texts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from nianbao.warehouse.cells.texts import Hashes

_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_MOST = 4096
"""Layouts kept of one kind and table: all the views' joins hold them in memory."""
Pair = tuple[str | None, str | None]


@dataclass
class Layouts:
    """The layouts found so far; a list of texts becomes one when it is seen a second time."""

    texts: dict[int, tuple[int, list[Pair]]] = field(default_factory=dict)
    """Layout number → the first cell's number, and the two texts of each cell."""
    _known: dict[tuple[str, int], int] = field(default_factory=dict)
    _hashes: dict[int, Hashes] = field(default_factory=dict)
    _once: set[tuple[str, int]] = field(default_factory=set)
    _kept: dict[str, int] = field(default_factory=dict)

    def number(
        self, kind: str, first: int, hashes: Hashes, spell: Callable[[int], list[Pair]]
    ) -> npt.NDArray[np.int32]:
        """Return the layout of each report, 0 where it has none of its own kind.

        `hashes` has a row per report and a column per text of the part; `kind` keeps parts of
        forms apart; `spell` gives the texts of one row.
        """
        prints, rows, inverse, counts = np.unique(
            _fingerprints(hashes), return_index=True, return_inverse=True, return_counts=True
        )
        numbers = [
            self._of((kind, int(print_)), first, hashes[row], int(count), row, spell)
            for print_, row, count in zip(prints, rows, counts, strict=True)
        ]
        found = np.array(numbers, np.int32)[inverse]
        return self._checked(found, hashes)

    def _of(
        self,
        key: tuple[str, int],
        first: int,
        hashes: Hashes,
        count: int,
        row: int,
        spell: Callable[[int], list[Pair]],
    ) -> int:
        if key in self._known:
            return self._known[key]
        if not hashes.any() or self._kept.get(key[0], 0) >= _MOST:
            return 0
        if count == 1 and key not in self._once:
            self._once.add(key)
            return 0
        number = self._known[key] = len(self.texts) + 1
        self._kept[key[0]] = self._kept.get(key[0], 0) + 1
        self.texts[number] = (first, spell(row))
        self._hashes[number] = hashes.copy()
        return number

    def _checked(self, found: npt.NDArray[np.int32], hashes: Hashes) -> npt.NDArray[np.int32]:
        """Leave out reports whose texts are not the layout's after all."""
        for number in np.unique(found[found > 0]):
            rows = np.flatnonzero(found == number)
            other = (hashes[rows] != self._hashes[int(number)]).any(axis=1)
            found[rows[other]] = 0
        return found


def _fingerprints(hashes: Hashes) -> Hashes:
    places = np.arange(1, hashes.shape[1] + 1, dtype=np.uint64) * _SPREAD
    mixed = (hashes ^ (hashes >> np.uint64(29))) * (places | np.uint64(1))
    mixed ^= mixed >> np.uint64(32)
    total: Hashes = mixed.sum(axis=1, dtype=np.uint64)
    return total


def layout_rows(layouts: Layouts) -> Iterator[dict[str, object]]:
    """Yield the rows of the table `layout_texts`."""
    for number, (first, pairs) in layouts.texts.items():
        for cell, pair in enumerate(pairs, first):
            if pair != (None, None):
                yield {"layout": number, "cell": cell, "first": pair[0], "second": pair[1]}
