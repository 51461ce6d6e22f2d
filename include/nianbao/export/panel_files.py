"""The panel in its formats: Stata, Parquet, CSV, with its code book."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from duckdb import DuckDBPyConnection

from nianbao.export.catalog import Relation
from nianbao.export.csv_files import write_csv
from nianbao.export.package import Written
from nianbao.export.panel import make_panel, panel_relation
from nianbao.export.parquet import write_single
from nianbao.export.source import Published
from nianbao.export.staged import Rows
from nianbao.export.stata import CODEBOOK, codebook, english_labels, write_stata


def write_panel(
    con: DuckDBPyConnection,
    catalog: Mapping[str, Relation],
    where: str,
    source: Published,
    folder: Path,
) -> Iterator[Written]:
    """Write the panel of the reports that meet `where`; yield what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    variables = make_panel(con, catalog, where)
    relation = panel_relation(con, variables)
    rows = Rows(relation, relation.name)
    stata = write_stata(con, variables, source, folder)
    yield Written("panel", "dta", tuple(stata), description=relation.comment)
    write_single(con, rows, folder / "panel.parquet", source.marks)
    yield Written("panel", "parquet", (folder / "panel.parquet",), relation)
    write_csv(con, rows, folder / "panel.csv")
    yield Written("panel", "csv", (folder / "panel.csv",), relation)
    path = folder / "panel_codebook.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([CODEBOOK, *codebook(variables)])
    yield Written("panel-codebook", "csv", (path,), description="What each column of the panel is")
    (folder / "panel_labels_en.do").write_text(english_labels(variables), "utf-8")
    yield Written("panel-labels-en", "do", (folder / "panel_labels_en.do",))
