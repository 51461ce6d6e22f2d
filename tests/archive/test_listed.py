"""What harvests saw listed, kept beside the log."""

from datetime import UTC, datetime

import pytest

from nianbao.archive.listed import LISTED_SCHEMA, read_listed, write_listed
from nianbao.errors import BuildError

DAY = datetime(2026, 1, 20, tzinfo=UTC)


def test_what_was_seen_comes_back_and_so_does_that_nothing_was(tmp_path):
    write_listed(str(tmp_path), "manual__1", "part", DAY, {"b": {}, "a": {2025: 3, None: 1}})
    rows = [tuple(row.values()) for row in read_listed(str(tmp_path)).to_pylist()]
    assert rows == [
        ("a", "manual__1", DAY, 2025, 3),
        ("a", "manual__1", DAY, None, 1),
        ("b", "manual__1", DAY, None, 0),
    ]


def test_every_attempt_has_a_file_of_its_own(tmp_path):
    for _ in range(2):
        write_listed(str(tmp_path), "run", "part", DAY, {"a": {}})
    assert len(read_listed(str(tmp_path))) == 2


def test_an_archive_of_before_has_none(tmp_path):
    assert read_listed(str(tmp_path)).schema == LISTED_SCHEMA


def test_damage_is_told(tmp_path):
    folder = tmp_path / "listed" / "run"
    folder.mkdir(parents=True)
    (folder / "part.parquet").write_bytes(b"PAR1")
    with pytest.raises(BuildError, match="what run saw listed"):
        read_listed(str(tmp_path))
