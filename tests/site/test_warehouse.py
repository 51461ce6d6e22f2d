"""The queries run as shown on the published file, and an older file lacks things without lying."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from nianbao.errors import ConfigurationError
from nianbao.site.index import sql_page
from nianbao.site.series import SHOWN
from nianbao.site.warehouse import Warehouse, opened, query_names
from nianbao.site.words import words_of

AGENCY = "11330100commerce"


@pytest.fixture(scope="module")
def warehouse(
    warehouse_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Warehouse]:
    with opened(warehouse_file, tmp_path_factory.mktemp("scratch"), SHOWN) as found:
        yield found


@pytest.mark.parametrize("query", query_names())
def test_a_query_gives_an_analyst_what_it_gave_the_site(
    query: str, warehouse_file: Path, warehouse: Warehouse
) -> None:
    (shown,) = (one for one in sql_page(words_of("en"), AGENCY).queries if one.name == query)
    with duckdb.connect(str(warehouse_file), read_only=True) as con:
        for name, value in shown.variables:
            con.execute(f"SET VARIABLE {name} = {value}")
        direct = con.execute(shown.text).fetchall()
    rows = warehouse.rows(query, org_ids=[AGENCY], places=["000000"], measures=SHOWN)
    assert [tuple(row.values()) for row in rows] == direct


def test_what_an_older_version_lacks_is_named_and_empty(tmp_path: Path) -> None:
    file = tmp_path / "old.duckdb"
    with duckdb.connect(str(file)) as con:
        con.execute("CREATE TABLE organisations AS SELECT 'a' AS org_id, '某局' AS name")
    with opened(file, tmp_path / "scratch", SHOWN) as warehouse:
        assert "coverage" in warehouse.lacking
        assert "organisations.kind" in warehouse.lacking
        (row,) = warehouse.rows("agencies")
        assert (row["name"], row["kind"], row["years"]) == ("某局", None, 0)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "text.duckdb"
    file.write_text("no database")
    with pytest.raises(ConfigurationError, match="no warehouse"), opened(file, tmp_path, SHOWN):
        pass
