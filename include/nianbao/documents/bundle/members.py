"""Archives that publishers put reports into: the files inside, by name, within limits.

Names are labels only: nothing is written under them. An archive inside an archive is opened once;
what is nested deeper comes out as it is. What can't be unpacked comes out as its error.
"""

import io
import zipfile
from collections.abc import Iterator

from nianbao.documents.bundle.budget import MOST_BYTES, Budget, safe_name
from nianbao.documents.bundle.gzipped import ungzipped
from nianbao.documents.bundle.parts import DAMAGED
from nianbao.documents.bundle.rar import rar_members
from nianbao.documents.bundle.zip_names import name_of
from nianbao.errors import ReadError

_ZIP = b"PK\x03\x04"
_RAR = b"Rar!\x1a\x07"
_DEEPEST = 1
_ENCRYPTED_FLAG = 0x1
_PACKAGES = frozenset(["[content_types].xml", "ofd.xml", "mimetype"])
"""Files whose presence says that a zip is itself a document."""

Content = bytes | ReadError


def members(data: bytes) -> Iterator[tuple[str, Content]]:
    """Yield the files in a `.zip` or `.rar` in the archive's order, by name.

    In the place of a file that can't be unpacked stands a `ReadError`: `damaged`, `encrypted`,
    `over_limit` or `converter_missing` (in a `.rar`, without a program that unpacks it). Nothing comes
    behind the file that spends the limits of the whole. Raises the same where the archive's directory
    can't be read, or `unsupported_format`.
    """
    yield from _members(data, Budget(), depth=0)


def _members(data: bytes, budget: Budget, depth: int) -> Iterator[tuple[str, Content]]:
    for name, content in _opened(data, budget):
        plain = _plain(content)
        if isinstance(plain, ReadError) or depth >= _DEEPEST or not is_bundle(plain):
            yield name, plain
            continue
        try:
            for inner_name, inside in _members(plain, budget, depth + 1):
                yield f"{name}/{inner_name}", inside
        except ReadError as error:
            yield name, error


def _plain(content: Content) -> Content:
    """Return a member as it was before gzip."""
    try:
        return content if isinstance(content, ReadError) else ungzipped(content)
    except ReadError as error:
        return error


def _opened(data: bytes, budget: Budget) -> Iterator[tuple[str, Content]]:
    if data.startswith(_RAR):
        return rar_members(data, budget)
    if data.startswith(b"PK"):
        return _zip_members(data, budget)
    raise ReadError("unsupported_format", "neither a zip nor a rar archive")


def is_bundle(data: bytes) -> bool:
    """Tell whether some bytes are an archive of files, and not a document that is packed as one."""
    if data.startswith(_RAR):
        return True
    if not data.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
    except DAMAGED:
        return False
    return not names & _PACKAGES


def _zip_members(data: bytes, budget: Budget) -> Iterator[tuple[str, Content]]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGED as error:
        raise ReadError("damaged", f"the archive cannot be opened: {error}") from error
    with archive:
        for info in archive.infolist():
            name = safe_name(name_of(info))
            if name:
                yield name, _unpacked(archive, info, budget)
            if budget.is_spent:
                return


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> Content:
    try:
        budget.declared(info.file_size, info.compress_size)
        if info.flag_bits & _ENCRYPTED_FLAG:
            return ReadError("encrypted", "protected by a password")
        with archive.open(info) as member:
            content = member.read(MOST_BYTES + 1)
        budget.taken(len(content))
    except ReadError as error:
        return error
    except DAMAGED as error:
        return ReadError("damaged", f"cannot be unpacked: {error}")
    return content
