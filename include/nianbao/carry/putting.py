"""Files put into their place, each whole or not at all."""

import io
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyarrow.parquet as pq
from filelock import FileLock

from nianbao.archive.place import PARTIAL_PREFIX, Place
from nianbao.errors import CarryError
from nianbao.model import sha256_of


def put_log(place: Place, path: str, data: bytes) -> bool:
    """Put a part of the log, or a journal; tell whether any of its lines were new.

    Both only grow while their writer lives: the longer of two stands. Raises `CarryError` where
    neither begins with the other.
    """
    with _one_at_a_time(place):
        if is_new := is_longer(data, read_if_there(place, path), path):
            place.write(path, data)
    return is_new


def is_longer(data: bytes, here: bytes | None, path: str) -> bool:
    """Tell whether a part has all the lines of the one here and more; `CarryError` if others."""
    if here is None or here == data:
        return here is None
    if path.endswith(".journal"):
        if data.startswith(here) or here.startswith(data):
            return len(data) > len(here)
    else:
        ours, other = (pq.read_table(io.BytesIO(one)) for one in (here, data))
        both = min(len(ours), len(other))
        if ours.slice(0, both).equals(other.slice(0, both)):
            return len(other) > both
    raise CarryError(f"{path} is here already with other lines")


def put_same(place: Place, path: str, data: bytes) -> bool:
    """Put a file that is written once; tell whether it was new.

    Raises `CarryError` where another stands under its name.
    """
    here = read_if_there(place, path)
    if here is None:
        place.write(path, data)
        return True
    if here != data:
        raise CarryError(f"{path} is here already with other content")
    return False


def put_beside(place: Place, path: str, data: bytes) -> bool:
    """Put a parsed part, beside one of its name that says something else; tell whether it was new.

    Such a pair comes from two machines of which one lacked a converter; a build takes what was read.
    """
    here = read_if_there(place, path)
    if here is not None and here != data:
        stem = path.removesuffix(".parquet")
        return put_beside(place, f"{stem}-{sha256_of(data)[:8]}.parquet", data)
    if here is None:
        place.write(path, data)
    return here is None


def read_if_there(place: Place, path: str) -> bytes | None:
    """Return a file's bytes, or `None` where there is none."""
    try:
        return place.read(path)
    except FileNotFoundError:
        return None


def put_stream(target: Path, pieces: Iterable[bytes], *, private: bool = False) -> None:
    """Write a file of any size on a local disk, whole or not at all; `private` is for its owner alone."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f"{PARTIAL_PREFIX}{target.name}")
    try:
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600 if private else 0o644)
        with partial.open("wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def check_room(place: Place, need: int) -> None:
    """Raise `CarryError` where a local disk has no room for so many bytes more."""
    if not place.is_local:
        return
    folder = Path(place.root)
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < need:
        raise CarryError(f"{place.root}: {need:,} bytes are needed and {free:,} are free")


@contextmanager
def _one_at_a_time(place: Place) -> Iterator[None]:
    """Read and replace without another doing so in between; an object store has no such lock.

    There the shorter of two may win, until the part itself arrives.
    """
    if not place.is_local:
        yield
        return
    with suppress(FileExistsError):
        Path(place.root).mkdir(parents=True)
    with FileLock(Path(place.root) / ".unpack.lock"):
        yield
