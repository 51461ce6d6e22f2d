"""What documents print around their numbers as one number per version and part of the form.

Which texts became layouts, and under which number, hangs on the order in which documents came; what they
print does not. Each text counts with its cell and its field, wherever it is stored, and the numbers of
a part are added up: those of a layout once for all documents that have it.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from duckdb import DuckDBPyConnection

from nianbao.warehouse.cells.numbering import TEXT_FIELDS
from nianbao.warehouse.digest import Numbers, row_numbers

_BATCH = 122_880
_PARTS = 16
"""More than any form has; a part of a version is at `version * _PARTS + part`."""
_WORDING, _PLACE = ("label", "heading"), ("location", "source_place")


def printed_parts(con: DuckDBPyConnection) -> Iterator[pa.RecordBatch]:
    """Yield the rows of `version_parts` with the sum of their texts in place of the layouts."""
    wording, place = (_of_layouts(con, fields) for fields in (_WORDING, _PLACE))
    odd = _of_odd_cells(con)
    query = "SELECT version, part, document_table, path, wording, layout FROM version_parts"
    for batch in con.sql(query).to_arrow_reader(_BATCH):
        version, part, first, second = (_whole(batch.column(n)) for n in (0, 1, 4, 5))
        sums = odd[version * _PARTS + part] + wording[first] + place[second]
        columns = [*batch.columns[:4], pa.array(sums)]
        yield pa.record_batch(columns, names=["version", "part", "document_table", "path", "sum"])


def _of_layouts(con: DuckDBPyConnection, fields: Sequence[str]) -> Numbers:
    """Return the sum of each layout, as one of `fields`."""
    sums = np.zeros(_highest(con, "SELECT max(layout) FROM layout_texts") + 1, np.uint64)
    query = 'SELECT layout, cell, "first", "second" FROM layout_texts'
    for batch in con.sql(query).to_arrow_reader(_BATCH):
        _add(sums, _whole(batch.column(0)), batch, fields)
    return sums


def _of_odd_cells(con: DuckDBPyConnection) -> Numbers:
    highest = _highest(con, "SELECT max(version) FROM report_versions")
    sums = np.zeros((highest + 1) * _PARTS, np.uint64)
    parts = np.zeros(_highest(con, "SELECT max(cell) FROM form_cells") + 1, np.int64)
    for cell, part in con.execute("SELECT cell, part FROM form_cells").fetchall():
        parts[cell] = part
    query = f"SELECT version, cell, {', '.join(TEXT_FIELDS)} FROM odd_cells"  # noqa: S608 - our names
    for batch in con.sql(query).to_arrow_reader(_BATCH):
        places = _whole(batch.column(0)) * _PARTS + parts[_whole(batch.column(1))]
        _add(sums, places, batch, TEXT_FIELDS)
    return sums


def _add(
    sums: Numbers, places: npt.NDArray[np.int64], batch: pa.RecordBatch, fields: Sequence[str]
) -> None:
    """Add the texts of a batch, whose second column is the cell, to the sums at `places`."""
    for name, column in zip(fields, batch.columns[2:], strict=True):
        there = column.is_valid()
        cells = pc.filter(batch.column(1), there).cast(pa.int64())
        keys = pa.array(cells.to_numpy() * len(TEXT_FIELDS) + TEXT_FIELDS.index(name))
        found = pa.record_batch([keys, column.filter(there)], names=["key", "text"])
        np.add.at(sums, places[there.to_numpy(zero_copy_only=False)], row_numbers(found))


def _highest(con: DuckDBPyConnection, query: str) -> int:
    [(highest,)] = con.execute(query).fetchall()
    return int(highest or 0)


def _whole(column: pa.Array) -> npt.NDArray[np.int64]:
    """Return whole numbers; 0 for null."""
    return np.asarray(pc.fill_null(column, 0).to_numpy(zero_copy_only=False), np.int64)
