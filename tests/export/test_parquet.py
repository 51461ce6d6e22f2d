"""Parquet: every public table, by year, with what each column means."""

from pathlib import Path

import duckdb
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from nianbao.export.declared import load_declared
from nianbao.export.source import Published
from support.export_world import APPLICANT, HOME, IDENTITY, MOBILE, VERSION

WITH_YEARS = ["reports", "report_cells", "applications_yearly", "check_counts", "report_sections"]


def rows(source: Published, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(source.path), read_only=True) as con:
        return con.execute(query).fetchall()


@pytest.mark.parametrize("name", WITH_YEARS)
def test_every_row_arrives_in_the_folder_of_its_year(
    exported: Path, source: Published, name: str
) -> None:
    [expected] = rows(source, f"SELECT count(*) FROM {name}")
    files = ds.dataset(exported / "parquet" / name, partitioning="hive")
    assert files.count_rows() == expected[0]
    years = {path.parent.name for path in (exported / "parquet" / name).rglob("*.parquet")}
    assert years == {f"report_year={year}" for year in (2019, 2020, 2021, 2022)}


def test_values_arrive_as_they_are(exported: Path, source: Published) -> None:
    query = "SELECT report_id, code, kind, value FROM {} ORDER BY ALL"
    files = f"read_parquet('{exported}/parquet/report_cells/*/*.parquet')"
    with duckdb.connect() as con:
        assert con.execute(query.format(files)).fetchall() == rows(
            source, query.format("report_cells")
        )


def test_every_table_and_view_is_there_but_those_left_out(
    exported: Path, source: Published
) -> None:
    names = {
        str(name)
        for (name,) in rows(
            source,
            "SELECT table_name FROM duckdb_tables() UNION ALL "
            "SELECT view_name FROM duckdb_views() WHERE NOT internal",
        )
    }
    found = {path.stem for path in (exported / "parquet").iterdir()}
    assert found == {name for name in names if not load_declared().reason_to_leave(name)}


def test_a_column_tells_what_it_means(exported: Path) -> None:
    path = exported / "parquet" / "cell_dictionary.parquet"
    assert pq.read_schema(path).field("code").metadata == {b"comment": b"Cell code"}
    panel = pq.read_schema(exported / "panel" / "panel.parquet")
    assert panel.field("app_recv_np").metadata[b"unit"].decode() == "件"


def test_a_file_tells_its_version(exported: Path) -> None:
    path = exported / "parquet" / "cell_dictionary.parquet"
    assert pq.read_metadata(path).metadata[b"nianbao.version"].decode() == VERSION


def test_personal_data_is_in_no_file(exported: Path) -> None:
    names = ("report_sections", "narrative_facts", "findings", "reports")
    for name in names:
        table = ds.dataset(exported / "parquet" / name, partitioning="hive").to_table()
        text = str(table.to_pylist())
        assert MOBILE not in text
        assert IDENTITY not in text
        assert APPLICANT not in text
        assert HOME not in text


def test_an_office_telephone_stays(exported: Path) -> None:
    files = ds.dataset(exported / "parquet" / "report_sections", partitioning="hive")
    assert any("0538-7212345" in str(text) for text in files.to_table()["text"].to_pylist())


def test_a_draft_is_nowhere(exported: Path) -> None:
    for path in sorted(exported.rglob("*.parquet")):
        assert "/drafts/" not in str(pq.read_table(path, partitioning=None).to_pylist())
