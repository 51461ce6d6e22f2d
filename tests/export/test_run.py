"""An export is whole or not there, is written once, and has the same bytes every time."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nianbao.errors import ConfigurationError
from nianbao.export import folder as folders
from nianbao.export.run import Order, export
from nianbao.export.selection import Selection
from nianbao.export.source import Published

KILLED = """
import sys
from pathlib import Path
from nianbao.export import run
from nianbao.export.source import Published

written = run._tables
def told(con, rows, *others):
    yield from written(con, rows, *others)
    print(rows.relation.name, flush=True)
run._tables = told
run.export(Published(Path(sys.argv[1]), "v", "h", "2026-03-01T00:00:00+00:00"), run.Order(),
           Path(sys.argv[2]))
"""


def contents(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_two_exports_of_a_version_are_equal(
    exported: Path, source: Published, tmp_path: Path
) -> None:
    export(source, Order(), tmp_path / "again")
    assert contents(tmp_path / "again") == contents(exported)


def test_an_export_that_is_there_is_not_written_again(exported: Path, source: Published) -> None:
    before = (exported / "datapackage.json").stat().st_mtime_ns
    assert not export(source, Order(), exported)["new"]
    assert (exported / "datapackage.json").stat().st_mtime_ns == before


def test_a_folder_of_something_else_is_not_touched(source: Published, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    with pytest.raises(ConfigurationError, match="not this export"):
        export(source, Order(), tmp_path / "mine")
    assert not list((tmp_path / "mine").iterdir())


def test_another_selection_is_another_export(exported: Path, source: Published) -> None:
    with pytest.raises(ConfigurationError, match="not this export"):
        export(source, Order(selection=Selection(years=(2021,))), exported)


def test_a_kill_leaves_nothing_that_could_be_taken_for_an_export(
    source: Published, tmp_path: Path
) -> None:
    command = [sys.executable, "-c", KILLED, str(source.path), str(tmp_path / "exports")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _ in range(4):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    assert not (tmp_path / "exports").exists()
    assert all(path.name.startswith(".export-") for path in tmp_path.iterdir())


def test_what_a_kill_left_is_cleared_by_the_next_export_and_nothing_else(tmp_path: Path) -> None:
    left, new = tmp_path / ".export-left", tmp_path / ".export-new"
    for path in (left, new):
        path.mkdir()
    with folders.appearing(tmp_path / "other") as under_way:
        an_hour_ago = time.time() - 3600
        for path in (left, under_way):
            os.utime(path, (an_hour_ago, an_hour_ago))
        with folders.appearing(tmp_path / "exports"):
            pass
        assert not left.exists()
        assert new.exists()
        assert under_way.exists()


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        with folders.appearing(tmp_path / "exports") as folder:
            (folder / "half").write_text("", "utf-8")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not list(tmp_path.iterdir())


def test_of_two_exports_at_once_the_first_stays(tmp_path: Path) -> None:
    with folders.appearing(tmp_path / "exports") as mine:
        (mine / "file").write_text("second", "utf-8")
        with folders.appearing(tmp_path / "exports") as others:
            (others / "file").write_text("first", "utf-8")
    assert (tmp_path / "exports" / "file").read_text("utf-8") == "first"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("formats", [(), ("pdf",), ("xlsx",)])
def test_what_cannot_be_made_is_refused(formats: tuple[str, ...]) -> None:
    with pytest.raises(ConfigurationError):
        Order(formats)


def test_an_absent_warehouse_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no published warehouse"):
        export(Published(tmp_path / "no.duckdb", "v", "h", "2026-03-01"), Order(), tmp_path / "out")
