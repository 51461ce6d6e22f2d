"""One writer in the warehouse, whether a DAG or a person started it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from nianbao.errors import LockedError


@contextmanager
def writing(root: Path, wait_seconds: float = 5.0) -> Iterator[None]:
    """Hold the warehouse's lock; the system frees it when the process dies.

    Raises `LockedError` where another process holds it longer than `wait_seconds`.
    """
    root.mkdir(parents=True, exist_ok=True)
    lock = FileLock(root / ".lock")
    try:
        lock.acquire(timeout=wait_seconds)
    except Timeout:
        raise LockedError(f"another process is writing the warehouse in {root}") from None
    try:
        yield
    finally:
        lock.release()
