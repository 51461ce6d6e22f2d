"""A build is published only if the gate has passed exactly that build."""

import os
import time
from pathlib import Path

import duckdb
import pytest

from nianbao.errors import GateError
from nianbao.warehouse.content import content_hash
from nianbao.warehouse.staging import mark_passed, new_staging, require_passed
from support.world import World, report


@pytest.fixture
def staging(world: World, tmp_path: Path) -> Path:
    world.serve("http://x/1", "one", report())
    folder = new_staging(tmp_path, "inputs")
    world.build(str((folder / "nianbao.duckdb").relative_to(tmp_path)))
    return folder


def test_what_passed_is_let_through(staging: Path) -> None:
    mark_passed(staging, content_hash(staging / "nianbao.duckdb"))
    require_passed(staging)


def test_what_was_never_judged_is_not(staging: Path) -> None:
    with pytest.raises(GateError):
        require_passed(staging)


def test_what_changed_since_is_not(staging: Path) -> None:
    mark_passed(staging, content_hash(staging / "nianbao.duckdb"))
    with duckdb.connect(str(staging / "nianbao.duckdb")) as con:
        con.execute("DELETE FROM stored_cells")
    with pytest.raises(GateError):
        require_passed(staging)


def test_two_attempts_share_no_folder(tmp_path: Path) -> None:
    assert new_staging(tmp_path, "same") != new_staging(tmp_path, "same")


def test_what_a_kill_left_is_cleared_away_a_day_later(tmp_path: Path) -> None:
    old, young = new_staging(tmp_path, "old"), new_staging(tmp_path, "young")
    os.utime(old, times=(time.time() - 90_000,) * 2)
    new_staging(tmp_path, "new")
    assert (old.exists(), young.exists()) == (False, True)
