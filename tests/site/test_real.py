"""The site of a warehouse built for real: what it gives is all that the site reads."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest
from selectolax.lexbor import LexborHTMLParser

from nianbao.errors import ConfigurationError
from nianbao.pipeline import site
from nianbao.settings import Settings
from nianbao.warehouse.versions import WAREHOUSE_FILE, Listing, Version, save_listing, switch
from support.export_world import MOBILE, VERSION, published


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An installation with one published version."""
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    file = published(tmp_path_factory.mktemp("world")).path
    folder = settings.warehouse_root / "versions" / VERSION
    folder.mkdir(parents=True)
    shutil.copy(file, folder / WAREHOUSE_FILE)
    version = Version(VERSION, "0a1b2c3d" * 8, "", "2026-03-01", {})
    save_listing(settings.warehouse_root, Listing((version,)))
    switch(settings.warehouse_root, VERSION)
    return settings


@pytest.fixture(scope="module")
def made(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("made") / "site"
    site.report(settings, out, as_zip=True, archive="https://archive.example/nianbao")
    return out


def query(settings: Settings, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(settings.warehouse_root / WAREHOUSE_FILE), read_only=True) as con:
        return con.execute(sql).fetchall()


def page(path: Path) -> LexborHTMLParser:
    return LexborHTMLParser(path.read_text("utf-8"))


def agencies(made: Path, language: str) -> list[LexborHTMLParser]:
    return [page(path) for path in sorted((made / language / "agencies").rglob("*.html"))]


def test_the_warehouse_lacks_nothing_that_the_site_reads(made: Path) -> None:
    lacking = [node.text() for node in page(made / "en" / "notes.html").css("main li code")]
    assert lacking == []


def test_every_agency_has_a_page_and_an_entry(made: Path, settings: Settings) -> None:
    names = sorted(str(name) for (name,) in query(settings, "SELECT name FROM organisations"))
    script = (made / "data" / "agencies.js").read_text("utf-8")
    rows = json.loads(script.partition("=")[2].rstrip(";\n"))["rows"]
    assert sorted(row[0] for row in rows) == names
    assert sorted(one.css_first("h1").text() for one in agencies(made, "zh")) == names


def test_the_first_page_counts_what_the_warehouse_holds(made: Path, settings: Settings) -> None:
    ((reports,),) = query(settings, "SELECT count(*) FROM reports")
    assert page(made / "en" / "index.html").css_first(".facts dd").text() == str(reports)


def test_a_report_leads_to_its_archived_bytes(made: Path, settings: Settings) -> None:
    hashes = {sha256 for (sha256,) in query(settings, "SELECT sha256 FROM reports")}
    links = [link for one in agencies(made, "en") for link in one.css("a.copy")]
    assert {(link.attributes["href"] or "").rpartition("/")[2] for link in links} == hashes


def test_failed_checks_stand_on_the_pages_in_their_own_words(
    made: Path, settings: Settings
) -> None:
    messages = query(
        settings, "SELECT DISTINCT message_zh FROM check_results WHERE severity = 'error'"
    )
    shown = "".join(one.css_first("main").text() for one in agencies(made, "zh"))
    assert messages
    assert [message for (message,) in messages if str(message) not in shown] == []


def test_personal_data_is_masked(made: Path) -> None:
    found = [
        path for path in made.rglob("*") if path.is_file() and MOBILE in path.read_text("utf-8")
    ]
    assert found == []


def test_what_is_not_published_cannot_be_shown(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no published version"):
        site.report(settings, tmp_path / "site", version="20200101T000000Z-00000000")
    with pytest.raises(ConfigurationError, match="nothing is published"):
        site.report(Settings(home=tmp_path / "empty"), tmp_path / "site")
    assert not (tmp_path / "site").exists()
