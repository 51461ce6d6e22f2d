"""A national corpus in small: parsed parts and the fetch log of any number of reports.

Unlike `columns`, which makes reports for the rules, this makes what weighs in storage as the reading of
real pages does: labels, headings and CSS paths by publisher, misprints, annotations, papers with a box
for every cell, running text, facts, findings, and pages that were revised.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from nianbao.forms import Form, form_for_year
from nianbao.sample.cell_columns import Cells
from nianbao.sample.corpus_cells import printed_cells
from nianbao.sample.corpus_texts import Texts
from nianbao.sample.figures import SCALE, Ints, draw_sizes, draw_years
from nianbao.sample.report_columns import ReportColumns
from nianbao.sample.structure import asked_codes

YEARS = (2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023)
"""Report years of every agency: three of the first form, two of the second, three of the third."""
PORTALS = 200
_REVISED = 0.01
"""Share of the reports that a second document under the same address revises."""
_BATCH = 4_000
_FIRST_FETCH = datetime(2026, 1, 10, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Schemas:
    """The schemas of the parsed data and of the fetch log, which the sample does not know itself."""

    parsed: pa.Schema
    log: pa.Schema


def write_corpus(
    folder: Path, reports: int, schemas: Schemas, *, seed: int = 0, signatures: bool = False
) -> tuple[list[Path], pa.Table]:
    """Write about `reports` reports as parts of 4,000 below `folder`; return them and the fetch log.

    `signatures` adds one to every section of text, as the reading does.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths, logs = [], []
    agencies = -(-reports // len(YEARS))
    for number, first in enumerate(range(0, agencies, _BATCH)):
        rng = np.random.default_rng((seed, number))
        texts = Texts(rng, signatures=signatures)
        count = min(_BATCH, agencies - first)
        for year, form, figures in _figures(rng, draw_sizes(rng, count)):
            columns = ReportColumns(year, form, first, count)
            table = _table(columns, figures, texts, schemas.parsed, rng)
            paths.append(folder / f"part-{number:05d}-{year}.parquet")
            pq.write_table(table, paths[-1], compression="zstd")
            logs.append(_log(table, columns, schemas.log))
    return paths, pa.concat_tables(logs)


def portal_of(agency: int) -> str:
    """Return the portal that an agency publishes on."""
    return f"sample/site{agency % PORTALS:03d}"


def _figures(rng: np.random.Generator, means: np.ndarray) -> Iterator[tuple[int, Form, Ints]]:
    for year in YEARS:
        form = form_for_year(year)
        if form is not None and not any(code.startswith("applications") for code in form.cells):
            yield year, form, _statistics(rng, len(asked_codes(form)), means)
    yield from draw_years(rng, [year for year in YEARS if year >= 2019], means)


def _statistics(rng: np.random.Generator, width: int, means: np.ndarray) -> Ints:
    """Return the form of 2014: a few indicators are large, most are zero; their sums don't hold."""
    weights = rng.choice([0.0, 0.02, 0.3, 5.0], size=width, p=[0.5, 0.25, 0.15, 0.1])
    drawn: Ints = rng.poisson((means[:, None] + 1) * weights).astype(np.int64)
    return drawn * SCALE


def _table(
    columns: ReportColumns, figures: Ints, texts: Texts, schema: pa.Schema, rng: np.random.Generator
) -> pa.Table:
    made = columns.columns(schema)
    count = columns.count
    cells = Cells(asked_codes(columns.form), figures[:count], np.ones(figures.shape, dtype=bool))
    made["cells"] = printed_cells(cells, columns, schema.field("cells").type, rng)
    for name in ("sections", "narrative", "findings"):
        made[name] = texts.column(name, columns, schema.field(name).type)
    table = pa.table([made[field.name] for field in schema], schema=schema)
    return pa.concat_tables([table, _revised(table, cells, columns, schema, rng)])


def _revised(
    table: pa.Table,
    cells: Cells,
    columns: ReportColumns,
    schema: pa.Schema,
    rng: np.random.Generator,
) -> pa.Table:
    """Return some of the reports again, under other bytes and with other figures."""
    rows = np.flatnonzero(rng.random(columns.count) < _REVISED)
    again = table.take(pa.array(rows))
    names = pa.array([sha[::-1] for sha in again["sha256"].to_pylist()], pa.string())
    values = cells.values[rows].copy()
    values[:, 0] += SCALE
    changed = printed_cells(
        Cells(cells.codes, values, np.ones(values.shape, dtype=bool)),
        ReportColumns(columns.year, columns.form, columns.first_agency, len(rows)),
        schema.field("cells").type,
        rng,
    )
    place, own = schema.get_field_index("sha256"), schema.get_field_index("cells")
    again = again.set_column(place, schema.field("sha256"), names)
    return again.set_column(own, schema.field("cells"), changed)


def _log(table: pa.Table, columns: ReportColumns, schema: pa.Schema) -> pa.Table:
    """Return one request per document; a revised one was fetched a month later."""
    known = {
        name: place for place, name in enumerate(table["organisation"][: columns.count].to_pylist())
    }
    agencies = [columns.first_agency + known[name] for name in table["organisation"].to_pylist()]
    urls = [_url(agency, columns.year) for agency in agencies]
    later = np.arange(len(table)) >= columns.count
    seconds = np.array(agencies, np.int64) % 86_400 + later * 2_592_000
    moments = (int(_FIRST_FETCH.timestamp()) + seconds) * 1_000_000
    values: dict[str, Sequence[object] | pa.Array] = {
        "portal_id": [portal_of(agency) for agency in agencies],
        "url": urls,
        "fetched_at": pa.array(moments).cast(pa.timestamp("us", tz="UTC")),
        "sha256": table["sha256"].combine_chunks(),
        "lead_title": table["title"].combine_chunks(),
        "lead_published_on": table["published_on"].combine_chunks(),
    }
    same = {
        "run_id": "2026-01-10", "purpose": "report", "outcome": "fetched", "duration_ms": 120,
        "status": 200, "size": 65_536, "media_type": "text/html", "message": "",
        "lead_report_year": columns.year,
    }  # fmt: skip
    arrays = [
        pa.array(values[field.name], field.type)
        if field.name in values
        else pa.array([same.get(field.name)] * len(table), field.type)
        for field in schema
    ]
    return pa.table(arrays, schema=schema)


def _url(agency: int, year: int) -> str:
    return f"https://site{agency % PORTALS:03d}.example.gov.cn/art/{year + 1}/1/20/art_{agency}_{year}.html"
