"""Many small files read from an object store at once, and kept on the disk for the next time.

A harvest asks every worker for the log of the portals' past, and every build for all that was parsed.
On a store each file costs an answer of some milliseconds, and there are tens of thousands of them: so
they are listed a thousand at a time, asked for many at once, and what a worker has had already is
taken from its own disk. A copy's path names the version that the store gave, so that processes
share the folder without a lock and no copy is ever out of date.
"""

import contextlib
import time
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from nianbao.archive.place import Place

_AT_ONCE = 200
"""Files asked for together; the filesystem decides how many connections that takes."""
_KEPT_SECONDS = 2 * 86_400
"""A copy of what is no longer listed stays so long: another process may have listed it before."""


def local_copies(place: Place, folder: str, suffix: str, cache: Path) -> list[Path]:
    """Return files with all that stands below a folder of a remote place, in the order of its paths.

    Each keeps the last two steps of its path. Raises `OSError` where the store does not answer.
    """
    return [*_copied(place, folder, place.listed(folder, suffix), cache).values()]


def contents(
    place: Place, folder: str, suffix: str, cache: Path | None = None
) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of each file below a folder, in the order of the paths.

    With `cache`, what is there already is not asked for again.
    """
    return contents_of(place, folder, place.listed(folder, suffix), cache)


def contents_of(
    place: Place, folder: str, listed: Mapping[str, str], cache: Path | None = None
) -> Iterator[tuple[str, bytes]]:
    """Yield the same of a listing that was made before: what is put meanwhile is left for the next."""
    if cache is None:
        yield from _fetched(place, listed)
        return
    for path, copy in _copied(place, folder, listed, cache).items():
        yield path, copy.read_bytes()


def _copied(place: Place, folder: str, listed: Mapping[str, str], cache: Path) -> dict[str, Path]:
    """Return a copy for each path of a listing."""
    mine = cache / sha256(place.full(folder).encode()).hexdigest()[:16]
    copies = {path: _copy(mine, path, version) for path, version in listed.items()}
    missing = {path: copy for path, copy in copies.items() if not copy.exists()}
    for path, data in _fetched(place, missing):
        Place.at(str(mine)).write(missing[path].relative_to(mine).as_posix(), data)
    _forget(mine, {*copies.values()})
    return copies


def _copy(folder: Path, path: str, version: str) -> Path:
    named = sha256(f"{path}\n{version}".encode()).hexdigest()[:16]
    return folder.joinpath(named, *path.split("/")[-2:])


def _fetched(place: Place, paths: Mapping[str, object]) -> Iterator[tuple[str, bytes]]:
    waiting = list(paths)
    for start in range(0, len(waiting), _AT_ONCE):
        some = waiting[start : start + _AT_ONCE]
        found = place.filesystem.cat(some)
        yield from ((path, bytes(found[path])) for path in some)


def _forget(folder: Path, wanted: set[Path]) -> None:
    """Remove old copies of what the store no longer has in that version."""
    before = time.time() - _KEPT_SECONDS
    for copy in folder.glob("*/*/*"):
        # Another process may be at the same work.
        with contextlib.suppress(OSError):
            if copy not in wanted and copy.stat().st_mtime < before:
                copy.unlink()
                copy.parent.rmdir()
                copy.parent.parent.rmdir()
