"""The log while it is written: a line that was added survives whatever happens to the writer."""

import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nianbao.archive import LogWriter, history, read_log
from nianbao.archive import journal as journal_module
from nianbao.archive.log import FETCH_SCHEMA
from nianbao.archive.place import Place
from nianbao.errors import BuildError
from nianbao.model import Fetch

FETCH = Fetch(
    portal_id="shandong/feicheng",
    url="http://www.example.gov.cn/art/1.html",
    purpose="report",
    outcome="fetched",
    fetched_at=datetime(2026, 1, 20, 1, 2, 3, 456789, tzinfo=UTC),
    duration_ms=120,
    status=200,
    size=12,
    sha256="a" * 64,
    lead_title="某局2025年\n年度报告",
    lead_report_year=2025,
)


@pytest.fixture
def root(tmp_path: Path) -> str:
    return str(tmp_path)


def lines(root: str) -> list[Fetch]:
    return [Fetch(**row) for row in read_log(root).select(FETCH_SCHEMA.names).to_pylist()]


def files(root: str) -> list[str]:
    return sorted(path.suffix for path in Path(root).rglob("*") if path.is_file())


def test_a_line_is_there_before_the_part_is(root: str):
    writer = LogWriter(root, "run/1", "part")
    writer.add(FETCH)
    assert lines(root) == [FETCH]
    assert read_log(root)["run_id"].to_pylist() == ["run/1"]
    assert set(history(root)) == {(FETCH.portal_id, FETCH.url)}
    assert files(root) == [".journal"]


def test_the_part_takes_the_journals_place(root: str):
    with LogWriter(root, "run", "part") as writer:
        writer.add(FETCH)
    assert files(root) == [".parquet"]
    assert lines(root) == [FETCH]


def test_a_part_is_written_though_the_work_failed(root: str):
    def work() -> None:
        with LogWriter(root, "run", "part") as writer:
            writer.add(FETCH)
            raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        work()
    assert files(root) == [".parquet"]


def test_a_line_cut_short_is_left_out(root: str):
    LogWriter(root, "run", "part").add(FETCH)
    (journal,) = Path(root).rglob("*.journal")
    whole = journal.read_bytes()
    journal.write_bytes(whole + whole[:-20])
    assert lines(root) == [FETCH]


def test_a_line_cut_short_amid_others_is_one_error_that_names_the_file(root: str):
    LogWriter(root, "run", "part").add(FETCH)
    (journal,) = Path(root).rglob("*.journal")
    whole = journal.read_bytes()
    journal.write_bytes(whole[:-20] + whole)
    with pytest.raises(BuildError, match=rf"damaged journal of the fetch log: .*{journal.name}: "):
        read_log(root)


def test_a_disk_that_fills_in_a_line_takes_nothing_of_it(root: str):
    writer = LogWriter(root, "run", "part")
    writer.add(FETCH)
    (journal,) = Path(root).rglob("*.journal")
    with largest_file(journal.stat().st_size + 50), pytest.raises(OSError, match="too large"):
        writer.add(FETCH)
    assert lines(root) == [FETCH]
    writer.add(FETCH)
    assert lines(root) == [FETCH, FETCH]


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Let the system cut writes at a size, as it does where a disk is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("cached", [False, True])
def test_a_journal_that_was_carried_to_a_store_is_read_until_its_part_is_there(
    root: str, tmp_path: Path, cached: bool
):
    writer = LogWriter(root, "run/1", "part")
    writer.add(FETCH)
    (journal,) = Path(root).rglob("*.journal")
    store = f"memory://{tmp_path.name}-store/archive"
    cache = tmp_path / "cache" if cached else None
    carried = journal.relative_to(root).as_posix()
    Place.at(store).write(carried, journal.read_bytes())
    assert read_log(store, cache=cache).equals(read_log(root))
    writer.add(FETCH)
    writer.close()
    part = carried.replace(".journal", ".parquet")
    Place.at(store).write(part, Path(root, part).read_bytes())
    assert read_log(store, cache=cache).num_rows == 2


def test_a_kill_between_part_and_journal_counts_no_line_twice(root: str):
    writer = LogWriter(root, "run", "part")
    writer.add(FETCH)
    (journal,) = Path(root).rglob("*.journal")
    left = journal.read_bytes()
    writer.close()
    journal.write_bytes(left)
    assert lines(root) == [FETCH]


def test_an_attempt_made_again_replaces_nothing(root: str):
    for _ in range(2):
        with LogWriter(root, "run", "part-1") as writer:
            writer.add(FETCH)
    assert len(lines(root)) == 2


def test_a_part_without_lines_is_a_part(root: str):
    with LogWriter(root, "run", "part"):
        pass
    assert files(root) == [".parquet"]


def test_threads_write_side_by_side(root: str):
    writer = LogWriter(root, "run", "part")
    threads = [
        threading.Thread(target=lambda: [writer.add(FETCH) for _ in range(50)]) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(lines(root)) == 200
    writer.close()
    assert len(lines(root)) == 200


def test_an_object_store_gets_the_part_anew_now_and_then(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(journal_module, "_LINES_AT_ONCE", 3)
    root = f"memory://{tmp_path.name}/archive"
    with LogWriter(root, "run", "part") as writer:
        for number in range(7):
            writer.add(replace(FETCH, url=f"http://x/{number}"))
            assert len(lines(root)) == (number + 1) // 3 * 3
    assert [fetch.url for fetch in lines(root)] == [f"http://x/{number}" for number in range(7)]
    assert len(Place.at(root).listed("log", ".parquet")) == 1


def test_on_an_object_store_a_slow_portals_lines_wait_for_seconds_only(tmp_path: Path):
    root, now = f"memory://{tmp_path.name}/archive", [0.0]
    writer = LogWriter(root, "run", "part", lambda: now[0])
    writer.add(FETCH)
    assert lines(root) == []
    now[0] = 20.0
    writer.add(FETCH)
    assert len(lines(root)) == 2


def test_a_part_on_an_object_store_ends_before_it_is_long(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(journal_module, "_LINES_AT_ONCE", 2)
    monkeypatch.setattr(journal_module, "_LINES_PER_PART", 4)
    root = f"memory://{tmp_path.name}/archive"
    with LogWriter(root, "run", "part") as writer:
        for number in range(9):
            writer.add(replace(FETCH, url=f"http://x/{number}"))
    assert [fetch.url for fetch in lines(root)] == [f"http://x/{number}" for number in range(9)]
    assert len(Place.at(root).listed("log", ".parquet")) == 3


def test_a_killed_process_leaves_its_lines(root: str):
    code = (
        "import os, sys; from datetime import UTC, datetime\n"
        "from nianbao.archive import LogWriter; from nianbao.model import Fetch\n"
        "writer = LogWriter(sys.argv[1], 'run', 'part')\n"
        "for n in range(3):\n"
        "    writer.add(Fetch('p', str(n), 'report', 'fetched', datetime.now(UTC), 1))\n"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, root], check=False, timeout=60)
    assert [fetch.url for fetch in lines(root)] == ["0", "1", "2"]
