"""What harvests were after, written when they are done."""

from pathlib import Path

import pytest

from nianbao.archive.asked import ASKED_SCHEMA, read_asked, write_asked
from nianbao.errors import BuildError
from nianbao.warehouse.organisations import known


def test_what_was_written_is_read(tmp_path: Path) -> None:
    write_asked(str(tmp_path), "manual__2026-01-20T00:00", "part-1", {"a": (2020, 2021), "b": None})
    assert read_asked(str(tmp_path)).to_pylist() == [
        {"portal_id": "a", "run_id": "manual__2026-01-20T00:00", "years": [2020, 2021]},
        {"portal_id": "b", "run_id": "manual__2026-01-20T00:00", "years": None},
    ]


def test_attempts_of_one_task_stand_beside_each_other(tmp_path: Path) -> None:
    for _ in range(2):
        write_asked(str(tmp_path), "run", "part", {"a": None})
    assert len(read_asked(str(tmp_path))) == 2


def test_an_archive_of_before_has_none(tmp_path: Path) -> None:
    assert read_asked(str(tmp_path)).schema == ASKED_SCHEMA == known.ASKED_SCHEMA


def test_a_damaged_file_is_an_error(tmp_path: Path) -> None:
    path = Path(write_asked(str(tmp_path), "run", "part", {"a": None}))
    path = path if path.is_absolute() else tmp_path / path
    path.write_bytes(b"PAR1")
    with pytest.raises(BuildError, match="damaged record of what run was after"):
        read_asked(str(tmp_path))
