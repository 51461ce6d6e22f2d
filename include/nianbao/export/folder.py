"""A folder that is there whole or not at all."""

import errno
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX = ".export-"
_NEW_SECONDS = 60
"""A folder so young may be between its making and its locking."""


@contextmanager
def appearing(target: Path) -> Iterator[Path]:
    """Give an empty folder that becomes `target` by one rename when all went well.

    Where another process has written `target` meanwhile, its result stays and this one is dropped.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    clear(target.parent)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=target.parent))
    held = os.open(folder, os.O_RDONLY)
    try:
        _lock(held)
        folder.chmod(0o755)  # analysts read it
        yield folder
        _rename(folder, target)
    finally:
        os.close(held)
        shutil.rmtree(folder, ignore_errors=True)


def clear(parent: Path) -> None:
    """Remove what killed exports left: the system frees the lock of a process that is gone."""
    for folder in parent.glob(f"{_PREFIX}*"):
        try:
            held = os.open(folder, os.O_RDONLY)
        except FileNotFoundError:  # another process was quicker
            continue
        try:
            if time.time() - os.fstat(held).st_mtime > _NEW_SECONDS and _lock(held):
                shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(held)


def _rename(folder: Path, target: Path) -> None:
    try:
        folder.rename(target)
    except OSError as error:
        if error.errno not in {errno.EEXIST, errno.ENOTEMPTY}:
            raise


def _lock(descriptor: int) -> bool:
    """Take the lock of a folder; false where another process has it, or where there are no locks."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
