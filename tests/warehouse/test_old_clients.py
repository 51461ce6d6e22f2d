"""The file opens in the DuckDB versions that analysts have, and every view and table answers."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from support.views import VIEWS
from support.world import World, report

CLIENTS = Path(__file__).parent / "clients"
"""Requirements files with hashes, one per version: one file can't name two."""
VERSIONS = ("1.0.0", "1.2.2", "1.4.4")
# Asks whatever the file shows to an analyst, so that a new view or macro is tried without a word here.
SCRIPT = """
import json, sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=True)
names = con.execute(
    "SELECT table_name FROM duckdb_tables() WHERE NOT internal UNION ALL "
    "SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY 1"
).fetchall()
rows, refused = {}, {}
for (name,) in names:
    try:
        rows[name] = len(con.execute(f'SELECT * FROM "{name}"').fetchall())
    except duckdb.Error as error:
        refused[name] = str(error)
(found,) = con.execute("SELECT count(*) FROM cells_of((SELECT list(report_id) FROM reports))").fetchone()
rows["cells_of"] = found
print(json.dumps({"version": duckdb.__version__, "rows": rows, "refused": refused}))
"""


def installed(version: str, folder: Path) -> Path:
    """Install a client apart from ours; skip where no registry can be reached."""
    if version == "1.0.0" and sys.version_info >= (3, 13):
        pytest.skip("DuckDB 1.0.0 was not built for this Python")
    wanted = ["--no-deps", "--only-binary=:all:", "--require-hashes", "--target", str(folder)]
    wanted += ["-r", str(CLIENTS / f"duckdb-{version}.txt")]
    pip = [sys.executable, "-m", "pip", "install", "--quiet"]
    uv = ["uv", "pip", "install", "--quiet", "--python", sys.executable]
    command = [*(uv if shutil.which("uv") else pip), *wanted]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        assert "hash" not in done.stderr.lower().replace("--require-hashes", "")
        pytest.skip(f"no installer reaches a registry with DuckDB {version}")
    return folder


def asked(path: Path, folder: Path | None) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, path],
        env={"PYTHONPATH": str(folder)} if folder else {},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    world = World(tmp_path_factory.mktemp("world"))
    world.serve("http://x/1", "one", report())
    return world.build()


@pytest.fixture(scope="module")
def ours(path: Path) -> dict[str, object]:
    """What our own version answers."""
    return asked(path, None)


def test_every_promised_view_is_among_those_that_are_asked(ours: dict[str, object]) -> None:
    assert set(VIEWS) <= set(ours["rows"])  # type: ignore[call-overload]
    assert ours["refused"] == {}


def test_no_view_reads_other_files(path: Path) -> None:
    with duckdb.connect(str(path), read_only=True) as con:
        views = con.execute("SELECT sql FROM duckdb_views() WHERE NOT internal").fetchall()
    assert [sql for (sql,) in views if str(path.parent) in sql] == []


@pytest.mark.parametrize("version", VERSIONS)
def test_every_view_and_table_answers(
    version: str, path: Path, ours: dict[str, object], tmp_path: Path
) -> None:
    theirs = asked(path, installed(version, tmp_path / "client"))
    assert theirs["version"] == version
    assert theirs["refused"] == {}
    assert theirs["rows"] == ours["rows"]
