"""Matrices of whole forms, from the batches as they come to the tables column by column."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from nianbao.warehouse.cells.batch import Batch, Kinds
from nianbao.warehouse.cells.deduce import Deduced, deduce
from nianbao.warehouse.cells.numbering import BLANK, DASH, MISSING, NUMBER, TEXT, FormNumbers
from nianbao.warehouse.cells.texts import SCALE, Longs

_ROWS = 65_536
"""Reports handled together: a hundred megabytes of numbers."""
_COLUMNS = 8
"""Cells handled together when columns are cut from the rows of a matrix."""
_EXACT = 2**53
"""From here on a double can't hold every ten-thousandth."""
_IN_MEMORY = 64_000_000
_VALUE = pa.decimal128(18, 4)
STORED_SCHEMA = pa.schema(
    {
        "version": pa.int32(),
        "cell": pa.int16(),
        "kind": pa.int16(),
        "value": pa.float64(),
        "exact": _VALUE,
        "deduced": pa.float64(),
        "deduction": pa.int16(),
    }
)
COUNTS_SCHEMA = pa.schema(
    {
        "version": pa.int32(),
        **dict.fromkeys(
            ("cells", "cells_printed", "cells_blank", "cells_unread", "cells_missing"), pa.int16()
        ),
    }
)


class FormMatrix:
    """All versions of one form: rows are `first_version` on, columns the form's cells."""

    def __init__(self, numbers: FormNumbers, first_version: int, rows: int, folder: Path) -> None:
        """Make room; large matrices lie in files of `folder`, which the caller clears away."""
        self.numbers, self.first, self.rows = numbers, first_version, rows
        shape = (rows, numbers.width)
        self.values: Longs = _room(folder / f"{numbers.table}.values", shape, np.int64)
        self.kinds: Kinds = _room(folder / f"{numbers.table}.kinds", shape, np.uint8)
        self._deduced: list[Deduced] = []

    def take(self, batch: Batch) -> None:
        """Put the numbers of a batch into their rows."""
        rows = batch.versions - self.first
        self.values[rows] = batch.matrix(np.where(batch.has_value, batch.value, 0))
        kinds = batch.matrix(batch.kind)
        # Bit 7 tells that there is a number, whatever the kind says of it.
        self.kinds[rows] = kinds | (batch.matrix(batch.has_value.astype(np.uint8)) << 7)

    def wide(self) -> Iterator[pa.RecordBatch]:
        """Yield the rows of the form's wide table, in order, and keep what is deduced from them."""
        asked = np.array([not cell.optional for cell in self.numbers.form.cells.values()])
        for start in range(0, self.rows, _ROWS):
            values, kinds = self.values[start : start + _ROWS], self.kinds[start : start + _ROWS]
            has, kinds = kinds > 127, (kinds & 127).astype(np.uint8)
            # A number without its value can't be added up.
            readable = np.where((kinds == NUMBER) & ~has, TEXT, kinds)
            self._keep(start, deduce(self.numbers.name, readable, values))
            versions = pa.array(self._versions(start, len(values)))
            columns = [
                pa.array(values[:, place] / SCALE, mask=~has[:, place])
                for place in range(self.numbers.width)
            ]
            yield pa.record_batch(
                [versions, *columns, _unread(kinds, asked)],
                names=["version", *self.numbers.columns, "unread"],
            )

    def _keep(self, start: int, found: Deduced) -> None:
        found.rows += start
        self._deduced.append(found)

    def counts(self) -> Iterator[pa.RecordBatch]:
        """Yield the rows of `version_counts`; versions without any cell have none."""
        for start in range(0, self.rows, _ROWS):
            kinds = self.kinds[start : start + _ROWS]
            read, is_printed = kinds & 127, kinds > 127
            of_kind = {kind: (read == kind).sum(axis=1) for kind in range(1, 6)}
            blank, all_cells = of_kind[BLANK] + of_kind[DASH], (read > 0).sum(axis=1)
            there = all_cells > 0
            columns = [
                self._versions(start, len(kinds)), all_cells - of_kind[MISSING],
                is_printed.sum(axis=1), blank, of_kind[TEXT], of_kind[MISSING],
            ]  # fmt: skip
            arrays = [
                pa.array(column[there].astype(field.type.to_pandas_dtype()))
                for column, field in zip(columns, COUNTS_SCHEMA, strict=True)
            ]
            yield pa.record_batch(arrays, schema=COUNTS_SCHEMA)

    def stored(self) -> Iterator[pa.RecordBatch]:
        """Yield the rows of `stored_cells`, sorted by cell and version; `wide` goes before."""
        for first in range(0, self.numbers.width, _COLUMNS):
            last = min(first + _COLUMNS, self.numbers.width)
            values = np.ascontiguousarray(self.values[:, first:last].T)
            kinds = np.ascontiguousarray(self.kinds[:, first:last].T)
            for place in range(first, last):
                if kinds[place - first].any():
                    yield self._column(place, values[place - first], kinds[place - first])

    def _column(self, place: int, values: Longs, kinds: Kinds) -> pa.RecordBatch:
        deduced, deduction = self._deduced_in(place)
        there = kinds > 0
        has = (kinds > 127)[there]
        values, deduced, deduction = values[there], deduced[there], deduction[there]
        large = has & (np.abs(values) >= _EXACT)
        cell = np.full(len(values), self.numbers.first + place, np.int16)
        columns = [
            pa.array(self._versions(0, self.rows)[there]),
            pa.array(cell),
            pa.array((kinds[there] & 127).astype(np.int16)),
            pa.array(values / SCALE, mask=~has | large),
            _decimals(values, large),
            pa.array(deduced / SCALE),
            pa.array(deduction),
        ]
        return pa.record_batch(columns, schema=STORED_SCHEMA)

    def _deduced_in(self, place: int) -> tuple[Longs, npt.NDArray[np.int16]]:
        values, by = np.zeros(self.rows, np.int64), np.zeros(self.rows, np.int16)
        for found in self._deduced:
            own = found.places == place
            values[found.rows[own]] = found.values[own]
            by[found.rows[own]] = found.deductions[own]
        return values, by

    def _versions(self, start: int, count: int) -> npt.NDArray[np.int32]:
        return np.arange(self.first + start, self.first + start + count, dtype=np.int32)


def _room(path: Path, shape: tuple[int, int], kind: type[np.generic]) -> npt.NDArray[Any]:
    if shape[0] * shape[1] <= _IN_MEMORY:
        return np.zeros(shape, kind)
    return np.memmap(path, kind, "w+", shape=shape)


def _unread(kinds: Kinds, asked: npt.NDArray[np.bool_]) -> pa.Array:
    """Return per report the places of cells that may hold any number; null where there are none."""
    seen = (kinds == NUMBER) | (kinds == BLANK) | (kinds == DASH)
    rows, places = np.nonzero(~seen & (asked | (kinds > 0)))
    ends = np.searchsorted(rows, np.arange(len(kinds) + 1))
    offsets, nothing = pa.array(ends.astype(np.int32)), pa.array(np.diff(ends) == 0)
    return pa.ListArray.from_arrays(offsets, pa.array((places + 1).astype(np.int16)), mask=nothing)


def _decimals(scaled: Longs, chosen: npt.NDArray[np.bool_]) -> pa.Array:
    """Return ten-thousandths as DECIMAL(18,4), null where not chosen; see Arrow's 128-bit layout."""
    if not chosen.any():
        return pa.nulls(len(scaled), _VALUE)
    halves = np.stack([scaled, scaled >> 63], axis=1)
    valid = pa.py_buffer(np.packbits(chosen, bitorder="little").tobytes())
    return pa.Array.from_buffers(_VALUE, len(scaled), [valid, pa.py_buffer(halves.tobytes())])
