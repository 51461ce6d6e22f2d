"""The file opens in the DuckDB versions that analysts have, views included."""

import subprocess
import sys
from pathlib import Path

import pytest

from support.views import VIEWS
from support.world import World, report

SCRIPT = """
import sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=True)
assert duckdb.__version__ == sys.argv[2], duckdb.__version__
for view in sys.argv[3:]:
    con.execute(f"SELECT * FROM {view}").fetchall()
print(con.execute("SELECT count(*) FROM reports").fetchone()[0])
"""


@pytest.fixture(scope="session", params=["1.2.2", "1.4.5"])
def client(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    """An older client, installed apart from ours."""
    version: str = request.param
    folder = tmp_path_factory.mktemp("duckdb")
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--only-binary=:all:",
    ]
    done = subprocess.run([*command, "--target", folder, f"duckdb=={version}"], check=False)
    if done.returncode:
        pytest.skip(f"DuckDB {version} can't be had here")
    return version, folder


def test_every_view_answers(client: tuple[str, Path], world: World) -> None:
    version, folder = client
    world.serve("http://x/1", "one", report())
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, world.build(), version, *VIEWS],
        env={"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("1\n", "")
