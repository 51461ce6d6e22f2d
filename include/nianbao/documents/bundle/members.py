"""Archives that publishers put reports into: the files inside, by name, within limits.

Names are labels only: nothing is written under them. An archive inside an archive is opened once;
what is nested deeper comes out as it is.
"""

import io
import zipfile
from collections.abc import Iterator

from nianbao.documents.bundle.budget import MOST_BYTES, Budget, safe_name
from nianbao.documents.bundle.parts import DAMAGED
from nianbao.documents.bundle.rar import rar_members
from nianbao.errors import ReadError

_ZIP = b"PK\x03\x04"
_RAR = b"Rar!\x1a\x07"
_DEEPEST = 1
_ENCRYPTED_FLAG, _UTF8_FLAG = 0x1, 0x800
_UNICODE_NAME = 0x7075
_PACKAGES = frozenset(["[content_types].xml", "ofd.xml", "mimetype"])
"""Files whose presence says that a zip is itself a document."""


def members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of the files in a `.zip` or `.rar`, in the archive's order.

    Raises `ReadError`: `damaged`, `encrypted`, `over_limit`, `converter_missing` (a `.rar` without a
    program that unpacks it) or `unsupported_format`; what was yielded before is sound.
    """
    yield from _members(data, Budget(), depth=0)


def _members(data: bytes, budget: Budget, depth: int) -> Iterator[tuple[str, bytes]]:
    for name, content in _opened(data, budget):
        if depth < _DEEPEST and is_bundle(content):
            inner = _members(content, budget, depth + 1)
            yield from ((f"{name}/{inner_name}", inside) for inner_name, inside in inner)
        else:
            yield name, content


def _opened(data: bytes, budget: Budget) -> Iterator[tuple[str, bytes]]:
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


def _zip_members(data: bytes, budget: Budget) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [
                (name, info) for info in archive.infolist() if (name := safe_name(_name(info)))
            ]
            for name, info in infos:
                budget.declared(name, info.file_size, info.compress_size)
                if info.flag_bits & _ENCRYPTED_FLAG:
                    raise ReadError("encrypted", f"{name} is protected by a password")
            for name, info in infos:
                with archive.open(info) as member:
                    content = member.read(MOST_BYTES + 1)
                budget.taken(name, len(content))
                yield name, content
    except DAMAGED as error:
        raise ReadError("damaged", f"the archive cannot be unpacked: {error}") from error


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name as its writer meant it.

    Without the flag for UTF-8 the standard knows one encoding only, which `zipfile` applies;
    programs in Chinese Windows write GBK, others UTF-8.
    """
    unicode_name = _unicode_name(info.extra)
    if unicode_name or info.flag_bits & _UTF8_FLAG:
        return unicode_name or info.filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _unicode_name(extra: bytes) -> str:
    """Return the name from Info-ZIP's extra field for it; empty where there is none."""
    place, head = 0, 4
    while place + head <= len(extra):
        kind, size = (int.from_bytes(extra[place + at : place + at + 2], "little") for at in (0, 2))
        if kind == _UNICODE_NAME:
            # One byte of version and four of a checksum stand before the name.
            return extra[place + head + 5 : place + head + size].decode("utf-8", "ignore")
        place += head + size
    return ""
