"""A folder that is there whole or not at all."""

import errno
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX = ".export-"
_KEPT_SECONDS = 24 * 3600
"""Longer than any export takes; what is older was left by a kill."""


@contextmanager
def appearing(target: Path) -> Iterator[Path]:
    """Give an empty folder that becomes `target` by one rename when all went well.

    Where another process has written `target` meanwhile, its result stays and this one is dropped.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _clear(target.parent)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=target.parent))
    try:
        folder.chmod(0o755)  # analysts read it
        yield folder
        _rename(folder, target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _rename(folder: Path, target: Path) -> None:
    try:
        folder.rename(target)
    except OSError as error:
        if error.errno not in {errno.EEXIST, errno.ENOTEMPTY}:
            raise


def _clear(parent: Path) -> None:
    """Remove what a killed export left; what another process removes at the same time is gone too."""
    for old in parent.glob(f"{_PREFIX}*"):
        try:
            age = time.time() - old.stat().st_mtime
        except FileNotFoundError:
            continue
        if age > _KEPT_SECONDS:
            shutil.rmtree(old, ignore_errors=True)
