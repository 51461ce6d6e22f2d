"""Which document of a report counts, and what each changed: worked examples."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from nianbao.model import Cell
from support.world import World, report

Query = Callable[[Path, str], list[tuple[object, ...]]]
VERSIONS = (
    "SELECT source_url, is_live, is_current, superseded_by IS NULL AS counts FROM report_versions "
    "ORDER BY first_seen_at, source_url"
)
CHANGES = "SELECT code, old_raw, new_raw, old_value, new_value FROM report_changes ORDER BY ALL"


def received(raw: str) -> Cell:
    return Cell("applications.received.total", raw, "number", Decimal(raw), "t1.r1.c8")


def carried(raw: str) -> Cell:
    return Cell("applications.carried_in.total", raw, "number", Decimal(raw), "t1.r2.c8")


@pytest.fixture
def revised(world: World) -> World:
    """A page that was served with other figures later: one changed, one new, one gone."""
    gone = replace(received("1"), code="applications.granted.total")
    world.serve("http://x/1", "old", report(cells=(received("3"), gone)))
    world.serve("http://x/1", "new", report(cells=(received("5"), carried("0"))))
    return world


def test_a_revision_under_the_old_address_counts_and_the_old_one_stays(
    revised: World, query: Query
) -> None:
    assert query(revised.build(), VERSIONS) == [
        ("http://x/1", False, False, False),
        ("http://x/1", True, True, True),
    ]


def test_what_a_revision_changed_is_told_cell_by_cell(revised: World, query: Query) -> None:
    assert query(revised.build(), CHANGES) == [
        ("applications.carried_in.total", None, "0", None, 0),
        ("applications.granted.total", "1", None, 1, None),
        ("applications.received.total", "3", "5", 3, 5),
    ]


def test_another_print_of_the_same_number_is_a_change(world: World, query: Query) -> None:
    world.serve("http://x/1", "old", report(cells=(received("3"),)))
    world.serve("http://x/1", "new", report(cells=(replace(received("3"), raw="３"),)))
    assert query(world.build(), CHANGES) == [("applications.received.total", "3", "３", 3, 3)]


def test_duplicates_under_two_addresses_change_nothing_and_one_counts(
    world: World, query: Query
) -> None:
    world.serve("http://x/2", "second", report(cells=(received("3"),)))
    world.serve("http://x/1", "first", report(cells=(received("3"),)))
    path = world.build()
    assert query(path, VERSIONS) == [
        ("http://x/2", True, False, False),
        ("http://x/1", True, True, True),
    ]
    assert query(path, CHANGES) == []


def test_a_late_report_is_the_only_version_of_its_year(world: World, query: Query) -> None:
    world.serve("http://x/1", "one", report())
    world.serve("http://x/2", "two", replace(report(year=2020), published_on="2026-01-19"))
    path = world.build()
    years = "SELECT report_year, is_current FROM report_versions ORDER BY ALL"
    assert query(path, years) == [(2020, True), (2021, True)]
    assert query(path, CHANGES) == []


def test_a_document_is_seen_from_its_first_address_to_its_last(world: World, query: Query) -> None:
    world.serve("http://x/9", "same", report())
    world.serve("http://x/1", "same", report())
    span = "SELECT source_url, last_seen_at - first_seen_at = INTERVAL 1 HOUR FROM report_versions"
    assert query(world.build(), span) == [("http://x/1", True)]


def test_versions_are_numbered_by_what_they_are(tmp_path: Path, query: Query) -> None:
    found = set()
    for order in ((1, 2, 3), (3, 1, 2)):
        folder = tmp_path / str(order[0])
        folder.mkdir()
        world = World(folder)
        for number in order:
            world.serve(f"http://x/{number}", f"{number}", report(f"第{number}局"))
        rows = query(world.build(), "SELECT version, report_id FROM report_versions ORDER BY ALL")
        found.add(tuple(rows))
    assert len(found) == 1


def test_the_wide_view_of_a_form_has_the_current_numbers(revised: World, query: Query) -> None:
    columns = "organisation, applications_received_total, applications_carried_in_total"
    assert query(revised.build(), f"SELECT {columns} FROM wide_2021") == [("某局", 5, 0)]
