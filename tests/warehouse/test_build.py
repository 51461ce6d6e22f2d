"""From documents and the fetch log to reports, with nothing dropped on the way."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from nianbao.errors import ReadError
from nianbao.forms import load_forms
from nianbao.model import Agency, Finding, Portal, report_id_for
from nianbao.reports.parsed import Reading
from nianbao.warehouse.schema import create_tables
from nianbao.warehouse.tables import metadata
from support.views import VIEWS
from support.world import World, report

Query = Callable[[Path, str], list[tuple[object, ...]]]
# The promise of docs/design.md.


def test_a_report_arrives_with_its_cells_and_source(world: World, query: Query) -> None:
    world.serve("http://x/1", "one", report())
    path = world.build()
    assert query(path, "SELECT organisation, report_year, source_url FROM reports") == [
        ("某局", 2021, "http://x/1")
    ]
    assert query(path, "SELECT code, raw, kind, value FROM report_cells") == [
        ("applications.received.total", "3", "number", 3)
    ]


def test_a_cell_arrives_with_its_evidence(world: World, query: Query) -> None:
    evidence = {"label": "一、新收", "heading": "总计", "where": "body > td:nth-child(2)"}
    [cell] = report().cells
    world.serve("http://x/1", "one", report(cells=(replace(cell, **evidence),)))
    columns = "SELECT label, heading, source_place FROM report_cells"
    assert query(world.build(), columns) == [tuple(evidence.values())]


@pytest.mark.parametrize("view", VIEWS)
def test_every_promised_view_is_there_and_documented(world: World, query: Query, view: str) -> None:
    path = world.build()
    query(path, f"SELECT * FROM {view}")
    found = query(
        path,
        f"SELECT comment FROM duckdb_tables() WHERE table_name = '{view}' UNION ALL "
        f"SELECT comment FROM duckdb_views() WHERE view_name = '{view}'",
    )
    assert all(comment for (comment,) in found)


def test_an_empty_archive_makes_an_empty_warehouse(world: World, query: Query) -> None:
    assert query(world.build(), "SELECT count(*) FROM reports") == [(0,)]


def test_a_changed_page_is_a_new_version_and_the_old_one_stays(world: World, query: Query) -> None:
    world.serve("http://x/1", "old", report())
    new = world.serve("http://x/1", "new", report())
    path = world.build()
    assert query(path, "SELECT sha256 FROM reports") == [(new,)]
    assert query(path, "SELECT count(*) FROM report_versions") == [(2,)]
    assert query(path, "SELECT * FROM findings WHERE code = 'several_documents'") == []


def test_a_page_that_went_back_is_current_again(world: World, query: Query) -> None:
    old = world.serve("http://x/1", "old", report())
    world.serve("http://x/1", "new", report())
    world.serve("http://x/1", "old", report())
    assert query(world.build(), "SELECT sha256 FROM reports") == [(old,)]


def test_two_addresses_with_other_bytes_are_noticed(world: World, query: Query) -> None:
    world.serve("http://x/1", "one", replace(report(), published_on="2022-01-20"))
    world.serve("http://x/2", "two", replace(report(), published_on="2022-01-10"))
    path = world.build()
    assert query(path, "SELECT source_url FROM reports") == [("http://x/1",)]
    assert query(path, "SELECT code FROM version_findings") == [("several_documents",)]


def test_the_order_of_the_requests_does_not_choose_the_version(
    tmp_path: Path, query: Query
) -> None:
    chosen = set()
    for urls in (("http://x/1", "http://x/2"), ("http://x/2", "http://x/1")):
        folder = tmp_path / urls[0][-1]
        folder.mkdir()
        world = World(folder)
        for url in urls:
            world.serve(url, url, report())
        chosen.update(query(world.build(), "SELECT source_url FROM reports"))
    assert chosen == {("http://x/1",)}


def test_the_same_bytes_under_two_addresses_are_one_version(world: World, query: Query) -> None:
    world.serve("http://x/1", "same", report())
    world.serve("/inbox/same.txt", "same", report(), portal="p/inbox")
    path = world.build()
    assert query(path, "SELECT portal_id FROM report_versions") == [("p/site",)]


def test_what_cannot_be_read_is_quarantined_with_the_reason(world: World, query: Query) -> None:
    sha256 = world.serve("http://x/1", "bad")
    world.readings[sha256] = Reading(sha256, found=(ReadError("not_a_report", "no table"),))
    path = world.build()
    assert query(path, "SELECT sha256, code, message, source_url FROM quarantine") == [
        (sha256, "not_a_report", "no table", "http://x/1")
    ]


def test_a_document_that_waited_for_a_converter_is_what_it_was_read_as_later(
    world: World, query: Query
) -> None:
    sha256 = world.serve("https://a/1", "scan", report())
    missing = ReadError("converter_missing", "not installed")
    world.other_part = [Reading(sha256, found=(missing,)), Reading(sha256, found=(missing,))]
    path = world.build()
    assert query(path, "SELECT count(*) FROM report_versions") == [(1,)]
    assert query(path, "SELECT count(*) FROM quarantine") == [(0,)]


def test_a_report_without_a_year_is_quarantined(world: World, query: Query) -> None:
    world.serve("http://x/1", "one", replace(report(), report_year=None))
    path = world.build()
    assert query(path, "SELECT code, ordinal FROM quarantine") == [("identity_unknown", 1)]


def test_drafts_never_enter(world: World, query: Query) -> None:
    world.serve("/drafts/1.txt", "draft", report(), portal="p/drafts")
    path = world.build()
    assert query(path, "SELECT count(*) FROM report_versions") == [(0,)]
    assert query(path, "SELECT count(*) FROM documents") == [(0,)]


def test_a_registered_name_or_alias_has_the_registered_id(world: World, query: Query) -> None:
    agency = Agency(id="cn-1", name="某市商务局", aliases=("某局",))
    world.portals = [Portal(id="p/site", name="s", family="hanweb", agencies=(agency,))]
    world.serve("http://x/1", "one", report("某 局"))
    path = world.build()
    expected = report_id_for("cn-1", 2021, "agency")
    assert query(path, "SELECT report_id, org_id, organisation FROM reports") == [
        (expected, "cn-1", "某市商务局")
    ]


def test_a_report_that_names_nobody_is_the_agency_of_its_list(world: World, query: Query) -> None:
    agency = Agency(id="cn-1", name="某市商务局")
    world.portals = [Portal(id="p/site", name="s", family="hanweb", agencies=(agency,))]
    world.serve("http://x/1", "one", report(""), lead_agency="cn-1")
    assert query(world.build(), "SELECT org_id FROM reports") == [("cn-1",)]


def test_a_list_that_disagrees_with_the_page_is_noticed(world: World, query: Query) -> None:
    world.serve("http://x/1", "one", report(), lead_report_year=2020)
    path = world.build()
    assert query(path, "SELECT report_year FROM reports") == [(2021,)]
    assert query(path, "SELECT code FROM findings") == [("list_disagrees",)]


def test_findings_of_the_reader_are_kept(world: World, query: Query) -> None:
    world.serve("http://x/1", "one", report(findings=(Finding("unknown_label", "warning", "m"),)))
    assert query(world.build(), "SELECT code, severity FROM findings") == [
        ("unknown_label", "warning")
    ]


def test_the_dictionary_covers_every_form(world: World, query: Query) -> None:
    codes = {(code, form.name) for form in load_forms().values() for code in form.cells}
    assert set(query(world.build(), "SELECT code, form FROM cell_dictionary")) == codes


def test_applications_are_null_where_a_number_needed_is_not_printed(
    world: World, query: Query
) -> None:
    world.serve("http://x/1", "one", report())
    assert query(world.build(), "SELECT received, refused FROM applications_yearly") == [(3, None)]


def test_every_declared_table_and_column_has_a_comment() -> None:
    assert all(table.comment for table in metadata.tables.values())
    assert all(column.comment for table in metadata.tables.values() for column in table.columns)


def test_the_tables_of_the_file_are_the_declared_ones() -> None:
    with duckdb.connect() as con:
        create_tables(con)
        found = {name for (name,) in con.execute("SHOW TABLES").fetchall()}
    assert found == set(metadata.tables)


def test_a_page_that_was_taken_down_gives_way_to_another(world: World, query: Query) -> None:
    world.serve("http://x/1", "one", report())
    world.gone("http://x/1")
    world.serve("http://x/9", "nine", report())
    path = world.build()
    assert query(path, "SELECT source_url FROM reports") == [("http://x/9",)]
    assert query(path, "SELECT is_live FROM report_versions ORDER BY source_url") == [
        (False,),
        (True,),
    ]


def test_a_page_that_was_taken_down_with_nothing_in_its_place_stays(
    world: World, query: Query
) -> None:
    world.serve("http://x/1", "one", report())
    world.gone("http://x/1")
    assert query(
        world.build(),
        "SELECT source_url, is_live FROM reports JOIN report_versions "
        "USING (report_id, source_url)",
    ) == [("http://x/1", False)]
