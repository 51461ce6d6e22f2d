"""The declared model: keys that hold, comments on every public column, one wide view per form."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from nianbao.forms import load_forms
from nianbao.warehouse.arrow import arrow_schema
from nianbao.warehouse.cells.numbering import form_numbers
from nianbao.warehouse.empty import empty_warehouse
from nianbao.warehouse.tables import metadata

OURS = (
    "reports", "cells", "report_cells", "report_values", "sections", "report_sections", "facts",
    "narrative_facts", "version_findings", "findings", "report_changes", "wide_2014", "wide_2019",
    "wide_2021",
)  # fmt: skip
STORED = (
    "stored_cells", "version_parts", "odd_cells", "layout_texts", "form_cells", "stored_sections",
    "stored_facts", "stored_findings",
)  # fmt: skip


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    path: Path = tmp_path_factory.mktemp("model") / "empty.duckdb"
    path.write_bytes(empty_warehouse())
    with duckdb.connect(str(path), read_only=True) as con:
        yield con


@pytest.mark.parametrize("view", OURS)
def test_every_column_of_a_public_view_has_a_comment(
    empty: duckdb.DuckDBPyConnection, view: str
) -> None:
    missing = empty.execute(
        "SELECT column_name FROM duckdb_columns() WHERE table_name = ? AND comment IS NULL", [view]
    ).fetchall()
    assert missing == []


@pytest.mark.parametrize("form", load_forms())
def test_a_form_has_a_wide_view_with_its_cells_in_order(
    empty: duckdb.DuckDBPyConnection, form: str
) -> None:
    names = [name for name, *_ in empty.execute(f"DESCRIBE wide_{form}").fetchall()]
    assert names[:5] == ["report_id", "org_id", "organisation", "report_year", "scope"]
    assert names[5:] == form_numbers()[form].columns


def test_the_comment_of_a_wide_column_is_what_the_form_prints(
    empty: duckdb.DuckDBPyConnection,
) -> None:
    comment = empty.execute(
        "SELECT comment FROM duckdb_columns() WHERE table_name = 'wide_2021' "
        "AND column_name = 'applications_carried_in_total'"
    ).fetchall()
    assert comment == [("二、上年结转政府信息公开申请数量 > 总计",)]


@pytest.mark.parametrize("table", metadata.tables)
def test_the_arrow_schema_of_a_table_is_that_of_the_file(
    empty: duckdb.DuckDBPyConnection, table: str
) -> None:
    found = empty.sql(f"FROM {table}").to_arrow_table().schema
    assert arrow_schema(metadata.tables[table]).remove_metadata().types == found.types


def test_every_reference_leads_to_a_declared_column() -> None:
    for name in STORED:
        for column in metadata.tables[name].columns:
            table, _, key = (column.info.get("references") or "").partition(".")
            assert not table or key in metadata.tables[table].columns


def test_the_file_is_of_the_oldest_format() -> None:
    # Byte 12 on: the number of the storage format; 64 is that of DuckDB 0.10 to 1.1.
    assert int.from_bytes(empty_warehouse()[12:20], "little") == 64
