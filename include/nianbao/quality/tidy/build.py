"""Makes the tidy tables in a connection: the reports, and views over the wide table of each form.

The numbers are read where the warehouse keeps them column by column (`form_values_…`), so a rule reads
the columns that it names. A report goes by the number of its current version here (`report`), since a
join over a dense integer costs a tenth of one over report ids. The wide tables hold superseded
versions too; whatever is found of these is dropped when results are joined to `checked_reports`.
"""

from collections.abc import Iterator
from importlib.resources import files

import duckdb
import pyarrow as pa

from nianbao.forms import Form, load_forms
from nianbao.quality.identities import ROW_RULES, identities
from nianbao.quality.labels import cell_labels, subject_labels
from nianbao.quality.tidy.headlines import headlines_view
from nianbao.quality.tidy.texts import create_texts
from nianbao.quality.tidy.views import form_views
from nianbao.quality.tidy.wide import Wide

_FOLDER = files("nianbao.quality")

DRAFTS = pa.schema(
    {
        "report_id": pa.string(),
        "code": pa.string(),
        "value": pa.decimal128(18, 4),
        "raw": pa.string(),
        "source": pa.string(),
    }
)
"""What a draft says, cell by cell: drafts never enter the warehouse, so they are handed in."""


def create_tidy(con: duckdb.DuckDBPyConnection, drafts: pa.Table | None = None) -> None:
    """Create every tidy table and view over an open warehouse, and the macros they need."""
    con.execute((_FOLDER / "macros.sql").read_text("utf-8"))
    _register(con, drafts)
    con.execute((_FOLDER / "tidy" / "reports.sql").read_text("utf-8"))
    wides = [Wide(form) for form in load_forms().values()]
    for statement in (*form_views(wides), headlines_view(wides)):
        con.execute(statement)
    con.execute((_FOLDER / "tidy" / "derived.sql").read_text("utf-8"))
    create_texts(con)


def _register(con: duckdb.DuckDBPyConnection, drafts: pa.Table | None) -> None:
    tables = {
        "asked_cells": pa.Table.from_pylist(list(_form_cells())),
        "identity_cells": pa.Table.from_pylist(list(_identity_cells())),
        "row_cells": pa.Table.from_pylist(list(_row_cells())),
        "cell_labels": pa.Table.from_pylist(list(cell_labels())),
        "subject_labels": pa.Table.from_pylist(list(subject_labels())),
        "draft_cells": DRAFTS.empty_table() if drafts is None else drafts,
    }
    for name, table in tables.items():
        con.register("arriving", table)
        con.execute(f"CREATE TEMP TABLE {name} AS FROM arriving")
        con.unregister("arriving")


def _form_cells() -> Iterator[dict[str, object]]:
    for form in load_forms().values():
        yield from _cells_of(form)


def _cells_of(form: Form) -> Iterator[dict[str, object]]:
    for place, cell in enumerate(form.cells.values(), 1):
        yield {
            "form": form.name,
            "code": cell.code,
            "place": place,
            "table_code": cell.table,
            "value_type": cell.value_type,
            "unit": cell.unit,
            "optional": cell.optional,
        }


def _identity_cells() -> Iterator[dict[str, object]]:
    for one in identities():
        names = {"form": one.form, "rule_id": one.rule_id, "subject": one.subject}
        for rank, (code, sign) in enumerate(one.cells, 1):
            yield {**names, "rank": rank, "code": code, "sign": sign}


def _row_cells() -> Iterator[dict[str, object]]:
    """Yield the cells of every row that has a total, in printed order: the total stands last."""
    for one in identities():
        if one.rule_id in ROW_RULES:
            total, *parts = (code for code, _ in one.cells)
            names = {"form": one.form, "rule_id": one.rule_id, "subject": one.subject}
            for rank, code in enumerate((*parts, total), 1):
                row = code.rpartition(".")[0]
                yield {**names, "row_code": row, "rank": rank, "code": code}
