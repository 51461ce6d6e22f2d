"""Versions are switched by one rename; readers, kills and second writers do no harm."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from nianbao.errors import ConfigurationError, LockedError
from nianbao.warehouse.content import content_hash
from nianbao.warehouse.lock import writing
from nianbao.warehouse.publish import publish, rollback
from nianbao.warehouse.versions import Version, current_version, load_versions
from support.world import World, report

NOW = datetime(2026, 2, 1, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def release(world: World, tmp_path: Path) -> Callable[[int], Version]:
    """Publish a warehouse with one more report than before."""

    def publish_next(hour: int) -> Version:
        world.serve(f"http://x/{hour}", f"document {hour}", report(f"第{hour}局"))
        staging = tmp_path / "root" / "staging" / str(hour)
        world.build(f"root/staging/{hour}/nianbao.duckdb")
        return publish(tmp_path / "root", staging, f"inputs {hour}", NOW.replace(hour=hour))

    return publish_next


def count(path: Path) -> int:
    with duckdb.connect(str(path), read_only=True) as con:
        return con.execute("SELECT count(*) FROM reports").fetchone()[0]


def test_readers_find_one_file(release: Callable[[int], Version], tmp_path: Path) -> None:
    release(1)
    assert count(tmp_path / "root" / "nianbao.duckdb") == 1


def test_an_open_reader_keeps_its_version(
    release: Callable[[int], Version], tmp_path: Path
) -> None:
    release(1)
    with duckdb.connect(str(tmp_path / "root" / "nianbao.duckdb"), read_only=True) as con:
        release(2)
        assert con.execute("SELECT count(*) FROM reports").fetchone() == (1,)
    assert count(tmp_path / "root" / "nianbao.duckdb") == 2


def test_versions_are_listed_with_what_they_hold(
    release: Callable[[int], Version], tmp_path: Path
) -> None:
    release(1)
    second = release(2)
    listed = load_versions(tmp_path / "root")
    assert [version.counts["reports"] for version in listed] == [1, 2]
    assert current_version(tmp_path / "root") == second
    assert json.loads((tmp_path / "root" / "versions.json").read_text("utf-8"))["versions"]


def test_a_rollback_points_readers_at_an_earlier_version(
    release: Callable[[int], Version], tmp_path: Path
) -> None:
    first = release(1)
    release(2)
    rollback(tmp_path / "root", first.id, NOW)
    assert count(tmp_path / "root" / "nianbao.duckdb") == 1


@pytest.mark.parametrize("name", ["../../etc", "20260201T010405Z-00000000", ""])
def test_there_is_no_rollback_to_what_was_never_published(
    name: str, release: Callable[[int], Version], tmp_path: Path
) -> None:
    release(1)
    with pytest.raises(ConfigurationError):
        rollback(tmp_path / "root", name, NOW)


def test_a_folder_that_was_never_listed_is_not_shown(
    release: Callable[[int], Version], tmp_path: Path
) -> None:
    first = release(1)
    left_by_a_kill = tmp_path / "root" / "versions" / "20260201T050405Z-ffffffff"
    left_by_a_kill.mkdir()
    assert current_version(tmp_path / "root") == first


def test_the_content_hash_ignores_when_things_were_fetched(tmp_path: Path) -> None:
    hashes = set()
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        world = World(tmp_path / name)
        if name == "b":
            world.serve("http://x/1", "one", report())
        world.serve("http://x/1", "one", report())
        hashes.add(content_hash(world.build()))
    assert len(hashes) == 1


def test_the_content_hash_sees_every_cell(tmp_path: Path, world: World) -> None:
    world.serve("http://x/1", "one", report())
    path = world.build()
    before = content_hash(path)
    with duckdb.connect(str(path)) as con:
        con.execute("UPDATE stored_cells SET value = value + 1")
    assert content_hash(path) != before


def test_a_second_writer_is_told_so(tmp_path: Path) -> None:
    holder = (
        "import sys,time; from pathlib import Path; from nianbao.warehouse.lock import writing\n"
        "with writing(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
            with pytest.raises(LockedError), writing(tmp_path, wait_seconds=0.1):
                pass
        finally:
            process.kill()
    # The system frees the lock of a killed process.
    with writing(tmp_path, wait_seconds=1):
        pass
