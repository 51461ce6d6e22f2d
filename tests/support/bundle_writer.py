"""Archives made by hand: zips with the names of old programs, and rar 5 without a rar program."""

import io
import random
import re
import zipfile
import zlib


def zip_of(*files: tuple[str, bytes], level: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of named files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", level) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def zip_with_raw_name(name: bytes, content: bytes) -> bytes:
    """Return a zip whose one name has these bytes and no flag that says how they are encoded."""
    stand_in = "x" * len(name)
    return zip_of((stand_in, content), level=zipfile.ZIP_STORED).replace(stand_in.encode(), name)


def rar_of(*files: tuple[str, bytes], method: int = 0, size: int | None = None) -> bytes:
    """Return a rar 5 archive; a method above nought claims that the content is compressed."""
    blocks = [_block(1, 0, _vint(0))]
    for name, content in files:
        fields = (
            _vint(4)
            + _vint(len(content) if size is None else size)
            + _vint(0o644)
            + zlib.crc32(content).to_bytes(4, "little")
            + _vint(method << 7)
            + _vint(1)
            + _vint(len(name.encode()))
            + name.encode()
        )
        blocks.append(_block(2, 2, _vint(len(content)) + fields) + content)
    return b"Rar!\x1a\x07\x01\x00" + b"".join(blocks) + _block(5, 0, _vint(0))


def _block(kind: int, flags: int, fields: bytes) -> bytes:
    header = _vint(kind) + _vint(flags) + fields
    sized = _vint(len(header)) + header
    return zlib.crc32(sized).to_bytes(4, "little") + sized


def _vint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def with_damaged_part(data: bytes, rng: random.Random) -> bytes:
    """Return a package in which one XML part was changed here and there, its checksum included."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", 8) as target:
        names = source.namelist()
        victim = rng.choice([name for name in names if name.endswith("l")])
        for name in names:
            content = source.read(name)
            target.writestr(name, _damaged(content, rng) if name == victim else content)
    return out.getvalue()


def _damaged(content: bytes, rng: random.Random) -> bytes:
    """Change digits, attribute values and names so that most files stay well-formed."""
    pieces = [b'"0"', b'"-1"', b'"99999999999999999999"', b'"x"', b'""', b'"1048576"', b'"16384"']
    changed = bytearray(content)
    for _ in range(rng.randint(1, 12)):
        found = list(re.finditer(rb'"[^"<>/]{0,12}"', bytes(changed)))
        if found:
            start, end = rng.choice(found).span()
            changed[start:end] = rng.choice(pieces)
    return bytes(changed)
