"""What was handed in for checking before publication is nowhere in what is published."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from nianbao.model import Cell, Fact, Finding, Section
from support.installation import Installation, installed, reports

MARK = "草稿密"
"""Stands in every text of the draft."""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Two versions, with a draft that was there before both and revised between them."""
    installation = installed(tmp_path_factory.mktemp("drafts") / "home")
    record = installation.settings.portals_dir / "p" / "drafts.yaml"
    agency = f"agencies: [{{id: cn-9, name: {MARK}局}}]\n"
    record.write_text(record.read_text("utf-8").replace("drafts draft", MARK) + agency, "utf-8")
    for number in (1, 2):
        [draft] = reports(number)
        secret = replace(
            draft,
            organisation=f"{MARK}局",
            title=MARK,
            cells=(Cell("applications.received.total", f"{number}{MARK}", "text", None, "t1"),),
            sections=(Section(1, "overall", MARK, MARK, "p1"),),
            narrative=(Fact("staff", None, None, MARK, "p1"),),
            findings=(Finding("unknown_label", "warning", MARK),),
        )
        installation.harvest([secret], portal="p/drafts", url=f"/{MARK}/1.txt")
        installation.harvest(reports(number))
        installation.publish()
    return installation


def texts(root: Path) -> Iterator[tuple[str, str]]:
    """Yield everything that a version's tables and files hold, as text."""
    for path in sorted(root.rglob("*")):
        if path.suffix == ".duckdb" and not path.is_symlink():
            with duckdb.connect(str(path), read_only=True) as con:
                for (table,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall():
                    yield f"{path} {table}", str(con.execute(f"FROM {table}").fetchall())
        elif path.suffix == ".parquet":
            yield str(path), str(duckdb.read_parquet(str(path)).fetchall())
        elif path.suffix == ".json":
            yield str(path), path.read_text("utf-8")


def test_nothing_of_a_draft_is_in_a_table_a_delta_or_a_file(published: Installation) -> None:
    kept = [(name, text) for name, text in texts(published.root) if "/." not in name]
    assert [name for name, text in kept if MARK in text] == []
    assert any("第2号" in text for name, text in kept if "delta" in name)


def test_not_even_the_portal_is_named(published: Installation) -> None:
    assert published.query("SELECT portal_id FROM portals") == [("p/site",)]
    assert published.query("SELECT DISTINCT portal_id FROM fetches") == [("p/site",)]


def test_no_byte_of_a_draft_is_in_what_is_published(published: Installation) -> None:
    files = [path for path in (published.root / "versions").rglob("*") if path.is_file()]
    assert [path for path in files if MARK.encode() in path.read_bytes()] == []
    assert files


def test_the_record_of_a_draft_is_kept_for_the_harvester_alone(published: Installation) -> None:
    kept = published.root / ".draft_portals.json"
    assert (MARK in kept.read_text("utf-8"), kept.stat().st_mode & 0o077) == (True, 0)
