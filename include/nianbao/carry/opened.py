"""A pack that somebody brought, found whole before anything of it is used."""

import hashlib
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Set
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from nianbao.carry.manifest import MANIFEST, README, Manifest, Packed, Purpose, read_manifest
from nianbao.carry.names import Kind, hash_in, kind_of
from nianbao.errors import CarryError

_PIECE = 1 << 20
_MANIFEST_LIMIT = 1 << 30
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


class Pack:
    """An opened pack whose names, sizes and hashes are those of its manifest."""

    def __init__(self, name: str, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        """Take over an archive that was verified."""
        self.name, self.manifest, self._zip = name, manifest, archive

    def data(self, packed: Packed) -> bytes:
        """Return a file whole; verified again, since a medium may fail between two readings."""
        return b"".join(self.pieces(packed))

    def pieces(self, packed: Packed) -> Iterator[bytes]:
        """Yield a file piece by piece; `CarryError` at its end where it is not as promised."""
        yield from _pieces(self._zip, packed, self.name)


@contextmanager
def opened(path: Path, purpose: Purpose, allowed: Set[Kind] | None = None) -> Iterator[Pack]:
    """Open a pack and read all of it once.

    Raises `CarryError`, one line, where it is no pack, is not whole, holds what its manifest does
    not name, or anything whose name is none of ours.
    """
    with _archive(path) as archive:
        manifest = read_manifest(_manifest_data(archive, path.name), path.name)
        _check_purpose(manifest, purpose, path.name)
        _check_names(archive, manifest, allowed, path.name)
        for packed in manifest.files:
            for _ in _pieces(archive, packed, path.name):
                pass
        yield Pack(path.name, archive, manifest)


def sha256_of_file(path: Path) -> str:
    """Return the hash of a whole file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise CarryError(f"{path} could not be read: {error.strerror or error}") from error
    except _DAMAGE as error:
        raise CarryError(f"{path.name} is no pack, or its end is missing: {error}") from error
    with archive:
        yield archive


def _manifest_data(archive: zipfile.ZipFile, name: str) -> bytes:
    entries = [info for info in archive.infolist() if info.filename == MANIFEST]
    if len(entries) != 1:
        raise CarryError(f"{name} is no pack: {len(entries)} files are called {MANIFEST}")
    _check_entry(entries[0], name)
    if entries[0].file_size > _MANIFEST_LIMIT:
        raise CarryError(f"{name}: {MANIFEST} is larger than any of ours")
    try:
        with archive.open(entries[0]) as stream:
            return stream.read(_MANIFEST_LIMIT)
    except (*_DAMAGE, OSError) as error:
        raise CarryError(f"{name}: damaged manifest: {error}") from error


def _check_purpose(manifest: Manifest, purpose: Purpose, name: str) -> None:
    if manifest.purpose != purpose:
        command = "nianbao restore" if manifest.purpose == "backup" else "nianbao archive unpack"
        raise CarryError(f"{name} is for another command: {command}")


def _check_names(
    archive: zipfile.ZipFile, manifest: Manifest, allowed: Set[Kind] | None, name: str
) -> None:
    listed = Counter(packed.path for packed in manifest.files)
    names = [info.filename for info in archive.infolist()]
    there = Counter(path for path in names if path not in {MANIFEST, README})
    twice = [path for path, count in (listed | there).items() if count > 1]
    if twice:
        raise CarryError(f"{name}: twice in it: {twice[0]!r}")
    if foreign := sorted((there - listed).keys()):
        raise CarryError(f"{name}: not in its manifest: {foreign[0]!r}")
    if missing := sorted((listed - there).keys()):
        raise CarryError(f"{name}: missing in it: {missing[0]!r}")
    for packed in manifest.files:
        kind = kind_of(packed.path)
        if kind is None or (allowed is not None and kind not in allowed):
            raise CarryError(f"{name}: no name that a pack may hold: {packed.path!r}")
        if hash_in(packed.path) not in {None, packed.sha256}:
            raise CarryError(f"{name}: the manifest gives another hash for {packed.path}")
    for path in (path for needs in manifest.needs.values() for path in needs):
        if kind_of(path) != "log":
            raise CarryError(f"{name}: no part of a log that a file may wait for: {path!r}")
    for info in archive.infolist():
        _check_entry(info, name)


def _check_entry(info: zipfile.ZipInfo, name: str) -> None:
    if info.flag_bits & _ENCRYPTED or info.compress_type not in _METHODS:
        raise CarryError(f"{name}: {info.filename!r} is encrypted, or packed as we never pack")


def _pieces(archive: zipfile.ZipFile, packed: Packed, name: str) -> Iterator[bytes]:
    digest, size = hashlib.sha256(), 0
    for piece in _read(archive, packed.path, name):
        size += len(piece)
        if size > packed.size:
            break
        digest.update(piece)
        yield piece
    if size != packed.size or digest.hexdigest() != packed.sha256:
        raise CarryError(f"{name}: damaged: {packed.path} is not as its manifest says")


def _read(archive: zipfile.ZipFile, path: str, name: str) -> Iterator[bytes]:
    try:
        with archive.open(path) as stream:
            yield from _piecewise(stream)
    except (*_DAMAGE, OSError) as error:
        raise CarryError(f"{name}: damaged: {path}: {error}") from error


def _piecewise(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := stream.read(_PIECE):
        yield piece
