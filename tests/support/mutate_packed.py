"""Damage inside containers, which are then packed again as they should be: zip, gzip, PDF, OLE."""

import gzip
import io
import re
import struct
import zipfile
import zlib
from functools import lru_cache
from random import Random

from support import mutate_marked
from support.mutate import MOST_BYTES, any_bytes

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_MOST_MEMBERS = 300


def zipped(rng: Random, data: bytes) -> bytes:
    """Damage one or two members, or the list of members; checksums are right."""
    try:
        members = list(_members(data))
    except (zipfile.BadZipFile, OSError, NotImplementedError, zlib.error, EOFError):
        return any_bytes(rng, data)
    for _ in range(rng.choice([1, 1, 2])):
        at = rng.randrange(len(members))
        members[at] = (members[at][0], _member(rng, *members[at]))
    if rng.random() < 0.15:
        members = _listed_otherwise(rng, members)
    return _packed(members)


@lru_cache(64)
def _members(data: bytes) -> tuple[tuple[str, bytes], ...]:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return tuple((name, source.read(name)) for name in source.namelist()[:_MOST_MEMBERS])


def _member(rng: Random, name: str, content: bytes) -> bytes:
    if name.endswith((".xml", ".rels")) and rng.random() < 0.8:
        return mutate_marked.xml(rng, content)[:MOST_BYTES]
    return any_bytes(rng, content or b" ")


def _listed_otherwise(rng: Random, members: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    name, content = rng.choice(members)
    return rng.choice(
        [
            [one for one in members if one[0] != name],
            [*members, (name.upper(), content)],
            [*members, ("../../" + name, content)],
            [(one[0].replace("/", "\\"), one[1]) for one in members],
            [*members, *((f"word/{n}.xml", b"<a/>") for n in range(2000))],
            members[::-1],
        ]
    )


def _packed(members: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for name, content in members:
            target.writestr(name, content)
    return out.getvalue()


def gzipped(rng: Random, data: bytes) -> bytes:
    """Damage what is inside."""
    try:
        return gzip.compress(mutate_marked.html(rng, gzip.decompress(data)), 1)
    except (OSError, EOFError, zlib.error):
        return any_bytes(rng, data)


def pdf(rng: Random, data: bytes) -> bytes:
    """Damage a stream and pack it again, or the numbers and names of objects."""
    streams = list(_STREAM.finditer(data))
    if not streams or rng.random() < 0.3:
        return any_bytes(rng, data)
    for _ in range(rng.choice([1, 2])):
        stream = rng.choice(streams)
        if data[stream.start() : stream.end()] != stream[0]:
            continue
        try:
            packed = zlib.compress(_operators(rng, zlib.decompress(stream[1])), 1)
        except zlib.error:
            packed = any_bytes(rng, stream[1] or b" ")
        data = data[: stream.start(1)] + packed + data[stream.end(1) :]
        streams = list(_STREAM.finditer(data))
    return data


def _operators(rng: Random, content: bytes) -> bytes:
    """Damage the operators of a page, numbers above all."""
    if rng.random() < 0.3:
        return any_bytes(rng, content or b" ")
    odd = (
        b"1000000000",
        b"-1000000000",
        b"0",
        b"1e38",
        b"q " * 3000,
        b"0 0 1 1 re f " * 3000,
        b"BT ",
        b"ET ",
        b"nan",
    )
    numbers = list(re.finditer(rb"-?\d+(\.\d+)?", content))
    for one in sorted(
        rng.sample(numbers, min(len(numbers), rng.choice([1, 5, 40]))), key=lambda m: -m.start()
    ):
        content = content[: one.start()] + rng.choice(odd) + content[one.end() :]
    return content[:MOST_BYTES]


def ole(rng: Random, data: bytes) -> bytes:
    """Damage the tables of sectors, swap sectors, or damage bytes inside one."""
    changed = bytearray(data)
    sectors = max(1, len(data) // 512)
    for _ in range(rng.choice([1, 2, 8])):
        sector = rng.randrange(sectors) * 512
        draw = rng.random()
        if draw < 0.5:
            at = sector + 4 * rng.randrange(128)
            odd = rng.choice(
                [rng.randrange(sectors), 0xFFFFFFFE, 0xFFFFFFFF, 0x7FFFFFFF, 0, sector // 512]
            )
            changed[at : at + 4] = struct.pack("<I", odd)
        elif draw < 0.75:
            other = rng.randrange(sectors) * 512
            one, two = bytes(changed[sector : sector + 512]), bytes(changed[other : other + 512])
            changed[sector : sector + 512], changed[other : other + 512] = two, one
        else:
            at = 8 + rng.randrange(500)
            changed[at : at + 2] = rng.choice([b"\0\0", b"\xff\xff", b"\x1e\0", b"\x01\0"])
    return bytes(changed)
