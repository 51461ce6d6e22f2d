"""A batch of parsed reports as matrices: a row per version, a column per cell of the form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from nianbao.errors import BuildError
from nianbao.warehouse.cells.numbering import KINDS, NUMBER, FormNumbers
from nianbao.warehouse.cells.texts import Longs, Texts

_VALUE = pa.decimal128(18, 4)
Kinds = npt.NDArray[np.uint8]


@dataclass
class Batch:
    """The cells of some versions of one form."""

    numbers: FormNumbers
    versions: npt.NDArray[np.int32]
    report: Longs
    """For each cell, which of `versions`."""
    place: Longs
    """For each cell, its place in the form's order, from zero."""
    fields: Mapping[str, Texts]
    kind: Kinds
    value: Longs
    """For each cell, the number in ten-thousandths; 0 where there is none."""
    has_value: npt.NDArray[np.bool_]

    def matrix(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return values of cells as a matrix, zero where a report has no such cell."""
        made = np.zeros((len(self.versions), self.numbers.width), values.dtype)
        made[self.report, self.place] = values
        return made


def lengths_of(cells: pa.Array) -> Longs:
    """Return how many cells each report has."""
    counts: Longs = pc.fill_null(pc.list_value_length(cells), 0).to_numpy(zero_copy_only=False)
    return counts.astype(np.int64)


def sums_of(cells: pa.Array) -> tuple[Longs, Longs]:
    """Return the sums of each report's numbers in ten-thousandths, over 2**32 and what is left.

    Numbers may have eighteen digits, so that ten of them are too large for 64 bits.
    """
    value, _ = _scaled(cells.flatten().field("value"))
    ends = np.concatenate([[0], np.cumsum(lengths_of(cells))])
    halves = (value >> 32, value & 0xFFFF_FFFF)
    high, low = (np.concatenate([[0], np.cumsum(half)]) for half in halves)
    return high[ends[1:]] - high[ends[:-1]], low[ends[1:]] - low[ends[:-1]]


def batch_of(numbers: FormNumbers, versions: npt.NDArray[np.int32], cells: pa.Array) -> Batch:
    """Return the lists of cells of some versions, all of one form, as a batch.

    Raises `BuildError` for a code that the form has not, a code listed twice in a report, and a
    kind that is none of the five.
    """
    lengths = lengths_of(cells)
    flat = cells.flatten()
    columns = dict(zip([f.name for f in flat.type], flat.flatten(), strict=True))
    report = np.repeat(np.arange(len(versions)), lengths)
    texts = {
        name: Texts(column)
        for name, column in columns.items()
        if not pa.types.is_decimal(column.type)
    }
    place = _places(numbers, texts["code"])
    _refuse_repeats(numbers, versions, report, place)
    value, has_value = _scaled(columns["value"])
    kind = _kinds(texts["kind"])
    return Batch(numbers, versions, report, place, texts, kind, value, has_value)


def _places(numbers: FormNumbers, codes: Texts) -> Longs:
    place = codes.of_cells(lambda code: numbers.places.get(code or "", -1), np.int64)
    if len(place) and place.min() < 0:
        code = codes.texts[codes.numbers[int(place.argmin())]]
        raise BuildError(
            f"form {numbers.name} has no cell {code!r}: read the documents of this part again"
        )
    return np.asarray(place)


def _refuse_repeats(
    numbers: FormNumbers, versions: npt.NDArray[np.int32], report: Longs, place: Longs
) -> None:
    seen = np.zeros(len(versions) * numbers.width, bool)
    seen[report * numbers.width + place] = True
    if np.count_nonzero(seen) != len(place):
        raise BuildError(f"a report of form {numbers.name} lists a cell twice in the parsed data")


def _kinds(kinds: Texts) -> Kinds:
    known = {kind: number for number, kind in enumerate(KINDS, NUMBER)}
    found = kinds.of_cells(lambda kind: known.get(kind or "", 0), np.uint8)
    if len(found) and found.min() == 0:
        unknown = kinds.texts[kinds.numbers[int(found.argmin())]]
        raise BuildError(f"a cell of the parsed data is of the unknown kind {unknown!r}")
    return found


def _scaled(column: pa.Array) -> tuple[Longs, npt.NDArray[np.bool_]]:
    """Return decimals as whole ten-thousandths; eighteen digits fit 64 bits."""
    if column.type != _VALUE:
        column = column.cast(_VALUE)
    halves = np.frombuffer(column.buffers()[1] or b"", np.int64).reshape(-1, 2)
    chosen = halves[column.offset : column.offset + len(column), 0]
    valid = column.is_valid().to_numpy(zero_copy_only=False)
    return np.where(valid, chosen, 0), valid
