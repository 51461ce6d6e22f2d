"""A matrix of figures as the Arrow list column of cells."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc


@dataclass(frozen=True, slots=True)
class Cells:
    """Figures of reports on one form: a row per report, a column per code, in ten-thousandths."""

    codes: tuple[str, ...]
    values: npt.NDArray[np.int64]
    printed: npt.NDArray[np.bool_]
    """False where the cell is blank."""


def cell_lists(cells: Cells, kind: pa.DataType) -> pa.Array:
    """Return one list of cell structs per report, of the list type `kind`."""
    reports, width = cells.values.shape
    values = decimals(cells.values.ravel(), cells.printed.ravel())
    columns = {
        "code": _tiled([*cells.codes], reports),
        "raw": _raw(values),
        "kind": pc.if_else(values.is_valid(), "number", "blank"),
        "value": values,
        "location": _tiled([f"t1.r{place + 1}.c1" for place in range(width)], reports),
    }
    offsets = pa.array(np.arange(reports + 1, dtype=np.int32) * np.int32(width))
    return lists(offsets, columns, reports * width, kind)


def lists(
    offsets: pa.Array, columns: dict[str, pa.Array], length: int, kind: pa.DataType
) -> pa.Array:
    """Return a list column of structs from flat columns; a field without a column is null."""
    fields = list(kind.value_type)
    flat = [
        columns[f.name].cast(f.type) if f.name in columns else pa.nulls(length, f.type)
        for f in fields
    ]
    return pa.ListArray.from_arrays(offsets, pa.StructArray.from_arrays(flat, fields=fields)).cast(
        kind
    )


def decimals(scaled: npt.NDArray[np.int64], printed: npt.NDArray[np.bool_]) -> pa.Array:
    """Return ten-thousandths as DECIMAL(18,4), null where nothing is printed."""
    # A decimal is a 128-bit integer, low half first; the high half repeats the sign.
    halves = np.empty((len(scaled), 2), dtype=np.int64)
    halves[:, 0] = scaled
    halves[:, 1] = scaled >> 63
    valid = pa.py_buffer(np.packbits(printed, bitorder="little").tobytes())
    return pa.Array.from_buffers(
        pa.decimal128(18, 4), len(scaled), [valid, pa.py_buffer(halves.tobytes())]
    )


def _raw(values: pa.Array) -> pa.Array:
    """Return the numbers as reports print them: no needless zeros; a blank is an empty text."""
    text = pc.utf8_rtrim(pc.utf8_rtrim(values.cast(pa.string()), "0"), ".")
    return pc.fill_null(text, "")


def _tiled(texts: list[str], times: int) -> pa.Array:
    indices = np.tile(np.arange(len(texts), dtype=np.int32), times)
    return pa.array(texts, pa.string()).take(pa.array(indices))
