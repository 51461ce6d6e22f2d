"""No view adds scopes or levels together.

Every report of the warehouse prints the same number everywhere: a power of one hundred that its scope
and level alone have. Whatever a view shows of one report is then a small multiple of one power; a sum
over two scopes or levels has digits in two places.
"""

from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest

from nianbao.quality.rule import load_rules
from nianbao.quality.run import run_checks
from support.filled import filled
from support.world import World

BODIES = (
    ("山东省人民政府", "area"),
    ("泰安市人民政府", "area"),
    ("泰安市人民政府", "own_level"),
    ("肥城市人民政府", "area"),
    ("肥城市人民政府", "own_level"),
    ("肥城市商务局", "agency"),
    ("肥城市新城街道办事处", "agency"),
)
"""Organisation and scope; the place in the list is the power of one hundred."""
YEARS = ((2018, "2014"), (2020, "2019"), (2021, "2021"), (2022, "2021"))
NO_AMOUNTS = {
    *("report_year", "first_year", "last_year"),
    *("valid_from", "valid_to", "obliged_from", "obliged_to"),
    # Numbers that stand for things inside the file, and how many cells or checks there are.
    *("version", "cell", "place", "subjects", "cells", "cells_printed"),
    *("passed", "failed", "not_assessable"),
}
"""Columns whose numbers no report prints."""
SUM_ON_PURPOSE = ("area_total", "expected")
"""The one number that is such a sum, by the rule that it belongs to and its column.

A report on an area covers every body of the territory by law, so the rule holds it against what the
bodies seen come to: the sum is the question itself. It is no figure for a series: it stands in a failed
check that names the rule and says how many bodies were seen, and nowhere else. What the area prints
(`observed`) is held to the same as everything else.
"""
NUMBERS_AS_TEXT = {"raw", "expected", "observed", "printed", "mended"}
NOT_OF_REPORTS = {"divisions", "division_years", "deadlines", "fetches", "documents"}
"""Tables whose numbers come from no report."""


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    world = World(tmp_path_factory.mktemp("scopes"))
    for power, (organisation, scope) in enumerate(BODIES):
        for year, form in YEARS:
            report = filled(organisation, year, form, {}, scope=scope, rest=100**power)
            world.serve(f"http://x/{power}/{year}", f"{power} {year}", report)
    path = world.build()
    run_checks(path, load_rules())
    with duckdb.connect(str(path)) as con:
        yield con


def places(number: Decimal | float) -> int:
    """Return in how many places, by powers of one hundred, a number has digits."""
    whole = abs(int(number))
    found = 0
    while whole:
        whole, digits = divmod(whole, 100)
        found += digits > 0
    return found


def mixed(con: duckdb.DuckDBPyConnection, view: str) -> set[str]:
    """Return the columns of a view that show a number of several scopes or levels."""
    cursor = con.execute(f"FROM {view}")
    names = [column[0] for column in cursor.description]
    rows = (dict(zip(names, row, strict=True)) for row in cursor.fetchall())
    return {
        name
        for row in rows
        for name, value in row.items()
        if name not in NO_AMOUNTS
        and (row.get("rule_id"), name) != SUM_ON_PURPOSE
        and any(places(number) > 1 for number in numbers(name, value))
    }


def numbers(column: str, value: object) -> Iterator[Decimal | float]:
    """Yield the numbers in a value, also in lists, and in text where the column holds numbers as text."""
    if isinstance(value, int | float | Decimal):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from numbers(column, item)
    elif column in NUMBERS_AS_TEXT and str(value).isdecimal():
        yield Decimal(str(value))


def relations(con: duckdb.DuckDBPyConnection) -> list[str]:
    found = con.execute(
        "SELECT view_name FROM duckdb_views() WHERE NOT internal "
        "UNION SELECT table_name FROM duckdb_tables() WHERE NOT internal ORDER BY 1"
    ).fetchall()
    return [name for (name,) in found if name not in NOT_OF_REPORTS]


def test_no_view_shows_a_number_of_several_scopes_or_levels(warehouse) -> None:
    found = {view: mixed(warehouse, view) for view in relations(warehouse)}
    assert {view: columns for view, columns in found.items() if columns} == {}


@pytest.mark.parametrize("apart", ["scope", "organisation"])
def test_such_a_sum_would_show(warehouse, apart: str) -> None:
    warehouse.execute(
        "CREATE OR REPLACE TEMP VIEW wrong AS SELECT report_year, sum(received) AS received "
        f"FROM applications_yearly WHERE {apart} IN (SELECT {apart} FROM reports "
        f"GROUP BY ALL ORDER BY {apart} LIMIT 2) GROUP BY report_year"
    )
    assert mixed(warehouse, "wrong") == {"received"}


def test_every_scope_and_level_is_there_to_be_mixed(warehouse) -> None:
    found = warehouse.execute(
        "SELECT organisation, scope, received FROM applications_yearly WHERE report_year = 2021"
    ).fetchall()
    assert sorted(found) == sorted((*body, 100**power) for power, body in enumerate(BODIES))
    levels = warehouse.execute("SELECT DISTINCT level FROM organisations ORDER BY 1").fetchall()
    assert [level for (level,) in levels] == ["county", "prefecture", "province", "township"]


def test_a_county_is_its_governments_report_on_the_area(warehouse) -> None:
    found = warehouse.execute(
        "SELECT county, scope_used, received, government_reports FROM county_yearly "
        "WHERE report_year = 2021"
    ).fetchall()
    assert found == [("肥城市", "area", 100**3, 2)]
