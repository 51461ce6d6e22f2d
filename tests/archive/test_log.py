from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nianbao.archive import history, read_log, write_part
from nianbao.archive.log import FETCH_SCHEMA, LOG_SCHEMA
from nianbao.model import Fetch

MORNING = datetime(2026, 1, 20, 1, 2, 3, 456789, tzinfo=UTC)
FETCH = Fetch(
    portal_id="shandong/feicheng",
    url="http://www.example.gov.cn/art/1.html",
    purpose="report",
    outcome="fetched",
    fetched_at=MORNING,
    duration_ms=120,
    status=200,
    size=12,
    sha256="a" * 64,
    etag='"x"',
    lead_title="某局2025年政府信息公开工作年度报告",
    lead_report_year=2025,
)


@pytest.fixture
def root(tmp_path: Path) -> str:
    return str(tmp_path)


def test_no_log_is_an_empty_table_with_the_schema(root: str):
    assert read_log(root).schema == LOG_SCHEMA
    assert read_log(root).num_rows == 0
    assert history(root) == {}


def test_what_is_written_is_read_back_whole(root: str):
    failed = Fetch("p", "http://x/", "list", "failed", MORNING, 3, message="HTTP 500")
    write_part(root, "run", "shard-0-1", [FETCH, failed])
    log = read_log(root)
    assert [Fetch(**row) for row in log.select(FETCH_SCHEMA.names).to_pylist()] == [FETCH, failed]
    assert set(log["run_id"].to_pylist()) == {"run"}


def test_a_part_without_fetches_is_a_part(root: str):
    assert Path(write_part(root, "run", "shard-0-1", [])).is_file()
    assert read_log(root).num_rows == 0


def test_parts_of_several_runs_and_attempts_add_up(root: str):
    for run, part in [("one", "0-1"), ("one", "0-2"), ("two", "0-1")]:
        write_part(root, run, part, [FETCH])
    assert read_log(root).num_rows == 3


@pytest.mark.parametrize("run_id", ["manual__2026-01-20T01:02:03+00:00", "a/b", "../up", "年"])
def test_any_run_id_stays_inside_the_log(root: str, run_id: str):
    path = Path(write_part(root, run_id, "part", [FETCH]))
    assert path.parent.parent == Path(root) / "log"
    assert read_log(root).num_rows == 1


def test_half_written_parts_are_not_read(root: str):
    path = Path(write_part(root, "run", "part", [FETCH]))
    (path.parent / ".partial-abc").write_bytes(b"PAR1")
    assert read_log(root).num_rows == 1


def test_history_is_the_last_fetch_with_bytes(root: str):
    later = replace(FETCH, fetched_at=MORNING + timedelta(days=1), sha256="b" * 64)
    latest = replace(later, fetched_at=MORNING + timedelta(days=2), sha256=None, outcome="failed")
    # Parts are read by name, which tells nothing about time.
    write_part(root, "a", "part", [later, latest])
    write_part(root, "b", "part", [FETCH])
    assert history(root) == {(FETCH.portal_id, FETCH.url): later}


def test_history_keeps_portals_apart_and_can_be_narrowed(root: str):
    other = replace(FETCH, portal_id="henan/other")
    write_part(root, "run", "part", [FETCH, other])
    assert set(history(root)) == {("shandong/feicheng", FETCH.url), ("henan/other", FETCH.url)}
    assert set(history(root, ["henan/other"])) == {("henan/other", FETCH.url)}
    assert history(root, []) == {}


def test_a_log_on_an_object_store(tmp_path: Path):
    root = f"memory://{tmp_path.name}/archive"
    write_part(root, "run", "part", [FETCH])
    assert read_log(root).to_pylist()[0]["fetched_at"] == MORNING
