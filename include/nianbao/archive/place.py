"""A root URL as a place to write whole files in: a folder of a local disk, or an object store."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

PARTIAL_PREFIX = ".partial-"
"""Begins the name of a file that is still being written; a kill may leave one behind."""


@dataclass(frozen=True, slots=True)
class Place:
    """A root on some storage; paths are below the root, with `/` between their steps."""

    filesystem: Any
    root: str

    @classmethod
    def at(cls, root_url: str) -> "Place":
        """Return the place that a folder or any fsspec URL names; nothing is created."""
        filesystem, root = url_to_fs(root_url)
        return cls(filesystem, root.rstrip("/"))

    def full(self, path: str) -> str:
        """Return a path as the storage knows it."""
        return f"{self.root}/{path}"

    def exists(self, path: str) -> bool:
        """Tell whether a file is there."""
        return bool(self.filesystem.isfile(self.full(path)))

    def read(self, path: str) -> bytes:
        """Return a file's bytes; `FileNotFoundError` where there is none."""
        return bytes(self.filesystem.cat_file(self.full(path)))

    def write(self, path: str, data: bytes) -> str:
        """Write a whole file or nothing, replacing what was there; return its full path."""
        full = self.full(path)
        if isinstance(self.filesystem, LocalFileSystem):
            _write_local(Path(full), data)
        else:
            # One put is atomic on object stores: readers see the old object or the new one.
            self.filesystem.pipe_file(full, data)
        return full


def _write_local(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    # In the same folder, since a rename is atomic only within one file system; under a name of
    # its own, so that two writers of the same bytes never share a half-written file.
    handle, name = tempfile.mkstemp(prefix=PARTIAL_PREFIX, dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as partial:
            partial.write(data)
            partial.flush()
            os.fsync(partial.fileno())
        Path(name).chmod(0o644)  # mkstemp keeps files private, but other users read the archive
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make a rename outlast a power cut; not every system lets a folder be opened."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
