"""What a document prints beside its numbers: layouts where it is the same as elsewhere, else texts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from nianbao.warehouse.cells.batch import Batch
from nianbao.warehouse.cells.layouts import Layouts, Pair
from nianbao.warehouse.cells.numbering import BLANK, MISSING, NUMBER, TEXT_FIELDS
from nianbao.warehouse.cells.texts import (
    Hashes,
    Texts,
    hash_of,
    printed_number,
    split_path,
    split_place,
    whole,
)

PARTS_SCHEMA = pa.schema(
    {
        "version": pa.int32(),
        "part": pa.int16(),
        "wording": pa.int32(),
        "layout": pa.int32(),
        "document_table": pa.string(),
        "path": pa.string(),
    }
)
ODD_SCHEMA = pa.schema(
    {"version": pa.int32(), "cell": pa.int16(), **dict.fromkeys(TEXT_FIELDS, pa.string())}
)
Numbers = npt.NDArray[np.int32]


@dataclass
class _Field:
    """One field as stored texts: `entry` leads from a cell to one of `texts`, 0 to null."""

    name: str
    texts: list[str | None]
    entry: Numbers
    bases: list[str | None] | None = None
    """The first part per report and part of the form, where the field is split."""


def evidence(batch: Batch, layouts: Layouts) -> tuple[pa.Table, pa.Table]:
    """Return what the file keeps of a batch's texts: the rows of `version_parts` and `odd_cells`."""
    label, heading = (_plain(batch, name) for name in ("label", "heading"))
    place, tables = _split(batch, "location", split_place)
    path, paths = _split(batch, "source_place", split_path)
    wordings = _layouts(batch, layouts, "wording", label, heading)
    places = _layouts(batch, layouts, "place", place, path)
    odd = dict(_odd_values(batch))
    for fields, numbers in (((label, heading), wordings), ((place, path), places)):
        alone = numbers[batch.report, _part_of_place(batch)[batch.place]] == 0
        odd |= {field.name: _chosen(batch, field, alone & (field.entry > 0)) for field in fields}
    return _parts(batch, wordings, places, tables, paths), _gathered(batch, odd)


def _parts(
    batch: Batch, wordings: Numbers, places: Numbers, tables: pa.Array, paths: pa.Array
) -> pa.Table:
    count = wordings.shape[1]
    columns = [
        pa.array(np.repeat(batch.versions, count)),
        pa.array(np.tile(np.arange(1, count + 1, dtype=np.int16), len(batch.versions))),
        pa.array(wordings.ravel()),
        pa.array(places.ravel()),
        tables,
        paths,
    ]
    return pa.table(columns, schema=PARTS_SCHEMA)


def _plain(batch: Batch, name: str) -> _Field:
    field = _texts(batch, name)
    return _Field(name, field.texts, field.numbers)


def _texts(batch: Batch, name: str) -> Texts:
    """Return a field; parts of older readers may lack it."""
    return batch.fields.get(name) or Texts(pa.nulls(len(batch.place), pa.string()))


def _part_of_place(batch: Batch) -> Numbers:
    parts = batch.numbers.parts
    return np.repeat(np.arange(len(parts), dtype=np.int32), [len(part) for part in parts])


def _split(batch: Batch, name: str, split: object) -> tuple[_Field, pa.Array]:
    """Return a field cut in two: the second parts, and the first part per report and form table.

    The first cell that has a first part gives it for its table; a cell with another one is kept
    whole.
    """
    field = _texts(batch, name)
    halves = [split(text) for text in field.texts]  # type: ignore[operator]
    bases = sorted({base for base, _ in halves if base is not None})
    base_number = {base: number for number, base in enumerate(bases, 1)}
    of_entry = np.array([base_number.get(base, 0) for base, _ in halves], np.int32)
    base = of_entry[field.numbers]
    chosen = _first_bases(batch, base)
    differs = (base > 0) & (base != chosen[batch.report, _part_of_place(batch)[batch.place]])
    count = len(field.texts)
    texts = [*(rest for _, rest in halves), *(whole(text) for text in field.texts)]
    entry = np.where(differs, field.numbers + count, field.numbers)
    names = pa.array([None, *bases], pa.string()).take(pa.array(chosen.ravel()))
    return _Field(name, texts, entry), names


def _first_bases(batch: Batch, base: Numbers) -> Numbers:
    """Return, per report and form table, the first part of its first cell that has one."""
    matrix = batch.matrix(base)
    chosen = np.zeros((len(batch.versions), len(batch.numbers.parts)), np.int32)
    for number, part in enumerate(batch.numbers.parts):
        own = matrix[:, part.start : part.stop]
        chosen[:, number] = own[np.arange(len(own)), (own != 0).argmax(axis=1)]
    return chosen


def _layouts(batch: Batch, layouts: Layouts, kind: str, first: _Field, second: _Field) -> Numbers:
    """Return the layouts of two fields together, per report and form table."""
    one, two = _hashes(batch, first), _hashes(batch, second)
    found = np.zeros((len(batch.versions), len(batch.numbers.parts)), np.int32)
    entries = [batch.matrix(field.entry) for field in (first, second)]
    for number, part in enumerate(batch.numbers.parts):
        own = slice(part.start, part.stop)

        def spell(row: int, own: slice = own) -> list[Pair]:
            left, right = (matrix[row, own] for matrix in entries)
            return [
                (first.texts[int(a)], second.texts[int(b)])
                for a, b in zip(left, right, strict=True)
            ]

        name = f"{kind}.{batch.numbers.name}.{number}"
        hashes = np.concatenate([one[:, own], two[:, own]], axis=1)
        found[:, number] = layouts.number(name, batch.numbers.first + part.start, hashes, spell)
    return found


def _hashes(batch: Batch, field: _Field) -> Hashes:
    of_entry = np.array([hash_of(text) for text in field.texts], np.uint64)
    return np.asarray(batch.matrix(of_entry[field.entry]), np.uint64)


_Odd = tuple[npt.NDArray[np.int64], pa.Array]
"""Cells, as places in the matrix of the batch laid out row by row, in order; and their texts."""


def _odd_values(batch: Batch) -> Iterator[tuple[str, _Odd]]:
    """Yield what of the values themselves is not as the views make it from the number."""
    raw = _plain(batch, "raw")
    printed = batch.fields["raw"].of_cells(printed_number, np.int64)
    empty = batch.fields["raw"].of_cells(lambda text: text == "", np.bool_)
    is_plain = np.where(
        batch.kind == NUMBER,
        batch.has_value & (printed == batch.value),
        empty & ((batch.kind == BLANK) | (batch.kind == MISSING)) & ~batch.has_value,
    )
    yield "raw", _chosen(batch, raw, ~is_plain)
    for name in ("unit", "note", "matched"):
        field = _plain(batch, name)
        yield name, _chosen(batch, field, field.entry > 0)


def _chosen(batch: Batch, field: _Field, is_odd: npt.NDArray[np.bool_]) -> _Odd:
    cells = np.flatnonzero(is_odd)
    texts = pa.array(field.texts, pa.string()).take(pa.array(field.entry[cells]))
    return batch.report[cells] * batch.numbers.width + batch.place[cells], texts


def _gathered(batch: Batch, odd: Mapping[str, _Odd]) -> pa.Table:
    """Return one row for each cell that has any odd text, in order; null for what is not odd."""
    cells = np.unique(np.concatenate([found[0] for found in odd.values()]))
    report, place = np.divmod(cells, batch.numbers.width)
    columns = {
        "version": pa.array(batch.versions[report]),
        "cell": pa.array((batch.numbers.first + place).astype(np.int16)),
    }
    for name, (own, texts) in odd.items():
        rows = np.zeros(len(cells), np.int64)
        rows[np.searchsorted(cells, own)] = np.arange(1, len(own) + 1)
        columns[name] = texts.take(pa.array(rows - 1, mask=rows == 0))
    return pa.table([columns[name] for name in ODD_SCHEMA.names], schema=ODD_SCHEMA)
