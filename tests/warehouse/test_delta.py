"""What a version changed against the one before it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from nianbao.model import Report, Section
from nianbao.warehouse.publish import publish
from nianbao.warehouse.versions import Version, load_versions
from support.world import World, report

NOW = datetime(2026, 2, 1, tzinfo=UTC)


class Releases:
    """A world whose warehouse is published again and again."""

    def __init__(self, folder: Path) -> None:
        self.world, self.root = World(folder), folder / "root"

    def publish(self) -> Version:
        """Publish the world as it is now."""
        number = len(load_versions(self.root)) + 1
        staging = self.root / "staging" / str(number)
        self.world.build(f"root/staging/{number}/nianbao.duckdb")
        return publish(self.root, staging, str(number), NOW + timedelta(hours=number))

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Return the rows of the current version's delta."""
        return pq.read_table(self.root / "current" / "delta" / f"{name}.parquet").to_pylist()

    def spoil(self, sql: str) -> None:
        """Change the published file."""
        with duckdb.connect(str((self.root / "nianbao.duckdb").resolve())) as con:
            con.execute(sql)


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    """A first version with one report."""
    releases = Releases(tmp_path)
    releases.world.serve("http://x/1", "one", report("甲局"))
    releases.publish()
    return releases


def changed(report: Report) -> Report:
    [cell] = report.cells
    return replace(report, cells=(replace(cell, raw="8", value=8),))


def test_in_the_first_version_everything_is_added_and_only_counted(releases: Releases) -> None:
    [first] = load_versions(releases.root)
    assert first.delta["against"] is None
    assert (first.delta["reports"]["added"], first.delta["cells"]["added"]) == (1, 1)
    assert not (releases.root / "current" / "delta").exists()


def test_a_report_that_is_new_is_added_with_its_cells(releases: Releases) -> None:
    releases.world.serve("http://x/2", "two", report("乙局"))
    delta = releases.publish().delta
    assert delta["against"] == load_versions(releases.root)[0].id
    assert delta["reports"] == delta["cells"] == {"added": 1, "changed": 0, "removed": 0}
    [row] = releases.rows("reports")
    assert (row["change"], row["organisation"], row["cells_added"]) == ("added", "乙局", 1)


def test_a_revised_document_is_a_change_with_old_and_new_values(releases: Releases) -> None:
    new = releases.world.serve("http://x/1", "one revised", changed(report("甲局")))
    assert releases.publish().delta["reports"] == {"added": 0, "changed": 1, "removed": 0}
    [row] = releases.rows("reports")
    assert (row["change"], row["revised"], row["new_sha256"]) == ("changed", True, new)
    [cell] = releases.rows("cells")
    found = (cell["change"], cell["code"], cell["old_raw"], cell["new_raw"], int(cell["new_value"]))
    assert found == ("changed", "applications.received.total", "3", "8", 8)


def test_other_cells_of_the_same_document_are_a_change_too(releases: Releases) -> None:
    releases.world.serve("http://x/1", "one", changed(report("甲局")))
    releases.publish()
    [row] = releases.rows("reports")
    assert (row["change"], row["revised"], row["cells_changed"]) == ("changed", False, 1)


def test_a_report_that_is_gone_is_removed_with_its_values(releases: Releases) -> None:
    releases.world.readings.clear()
    assert releases.publish().delta["reports"] == {"added": 0, "changed": 0, "removed": 1}
    [cell] = releases.rows("cells")
    assert (cell["change"], cell["old_raw"], cell["new_raw"]) == ("removed", "3", None)


def test_what_else_changed_is_told_by_the_tables(releases: Releases) -> None:
    section = Section(1, "overall", "一、总体情况", "全文", "p1")
    releases.world.serve("http://x/1", "one", report("甲局", sections=(section,)))
    delta = releases.publish().delta
    assert delta["reports"] == delta["cells"] == {"added": 0, "changed": 0, "removed": 0}
    assert delta["tables"] == ["stored_sections"]


def test_a_damaged_version_before_stops_nothing(releases: Releases) -> None:
    (releases.root / "nianbao.duckdb").resolve().write_bytes(b"no database")
    assert "can't be opened" in releases.publish().delta["not_compared"]


def test_a_version_before_with_another_schema_is_not_compared(releases: Releases) -> None:
    releases.spoil("DROP VIEW reports CASCADE")
    assert "another schema" in releases.publish().delta["not_compared"]


def test_a_column_that_the_version_before_has_not_is_left_out(releases: Releases) -> None:
    releases.spoil(
        "CREATE TABLE kept AS SELECT * EXCLUDE (note) FROM report_cells;"
        "DROP VIEW report_cells; CREATE VIEW report_cells AS FROM kept;"
    )
    releases.world.serve("http://x/2", "two", report("乙局"))
    delta = releases.publish().delta
    assert (delta["not_compared"], delta["cells"]["changed"]) == (None, 0)
    assert "old_note" not in releases.rows("cells")[0]
