"""A root URL as a place to write whole files in: a folder of a local disk, or an object store."""

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from nianbao.errors import ConfigurationError

PARTIAL_PREFIX = ".partial-"
"""Begins the name of a file that is still being written; a kill may leave one behind."""


@dataclass(frozen=True, slots=True)
class Place:
    """A root on some storage; paths are below the root, with `/` between their steps."""

    filesystem: Any
    root: str

    @classmethod
    def at(cls, root_url: str) -> "Place":
        """Return the place that a folder or any fsspec URL names; nothing is created.

        Raises `ConfigurationError` where the package for that kind of storage is not installed.
        """
        try:
            # Other workers write meanwhile: a listing that is kept would not show it.
            filesystem, root = url_to_fs(root_url, use_listings_cache=False)
        except (ImportError, ValueError) as error:
            raise ConfigurationError(f"storage {root_url}: {error}") from error
        return cls(filesystem, root.rstrip("/"))

    @property
    def is_local(self) -> bool:
        """Tell whether the files are on a disk of this machine."""
        return isinstance(self.filesystem, LocalFileSystem)

    def full(self, path: str) -> str:
        """Return a path as the storage knows it."""
        return f"{self.root}/{path}"

    def exists(self, path: str) -> bool:
        """Tell whether a file is there."""
        return bool(self.filesystem.isfile(self.full(path)))

    def read(self, path: str) -> bytes:
        """Return a file's bytes; `FileNotFoundError` where there is none."""
        return bytes(self.filesystem.cat_file(self.full(path)))

    def listed(self, folder: str, suffix: str | tuple[str, ...]) -> dict[str, str]:
        """Return the full paths of all files below a folder, each with its version, in their order.

        An object store lists a thousand a time, whatever the folders between. The version is the
        store's ETag, or size and time of change; a file that is replaced has another.
        """
        found = self.filesystem.find(self.full(folder), detail=True)
        return {str(path): _version(found[path]) for path in sorted(found) if path.endswith(suffix)}

    def write(self, path: str, data: bytes) -> str:
        """Write a whole file or nothing, replacing what was there; return its full path."""
        full = self.full(path)
        if self.is_local:
            _write_local(Path(full), data)
        else:
            # One put is atomic on object stores: readers see the old object or the new one.
            self.filesystem.pipe_file(full, data)
        return full


def _version(info: Mapping[str, Any]) -> str:
    changed = info.get("mtime") or info.get("LastModified") or info.get("created")
    return str(info.get("ETag") or f"{info.get('size')} {changed}")


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
