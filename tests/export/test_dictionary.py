"""The data dictionary names every table, column and cell, from what the warehouse says of itself."""

import duckdb
import pytest

from nianbao.export.catalog import read_catalog
from nianbao.export.declared import load_declared
from nianbao.export.dictionary import data_dictionary, without_meaning
from nianbao.export.source import Published
from nianbao.forms import load_forms


@pytest.fixture(scope="module")
def con(source: Published) -> duckdb.DuckDBPyConnection:
    with duckdb.connect(str(source.path), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def page(con: duckdb.DuckDBPyConnection) -> str:
    return data_dictionary(con)


def test_every_public_table_and_view_has_its_columns(
    con: duckdb.DuckDBPyConnection, page: str
) -> None:
    cells = {code.replace(".", "_") for form in load_forms().values() for code in form.cells}
    for relation in read_catalog(con).values():
        if not load_declared().reason_to_leave(relation.name):
            section = page.split(f"### `{relation.name}`\n", 1)[1].split("\n### ", 1)[0]
            named = set(relation.names) - cells
            assert all(f"| `{name}` |" in section for name in named)


def test_every_cell_is_in_it_with_both_codes(page: str) -> None:
    for form in load_forms().values():
        for cell in form.cells.values():
            assert f"| `{cell.code}` | `{cell.short_code}` |" in page


def test_tables_explain_all_their_columns(con: duckdb.DuckDBPyConnection) -> None:
    tables = {name for name, relation in read_catalog(con).items() if relation.sql is None}
    assert [name for name in without_meaning(con) if name.split(".")[0] in tables] == []


def test_a_column_of_a_view_means_what_it_means_where_it_is_from() -> None:
    with duckdb.connect() as con:
        con.execute("CREATE TABLE t (a INT, b INT); CREATE TABLE u (b INT)")
        con.execute("COMMENT ON COLUMN t.a IS 'first'; COMMENT ON COLUMN t.b IS 'one'")
        con.execute("COMMENT ON COLUMN u.b IS 'another'")
        con.execute("CREATE VIEW v AS SELECT t.a, t.b, u.b AS c FROM t, u")
        con.execute("CREATE VIEW w AS FROM v")
        catalog = read_catalog(con)
    assert [column.comment for column in catalog["w"].columns] == ["first", "", ""]


def test_declared_keys_are_columns(con: duckdb.DuckDBPyConnection) -> None:
    catalog = read_catalog(con)
    for name, key in load_declared().keys.items():
        assert name not in catalog or set(key) <= set(catalog[name].names)
