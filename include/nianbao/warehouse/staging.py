"""Builds that are not published yet: a folder per attempt, and the mark of the gate."""

import shutil
import tempfile
import time
from pathlib import Path

from nianbao.errors import GateError
from nianbao.warehouse.content import content_hash
from nianbao.warehouse.versions import WAREHOUSE_FILE

_KEPT_SECONDS = 24 * 3600
"""Longer than any build takes; what is older was left by a kill."""

_MARK = "passed_the_gate"


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


def mark_passed(staging: Path, content: str) -> None:
    """Write down that the gate has passed a build of that content."""
    (staging / _MARK).write_text(content, "utf-8")


def require_passed(staging: Path) -> None:
    """Raise `GateError` unless the gate has passed exactly what the folder holds."""
    mark = staging / _MARK
    passed = mark.read_text("utf-8") if mark.exists() else ""
    if passed != content_hash(staging / WAREHOUSE_FILE):
        raise GateError(f"the build in {staging} is not the one that passed the gate")
