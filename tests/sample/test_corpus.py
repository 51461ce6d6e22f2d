"""A corpus that weighs what real pages weigh: every form, layouts shared by publishers, revisions."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from nianbao.archive.log import LOG_SCHEMA
from nianbao.reports.parsed import PARSED_SCHEMA
from nianbao.sample.corpus import YEARS, Schemas, write_corpus

AGENCIES = 300


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, pa.Table]:
    folder: Path = tmp_path_factory.mktemp("corpus")
    schemas = Schemas(PARSED_SCHEMA, LOG_SCHEMA)
    _, log = write_corpus(folder, AGENCIES * len(YEARS), schemas, signatures=True)
    return str(folder / "*.parquet"), log


def asked(corpus: tuple[str, pa.Table], query: str) -> list[tuple[object, ...]]:
    with duckdb.connect() as con:
        con.read_parquet(corpus[0]).create_view("parsed")
        con.register("log", corpus[1])
        return con.execute(query).fetchall()


def test_every_agency_reports_in_every_year_on_the_form_of_the_year(corpus) -> None:
    query = (
        "SELECT form, count(DISTINCT (organisation, report_year)) FROM parsed GROUP BY 1 ORDER BY 1"
    )
    assert asked(corpus, query) == [
        ("2014", 3 * AGENCIES), ("2019", 2 * AGENCIES), ("2021", 3 * AGENCIES),
    ]  # fmt: skip


def test_every_document_has_one_request_and_some_addresses_served_two(corpus) -> None:
    query = (
        "SELECT count(*) FROM parsed p FULL JOIN log l USING (sha256) "
        "WHERE p.form IS NULL OR l.url IS NULL"
    )
    assert asked(corpus, query) == [(0,)]
    twice = (
        "SELECT count(*) FROM (SELECT url FROM log GROUP BY url HAVING count(DISTINCT sha256) = 2)"
    )
    assert asked(corpus, twice)[0][0] > 5


def test_a_number_has_a_value_and_nothing_else_has(corpus) -> None:
    query = (
        "SELECT count(*) FILTER ((c.kind = 'number') <> (c.value IS NOT NULL)), "
        "count(DISTINCT c.kind), count(c.note) > 0 FROM (SELECT unnest(cells) AS c FROM parsed)"
    )
    assert asked(corpus, query) == [(0, 5, True)]


def test_texts_of_some_length_are_signed(corpus) -> None:
    query = (
        "SELECT min(len(s.signature)), count(s.signature) > 0 "
        "FROM (SELECT unnest(sections) AS s FROM parsed)"
    )
    assert asked(corpus, query) == [(128, True)]
