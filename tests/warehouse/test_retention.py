"""The last versions are kept, and what readers see is always among them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from nianbao.errors import ConfigurationError
from nianbao.warehouse.publish import publish, rollback
from nianbao.warehouse.retention import remove_old
from nianbao.warehouse.staging import new_staging
from nianbao.warehouse.versions import Version, current_version, load_versions
from support.copies import Copies

NOW = datetime(2026, 2, 1, tzinfo=UTC)


@pytest.fixture
def copies(tmp_path: Path) -> Copies:
    return Copies(tmp_path)


def released(copies: Copies, numbers: range, keep: int = 2) -> list[Version]:
    return [
        publish(
            copies.root, copies.staging(n), str(n), NOW + timedelta(hours=n), sequence=n, keep=keep
        )
        for n in numbers
    ]


def folders(copies: Copies) -> list[str]:
    return sorted(path.name for path in (copies.root / "versions").iterdir())


def test_older_versions_go_and_their_lines_stay(copies: Copies) -> None:
    versions = released(copies, range(1, 5))
    assert folders(copies) == [version.id for version in versions[2:]]
    listed = load_versions(copies.root)
    assert [version.removed_at is None for version in listed] == [False, False, True, True]
    assert [version.counts for version in listed] == [version.counts for version in versions]


def test_the_check_history_stays(copies: Copies) -> None:
    versions = released(copies, range(1, 5))
    kept = {path.stem for path in (copies.root / "checks").iterdir()}
    assert kept == {version.id for version in versions}


def test_a_reader_of_a_removed_version_reads_on(copies: Copies) -> None:
    released(copies, range(1, 2))
    with duckdb.connect(str(copies.root / "nianbao.duckdb"), read_only=True) as con:
        released(copies, range(2, 5))
        assert con.execute("SELECT DISTINCT title FROM reports").fetchall() == [("number 1",)]


def test_what_was_rolled_back_to_is_kept_however_old(copies: Copies) -> None:
    first, *_ = released(copies, range(1, 3))
    rollback(copies.root, first.id, NOW)
    remove_old(copies.root, 1, NOW)
    assert first.id in folders(copies)
    assert current_version(copies.root).id == first.id


def test_there_is_no_rollback_to_a_removed_version(copies: Copies) -> None:
    first, *_ = released(copies, range(1, 5))
    with pytest.raises(ConfigurationError, match=r"was removed on 2026.*kept are: 2026"):
        rollback(copies.root, first.id, NOW)


def test_a_folder_that_a_kill_left_half_removed_goes_with_the_next(copies: Copies) -> None:
    first, *_ = released(copies, range(1, 4))
    for name in (first.id, f".removed-{first.id}"):
        (copies.root / "versions" / name).mkdir()
    released(copies, range(4, 5))
    assert len(folders(copies)) == 2


def test_builds_that_began_before_are_cleared_away(copies: Copies) -> None:
    older, younger = (new_staging(copies.root, f"{number:08d}-x") for number in (1, 3))
    released(copies, range(2, 3))
    assert (older.exists(), younger.exists()) == (False, True)
