"""Builds that are not published yet: a folder per attempt, its number, and the mark of the gate."""

import shutil
import tempfile
import time
from pathlib import Path

import duckdb

from nianbao.errors import GateError
from nianbao.warehouse.content import hash_of, table_digests
from nianbao.warehouse.versions import WAREHOUSE_FILE, load_listing, replace_text

_KEPT_SECONDS = 24 * 3600
"""Longer than any build takes; what is older was left by a kill."""

_MARK = "passed_the_gate"
_SEQUENCE = ".sequence"


def next_sequence(root: Path) -> int:
    """Return a number above all before it; the caller holds the warehouse's lock.

    A build takes it together with its inputs, so a later number has seen later inputs.
    """
    path = root / _SEQUENCE
    last = path.read_text("utf-8").strip() if path.exists() else ""
    # A number lost in a power cut is taken again, but never below what readers have seen.
    number = 1 + max(int(last) if last.isdecimal() else 0, load_listing(root).sequence)
    replace_text(path, f"{number}\n")
    return number


def new_staging(root: Path, name: str) -> Path:
    """Return a new folder that no other attempt shares, and clear away what old ones left."""
    folder = root / "staging"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if time.time() - old.stat().st_mtime > _KEPT_SECONDS:
            shutil.rmtree(old, ignore_errors=True)
    path = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=folder))
    path.chmod(0o755)  # the folder becomes the published version, which analysts read
    return path


def settle(path: Path) -> None:
    """Write into a file what its last writer left beside it in a log.

    DuckDB says nothing where the disk is full as a file is closed: the log stays, and clients of
    another version could not read it.
    """
    if path.with_name(f"{path.name}.wal").exists():
        with duckdb.connect(str(path)) as con:
            con.execute("FORCE CHECKPOINT")


def mark_passed(staging: Path, content: str) -> None:
    """Write down that the gate has passed a build of that content."""
    (staging / _MARK).write_text(content, "utf-8")


def require_passed(staging: Path) -> dict[str, str]:
    """Return the digests of the content tables, worked out anew.

    Raises `GateError` unless the gate has passed exactly what the folder holds.
    """
    mark = staging / _MARK
    passed = mark.read_text("utf-8") if mark.exists() else ""
    digests = table_digests(staging / WAREHOUSE_FILE)
    if passed != hash_of(digests):
        raise GateError(f"the build in {staging} is not the one that passed the gate")
    return digests
