"""Parsed data at scale: reports made directly as Arrow columns, a million of them within memory.

Nothing loops over cells: figures are drawn as matrices, and list columns are flat arrays with offsets.
The schema of the parsed data is handed in, since the sample knows nothing of the readers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from nianbao.forms import Form
from nianbao.sample.cell_columns import Cells, cell_lists
from nianbao.sample.figures import SCALE, draw_sizes, draw_years
from nianbao.sample.report_columns import ReportColumns
from nianbao.sample.structure import TOTAL, asked_codes

YEARS = (2019, 2020, 2021, 2022)
"""Report years of every agency: half of the reports are on each form."""


@dataclass(frozen=True, slots=True)
class Shares:
    """How many of the reports are not as they should be."""

    broken: float = 0.05
    """Share with one cell of the applications changed, so that at least one identity fails."""
    blanks: float = 0.10
    """Share that prints only totals in the table of applications."""


def write_parts(
    folder: Path,
    reports: int,
    schema: pa.Schema,
    *,
    seed: int = 0,
    part_rows: int = 20_000,
    shares: Shares | None = None,
) -> list[Path]:
    """Write `reports` reports as Parquet parts of at most `part_rows` each; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, first in enumerate(range(0, reports, part_rows)):
        path = folder / f"part-{number:05d}.parquet"
        count = min(part_rows, reports - first)
        with pq.ParquetWriter(path, schema, compression="zstd") as writer:
            for table in batches(count, schema, seed=(seed, number), first=first, shares=shares):
                writer.write_table(table)
        paths.append(path)
    return paths


def batches(
    reports: int,
    schema: pa.Schema,
    *,
    seed: int | tuple[int, ...] = 0,
    first: int = 0,
    shares: Shares | None = None,
) -> Iterator[pa.Table]:
    """Yield the reports as one table per report year; `first` numbers the first report.

    Agencies run through all years, so that the carry-over holds; the last ones may lack years.
    """
    rng = np.random.default_rng(seed)
    agencies = -(-reports // len(YEARS))
    means = draw_sizes(rng, agencies)
    left = reports
    for place, (year, form, figures) in enumerate(draw_years(rng, YEARS, means)):
        # Later years go without the agencies that would make it too many.
        count = min(agencies, -(-left // (len(YEARS) - place)))
        left -= count
        cells = Cells(asked_codes(form), figures[:count].copy(), np.ones((count, 1), dtype=bool))
        cells = _with_blanks(_broken(cells, form, rng, shares), form, rng, shares)
        columns = ReportColumns(year, form, first // len(YEARS), count).columns(schema)
        columns["cells"] = cell_lists(cells, schema.field("cells").type)
        yield pa.table([columns[field.name] for field in schema], schema=schema)


def _broken(cells: Cells, form: Form, rng: np.random.Generator, shares: Shares | None) -> Cells:
    """Add one to a random cell of the application table in a share of the reports."""
    chosen = np.flatnonzero(rng.random(len(cells.values)) < (shares or Shares()).broken)
    places = _places(form, "applications.")
    cells.values[chosen, rng.choice(places, size=len(chosen))] += SCALE
    return cells


def _with_blanks(
    cells: Cells, form: Form, rng: np.random.Generator, shares: Shares | None
) -> Cells:
    """Blank the applicants' cells in a share of the reports; totals stay."""
    chosen = rng.random(len(cells.values)) < (shares or Shares()).blanks
    parts = np.array(
        [c.startswith("applications.") and not c.endswith(f".{TOTAL}") for c in cells.codes]
    )
    return Cells(cells.codes, cells.values, ~(chosen[:, None] & parts[None, :]))


def _places(form: Form, prefix: str) -> npt.NDArray[np.int64]:
    return np.flatnonzero([code.startswith(prefix) for code in asked_codes(form)])
