"""The dialect: rows that outlive their connection, and SQL that arrives as it was written."""

from pathlib import Path

import duckdb
import pytest
import sqlalchemy as sa

from nianbao.quality.expectations.dialect import read_only_url
from nianbao.quality.expectations.queries import literal_sql


@pytest.fixture
def engine(tmp_path: Path) -> sa.Engine:
    with duckdb.connect(tmp_path / "a b 数据.duckdb") as database:
        database.execute("CREATE TABLE t AS SELECT i FROM range(3000) AS r(i)")
    return sa.create_engine(read_only_url(tmp_path / "a b 数据.duckdb"))


def test_rows_are_there_after_the_connection_is_closed(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        result = connection.execute(sa.text("SELECT i FROM t ORDER BY i"))
    assert [row.i for row in result.fetchmany(2)] == [0, 1]
    assert len(result.fetchall()) == 2998


def test_the_file_is_not_written_to(engine: sa.Engine) -> None:
    with engine.connect() as connection, pytest.raises(sa.exc.DBAPIError, match="read-only"):
        connection.execute(sa.text("DELETE FROM t"))


def test_braces_colons_and_percents_reach_the_database(engine: sa.Engine) -> None:
    sql = r"SELECT '12:x' LIKE '%:x', regexp_matches('2023', '^\d{4}$'), '7'::INTEGER % 5"
    with engine.connect() as connection:
        row = connection.execute(sa.text(literal_sql(sql).format())).one()
    assert tuple(row) == (True, True, 2)
