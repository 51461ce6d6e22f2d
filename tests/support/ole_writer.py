"""Small OLE compound files ([MS-CFB]) with given streams: what a binary Office file is, from outside."""

import struct
from collections.abc import Mapping

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_LEAST = 4096
"""Shorter streams would go into the mini stream; they are filled up instead."""


def ole_bytes(streams: Mapping[str, bytes]) -> bytes:
    """Return a container of version 3 with streams at the top level; names in sorted order."""
    fat, body, entries = [_FAT], b"", []
    for name, data in streams.items():
        data = data.ljust(_LEAST, b"\0")
        start, count = len(fat), -(-len(data) // _SECTOR)
        fat += [*range(start + 1, start + count), _END]
        body += data.ljust(count * _SECTOR, b"\0")
        entries.append((name, start, len(data)))
    directory = _directory(entries)
    start, count = len(fat), len(directory) // _SECTOR
    fat += [*range(start + 1, start + count), _END]
    assert len(fat) <= _SECTOR // 4
    table = struct.pack(f"<{_SECTOR // 4}I", *fat, *[_FREE] * (_SECTOR // 4 - len(fat)))
    return _header(start) + table + body + directory


def _header(directory: int) -> bytes:
    fixed = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        1,
        directory,
        0,
        _LEAST,
        _END,
        0,
        _END,
        0,
    )
    return fixed + struct.pack("<109I", 0, *[_FREE] * 108)


def _directory(entries: list[tuple[str, int, int]]) -> bytes:
    """Return the root and its streams, chained by their right siblings."""
    records = [_record("Root Entry", 5, child=1, start=_END, size=0)]
    for number, (name, start, size) in enumerate(entries, start=1):
        right = number + 1 if number < len(entries) else _FREE
        records.append(_record(name, 2, right=right, start=start, size=size))
    packed = b"".join(records)
    return packed.ljust(-(-len(packed) // _SECTOR) * _SECTOR, b"\0")


def _record(
    name: str, kind: int, *, right: int = _FREE, child: int = _FREE, start: int, size: int
) -> bytes:
    text = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16xI8x8xIQ",
        text,
        len(text) + 2,
        kind,
        1,
        _FREE,
        right,
        child,
        0,
        start,
        size,
    )
