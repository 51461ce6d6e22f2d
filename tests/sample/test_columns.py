"""Parsed data at scale: the schema that is asked for, and identities that hold unless broken."""

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nianbao.sample.columns import Shares, batches, write_parts

TEXT, VALUE = pa.string(), pa.decimal128(18, 4)


def list_of(**fields):
    return pa.list_(pa.struct(list(fields.items())))


SCHEMA = pa.schema(
    {
        "sha256": TEXT,
        "reader_version": TEXT,
        "ordinal": pa.int16(),
        "error_code": TEXT,
        "organisation": TEXT,
        "report_year": pa.int16(),
        "form": TEXT,
        "scope": TEXT,
        "title": TEXT,
        "published_on": TEXT,
        "sections": list_of(number=pa.int16(), code=TEXT, title=TEXT, text=TEXT, location=TEXT),
        "cells": list_of(
            code=TEXT, raw=TEXT, kind=TEXT, value=VALUE, unit=TEXT, note=TEXT, location=TEXT
        ),
        "narrative": list_of(measure=TEXT, value=VALUE, unit=TEXT, quote=TEXT, location=TEXT),
    }
)
WHOLE = Shares(broken=0.0, blanks=0.0)
ROW_SUMS = """
    SELECT count(*) FROM (
        SELECT report, string_split(cell.code, '.')[2:-2] AS row,
            sum(cell.value) FILTER (NOT ends_with(cell.code, '.total')) AS parts,
            sum(cell.value) FILTER (ends_with(cell.code, '.total')) AS total
        FROM (SELECT sha256 AS report, unnest(cells) AS cell FROM parsed)
        WHERE starts_with(cell.code, 'applications.') GROUP BY ALL)
    WHERE parts <> total"""
CARRIED = """
    WITH cells AS (
        SELECT organisation, report_year AS year, unnest(cells) AS cell FROM parsed)
    SELECT count(*), count(*) FILTER (b.cell.value <> a.cell.value)
    FROM cells a JOIN cells b ON b.organisation = a.organisation AND b.year = a.year + 1
    WHERE a.cell.code LIKE 'applications.carried_out.%'
      AND b.cell.code = replace(a.cell.code, 'carried_out', 'carried_in')"""


def made(reports, **options):
    return pa.concat_tables(batches(reports, SCHEMA, **options))


def asked(parsed, query):
    with duckdb.connect() as connection:
        connection.register("parsed", parsed)
        return connection.execute(query).fetchone()


def test_the_table_has_the_schema_and_as_many_reports_as_asked_for():
    table = made(203)
    assert table.schema == SCHEMA
    assert table.num_rows == 203
    table.validate(full=True)
    assert asked(
        table, "SELECT count(DISTINCT sha256), min(len(cells)), max(len(cells)) FROM parsed"
    ) == (203, 198, 200)


def test_rows_add_up_and_years_join_where_nothing_is_broken():
    table = made(400, shares=WHOLE)
    assert asked(table, ROW_SUMS) == (0,)
    assert asked(table, CARRIED) == (100 * 3 * 7, 0)


def test_the_share_of_broken_reports_breaks_that_many_rows():
    (broken,) = asked(made(400, shares=Shares(broken=0.25, blanks=0.0)), ROW_SUMS)
    assert 60 < broken < 140


def test_blanks_are_empty_without_a_value_and_never_zero():
    table = made(400, shares=Shares(broken=0.0, blanks=0.5))
    kinds = "SELECT count(*) FROM (SELECT unnest(cells) AS cell FROM parsed) WHERE "
    assert asked(table, kinds + "cell.kind = 'blank'")[0] > 10_000
    assert asked(
        table, kinds + "(cell.kind = 'blank') <> (cell.value IS NULL AND cell.raw = '')"
    ) == (0,)
    assert asked(
        table, kinds + "cell.kind = 'number' AND cell.value <> cell.raw::DECIMAL(18, 4)"
    ) == (0,)


@pytest.mark.parametrize("reports", [1, 2, 7])
def test_any_number_of_reports_can_be_made(reports):
    assert made(reports).num_rows == reports


def test_parts_are_written_in_pieces_with_agencies_of_their_own(tmp_path):
    paths = write_parts(tmp_path, 250, SCHEMA, part_rows=100)
    assert [path.name for path in paths] == [f"part-{n:05d}.parquet" for n in range(3)]
    parsed = pa.concat_tables(pq.read_table(path) for path in paths)
    query = "SELECT count(*), count(DISTINCT sha256), count(DISTINCT organisation) FROM parsed"
    assert asked(parsed, query) == (250, 250, 63)


def test_the_same_seed_gives_the_same_data():
    assert made(50, seed=4).equals(made(50, seed=4))
    assert not made(50, seed=4).equals(made(50, seed=5))
