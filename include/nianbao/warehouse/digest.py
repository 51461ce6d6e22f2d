"""Rows of Arrow batches as one number each, the same on every machine and in every order of rows.

The number hangs on the values alone: neither on how a database prints them, nor on its own hash
function, which may be another one in its next version. A value is a 64-bit number: a text by its
BLAKE2b, worked out once for each text of a batch; a number by its bits. Values are mixed column by
column with the steps of MurmurHash3's finaliser, and the rows of a table are added up.
"""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Numbers = npt.NDArray[np.uint64]

_FIRST = np.uint64(0xFF51AFD7ED558CCD)
_SECOND = np.uint64(0xC4CEB9FE1A85EC53)
_NOTHING = np.uint64(0x9E3779B97F4A7C15)
"""What stands for null, which must differ from zero and from an empty text."""
_HALF = np.uint64(33)
_SHORT = 8


def digest(batches: Iterable[pa.RecordBatch]) -> str:
    """Return the number of rows and the sum of their numbers, for batches with the same columns."""
    rows, total = 0, 0
    for batch in batches:
        rows += batch.num_rows
        total = (total + int(row_numbers(batch).sum(dtype=np.uint64))) % 2**64
    return f"{rows}:{total:016x}"


def row_numbers(batch: pa.RecordBatch) -> Numbers:
    """Return one number for each row of a batch; which column a value stands in counts."""
    numbers = np.zeros(batch.num_rows, np.uint64)
    for column in batch.columns:
        numbers ^= _values(column)
        _mix(numbers)
    return numbers


def _mix(numbers: Numbers) -> Numbers:
    """Spread every bit over all others, in place; products wrap around."""
    numbers ^= numbers >> _HALF
    numbers *= _FIRST
    numbers ^= numbers >> _HALF
    numbers *= _SECOND
    numbers ^= numbers >> _HALF
    return numbers


def _values(column: pa.Array) -> Numbers:
    kind = column.type
    if pa.types.is_null(kind) or column.null_count == len(column):
        return np.full(len(column), _NOTHING)
    if pa.types.is_dictionary(kind):
        return _chosen(column)
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return _with_nothing(_lists(column), column)
    if pa.types.is_decimal(kind):
        return _with_nothing(_mix(_decimals(column)), column)
    if pa.types.is_primitive(kind):  # numbers, truth values and times
        return _with_nothing(_mix(_bits(column)), column)
    return _chosen(column.dictionary_encode())


def _with_nothing(numbers: Numbers, column: pa.Array) -> Numbers:
    if column.null_count:
        numbers[column.is_null().to_numpy(zero_copy_only=False)] = _NOTHING
    return numbers


def _chosen(column: pa.DictionaryArray) -> Numbers:
    """Return the numbers of texts, each worked out once."""
    known = [*(_text(value) for value in column.dictionary.to_pylist()), int(_NOTHING)]
    places = pc.fill_null(column.indices.cast(pa.int64()), len(known) - 1)
    numbers: Numbers = np.array(known, np.uint64)[places.to_numpy()]
    return numbers


def _text(value: object) -> int:
    if value is None:
        return int(_NOTHING)
    data = value if isinstance(value, bytes) else str(value).encode()
    return int.from_bytes(blake2b(data, digest_size=_SHORT).digest(), "little")


def _bits(column: pa.Array) -> Numbers:
    if pa.types.is_boolean(column.type):
        column = column.cast(pa.uint8())
    elif pa.types.is_temporal(column.type):
        column = column.view(pa.int64() if column.type.bit_width == 64 else pa.int32())
    values: npt.NDArray[Any] = pc.fill_null(column, 0).to_numpy(zero_copy_only=False)
    # A number is the same number in a wider or a narrower column.
    wide = {"f": np.float64, "u": np.uint64}.get(values.dtype.kind, np.int64)
    return values.astype(wide, copy=True).view(np.uint64)


def _decimals(column: pa.Array) -> Numbers:
    """Return decimals by the 128 bits of their unscaled number."""
    wide = column.cast(pa.decimal128(38, column.type.scale))
    data = np.frombuffer(wide.buffers()[1], np.uint64)
    words = data.reshape(-1, 2)[wide.offset : wide.offset + len(wide)]
    return words[:, 0] ^ (words[:, 1] * _FIRST)


def _lists(column: pa.Array) -> Numbers:
    """Return lists by their values in order: each is mixed with its place, and they are added up."""
    lengths = (
        pc.fill_null(column.value_lengths(), 0).to_numpy(zero_copy_only=False).astype(np.int64)
    )
    values, ends = _values(column.flatten()), np.cumsum(lengths)
    places = np.arange(len(values)) - np.repeat(ends - lengths, lengths)
    mixed = _mix(values + places.astype(np.uint64) * _SECOND)
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(mixed, dtype=np.uint64)])
    return _mix(sums[ends] - sums[ends - lengths] + lengths.astype(np.uint64))
