"""`nianbao portal list`, `sniff` and `import` as people use them: output, notes, exit codes."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from nianbao.archive.log import write_part
from nianbao.cli import app
from nianbao.model import Fetch
from nianbao.portals import load_portal, load_portals
from support.portal_sites import BLOCKED, TRS, VSB, answering, several

RECORD = """name: 某市人民政府
family: trs
hosts: [www.example.gov.cn]
start_urls: ["http://www.example.gov.cn/nb/"]
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NIANBAO_NETWORKS", "127.0.0.0/8")
    monkeypatch.setenv("COLUMNS", "200")
    put(tmp_path, "henan/example", RECORD)
    return tmp_path


def put(folder: Path, portal_id: str, text: str) -> Path:
    path = folder / "include" / "portals" / f"{portal_id}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def portal(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["portal", *arguments])
    return done.exit_code, done.stdout, done.stderr


def fetch(outcome: str, purpose: str = "report", day: int = 20) -> Fetch:
    when = datetime(2026, 1, day, tzinfo=UTC)
    url = f"http://www.example.gov.cn/{purpose}/{outcome}/{day}"
    return Fetch("henan/example", url, purpose, outcome, when, 5)  # type: ignore[arg-type]


def test_the_list_has_every_portal_and_the_counts(desk: Path):
    code, told, _ = portal("list")
    assert code == 0
    assert "henan/example" in told
    assert "1 portals, 1 enabled: 1 trs" in told


def test_the_list_tells_what_the_last_harvest_brought(desk: Path):
    home = str(desk / ".state" / "nianbao" / "archive")
    write_part(home, "first", "1", [fetch("failed", day=10)])
    last = [fetch("fetched", "robots"), fetch("fetched", "list"), fetch("blocked", "list")]
    write_part(home, "second", "1", [*last, fetch("unchanged"), fetch("fetched")])
    (row,) = map(json.loads, portal("list", "--json")[1].splitlines())
    assert row["last_harvest"].startswith("2026-01-20: ")
    counts = set(row["last_harvest"].partition(": ")[2].split(", "))
    assert counts == {"1 unchanged", "1 fetched", "1 blocked"}


def test_the_list_shows_broken_and_contradictory_records_and_leaves_with_1(desk: Path):
    put(desk, "henan/broken", RECORD.replace("family", "famly"))
    put(desk, "henan/twin", RECORD)
    code, told, problems = portal("list")
    assert code == 1
    assert "henan/twin" in told
    assert "broken.yaml:2: famly: there is no such setting; family?" in problems
    assert "start URL http://www.example.gov.cn/nb/ is several" in problems


def test_sniffing_prints_a_record_that_is_ready_to_be_saved(desk: Path):
    with several(answering(VSB)) as (site,):
        code, text, _ = portal("sniff", site.url("/"), "--pace", "0")
    assert code == 0
    found = load_portal(put(desk, "henan/new", text))
    assert (found.family, found.name) == ("vsb", "某县人民政府")
    assert found.verified == "unverified"
    assert found.networks == ("127.0.0.0/8",)
    assert text.startswith("# yaml-language-server: $schema=../schema.json\n")
    assert "hold 4 reports" in text


def test_sniffing_what_is_closed_says_so_and_leaves_with_1(desk: Path):
    with several(answering(BLOCKED, status=412)) as (site,):
        code, text, reason = portal("sniff", site.url("/"), "--pace", "0")
    assert (code, text) == (1, "")
    assert reason.startswith("blocked: script challenge (HTTP 412)")


def test_an_import_leaves_records_a_table_and_a_triage_file(desk: Path):
    with several(answering(TRS), answering(BLOCKED, status=403)) as (good, closed):
        roster = desk / "roster.csv"
        roster.write_text(f"单位名称,网站,省\n甲局,{good.netloc},河南\n乙局,{closed.netloc},河南\n")
        suffixes = ("--host-suffix", "127.0.0.11", "--host-suffix", "127.0.0.12")
        code, table, progress = portal("import", str(roster), "--pace", "0", *suffixes)
    assert code == 1
    assert "2 hosts: 1 ready, 1 blocked" in table
    assert progress.count("\n") == 2
    assert (desk / "roster.triage.csv").exists()
    ids = [portal.id for portal in load_portals(desk / "include" / "portals")]
    assert len(ids) == 2
    assert all(portal_id.startswith("henan/") for portal_id in ids)


def test_a_roster_that_is_none(desk: Path):
    (desk / "roster.csv").write_text("甲局\n")
    done = CliRunner().invoke(app, ["portal", "import", "roster.csv"])
    assert "no row with headings" in str(done.exception)
