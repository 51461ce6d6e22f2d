"""The cells of all parsed parts into the tables of the file, in one reading of each part."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
from duckdb import DuckDBPyConnection

from nianbao.errors import BuildError
from nianbao.warehouse.cells.batch import batch_of, lengths_of, sums_of
from nianbao.warehouse.cells.evidence import ODD_SCHEMA, PARTS_SCHEMA, evidence
from nianbao.warehouse.cells.layouts import Layouts, layout_rows
from nianbao.warehouse.cells.numbering import form_cell_rows, form_numbers
from nianbao.warehouse.cells.store import COUNTS_SCHEMA, STORED_SCHEMA, FormMatrix
from nianbao.warehouse.cells.texts import Longs

_BATCH = 4096
"""Reports read together: ten megabytes in memory."""
_LAYOUTS = pa.schema(
    {"layout": pa.int32(), "cell": pa.int16(), "first": pa.string(), "second": pa.string()}
)
_FORM_CELLS = pa.schema(
    {
        "cell": pa.int16(),
        "form": pa.string(),
        "code": pa.string(),
        "place": pa.int16(),
        "part": pa.int16(),
    }
)
_EVIDENCE = {"version_parts": (PARTS_SCHEMA, "part"), "odd_cells": (ODD_SCHEMA, "cell")}
"""Tables that come batch by batch and are sorted at the end, by version and a second column."""
_CHOSEN = """
SELECT p.filename, p.file_row_number AS row, p.sha256, p.ordinal, p.form, coalesce(v.version, 0) AS version
FROM parsed p LEFT JOIN report_versions v USING (sha256, ordinal)
WHERE p.error_code IS NULL ORDER BY ALL"""
_FORMS = "SELECT form, min(version), count(*) FROM report_versions GROUP BY form"


@dataclass
class _Part:
    """The rows of one part that were chosen, in order, with their versions; 0 for none."""

    path: str
    rows: Longs
    versions: npt.NDArray[np.int32]
    forms: npt.NDArray[np.object_]


def load_cells(con: DuckDBPyConnection, folder: Path) -> None:
    """Fill the tables of cells from the parts that `parsed` and `report_versions` name.

    Makes the temporary table `cell_counts` (sha256, ordinal, cells, high, low) of every chosen report too,
    from the parts alone; `high` and `low` are the halves of the sum of its numbers (see `sums_of`).
    `folder` takes large files while this runs. Raises `BuildError` where the parts do not fit the
    forms.
    """
    chosen = con.sql(_CHOSEN).to_arrow_table()
    matrices = {
        form: FormMatrix(form_numbers()[form], first, rows, folder)
        for form, first, rows in con.execute(_FORMS).fetchall()
        if form in form_numbers()
    }
    layouts, counts = Layouts(), np.zeros((3, len(chosen)), np.int64)
    for table in _EVIDENCE:
        con.execute(f"CREATE TEMP TABLE arrived_{table} AS FROM {table} LIMIT 0")
    done = 0
    for part in _parts(chosen):
        own = slice(done, done + len(part.rows))
        counts[:, own] = _read(con, part, matrices, layouts)
        done += len(part.rows)
    for table, (_, order) in _EVIDENCE.items():
        con.execute(f"INSERT INTO {table} BY NAME FROM arrived_{table} ORDER BY version, {order}")
        con.execute(f"DROP TABLE arrived_{table}")
    _insert(con, "layout_texts", _LAYOUTS, _rows(_LAYOUTS, layout_rows(layouts)))
    _insert(con, "form_cells", _FORM_CELLS, _rows(_FORM_CELLS, form_cell_rows()))
    _insert_numbers(con, list(matrices.values()))
    table = chosen.select(["sha256", "ordinal"])
    for name, column in zip(("cells", "high", "low"), counts, strict=True):
        table = table.append_column(name, pa.array(column))
    con.register("arriving", table)
    con.execute("CREATE TEMP TABLE cell_counts AS FROM arriving")
    con.unregister("arriving")


def _parts(chosen: pa.Table) -> Iterator[_Part]:
    paths = chosen["filename"].to_numpy()
    edges = np.flatnonzero(paths[1:] != paths[:-1]) + 1
    starts = [0, *edges] if len(paths) else []
    for start, end in zip(starts, [*starts[1:], len(paths)][: len(starts)], strict=True):
        own = chosen.slice(start, end - start)
        columns = [own[name].to_numpy() for name in ("row", "version", "form")]
        yield _Part(paths[start], columns[0], columns[1].astype(np.int32), columns[2])


def _read(
    con: DuckDBPyConnection, part: _Part, matrices: dict[str, FormMatrix], layouts: Layouts
) -> Longs:
    """Take the chosen rows of a part; return how many cells each has, and the halves of their sum."""
    counts = np.zeros((3, len(part.rows)), np.int64)
    gathered: list[tuple[pa.Table, pa.Table]] = []
    for first, cells in _lists(part.path):
        inside = np.searchsorted(part.rows, [first, first + len(cells)])
        own = slice(*inside)
        cells = _taken(cells, part.rows[own] - first)
        counts[:, own] = lengths_of(cells), *sums_of(cells)
        gathered += _take(part, own, cells, counts[0, own], matrices, layouts)
    for (table, (schema, _)), found in zip(
        _EVIDENCE.items(), zip(*gathered, strict=True), strict=False
    ):
        _insert(con, f"arrived_{table}", schema, (b for t in found for b in t.to_batches()))
    return counts


def _taken(cells: pa.Array, rows: Longs) -> pa.Array:
    """Return some rows; nearly always all of them, which costs nothing."""
    return cells if len(rows) == len(cells) else cells.take(pa.array(rows))


def _take(
    part: _Part,
    own: slice,
    cells: pa.Array,
    lengths: Longs,
    matrices: dict[str, FormMatrix],
    layouts: Layouts,
) -> Iterator[tuple[pa.Table, pa.Table]]:
    forms, versions = part.forms[own], part.versions[own]
    wanted = (versions > 0) & (lengths > 0)
    for form in sorted(set(forms[wanted])):
        if form not in matrices:
            raise BuildError(f"{part.path}: a report has cells but is on no known form: {form}")
        rows = np.flatnonzero(wanted & (forms == form))
        batch = batch_of(form_numbers()[form], versions[rows], _taken(cells, rows))
        matrices[form].take(batch)
        yield evidence(batch, layouts)


def _lists(path: str) -> Iterator[tuple[int, pa.Array]]:
    """Yield the lists of cells of a part, with the number of the first row."""
    try:
        plain = pq.ParquetFile(path)
        file = pq.ParquetFile(path, read_dictionary=_text_columns(plain))
        first = 0
        for batch in file.iter_batches(columns=["cells"], batch_size=_BATCH):
            yield first, batch.column(0)
            first += batch.num_rows
    except (pa.ArrowInvalid, OSError) as error:
        raise BuildError(f"a part of the parsed data can't be read: {path}: {error}") from error


def _text_columns(file: pq.ParquetFile) -> list[str]:
    columns = (file.schema.column(place) for place in range(len(file.schema)))
    return [
        column.path
        for column in columns
        if column.path.startswith("cells.") and column.physical_type == "BYTE_ARRAY"
    ]


def _insert_numbers(con: DuckDBPyConnection, matrices: Sequence[FormMatrix]) -> None:
    for matrix in matrices:
        batches = matrix.wide()
        first = next(batches)
        _insert(con, matrix.numbers.table, first.schema, _chain(first, batches))
    ordered = sorted(matrices, key=lambda matrix: matrix.numbers.first)
    _insert(con, "stored_cells", STORED_SCHEMA, (b for m in ordered for b in m.stored()))
    by_version = sorted(matrices, key=lambda matrix: matrix.first)
    _insert(con, "version_counts", COUNTS_SCHEMA, (b for m in by_version for b in m.counts()))


def _chain(first: pa.RecordBatch, rest: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    yield first
    yield from rest


def _rows(schema: pa.Schema, rows: Iterable[dict[str, object]]) -> list[pa.RecordBatch]:
    batches: list[pa.RecordBatch] = pa.Table.from_pylist(list(rows), schema=schema).to_batches()
    return batches


def _insert(
    con: DuckDBPyConnection, table: str, schema: pa.Schema, batches: Iterable[pa.RecordBatch]
) -> None:
    con.register("arriving", pa.RecordBatchReader.from_batches(schema, batches))
    con.execute(f"INSERT INTO {table} BY NAME FROM arriving")
    con.unregister("arriving")
