"""One pack while it is being written: a zip under another name, whole or not there at all."""

import hashlib
import os
import zipfile
import zlib
from datetime import datetime
from importlib.resources import files as resources
from pathlib import Path
from typing import BinaryIO

from nianbao.carry.item import Item
from nianbao.carry.manifest import MANIFEST, README, Manifest, Notes, Packed
from nianbao.carry.names import hash_in
from nianbao.model import sha256_of

LEVEL = 6
_ALREADY_PACKED = (".parquet", ".duckdb", ".xlsx", ".zip", ".png")
_PIECE = 1 << 20
_PER_ENTRY = 400
"""Bytes that an entry costs beside its content: two headers and a line of the manifest, its name apart."""
_FIXED = 8192
"""Bytes for the page that tells people what the file is, and the manifest's head."""


class PackWriter:
    """Writes one pack; `close` makes it whole under a name that no reader looks for."""

    def __init__(self, target: Path, notes: Notes, part: int) -> None:
        """Begin a pack beside the place where it will stand."""
        self.target, self.part = target, part
        self._notes = notes
        self._partial = partial_of(target)
        if notes.purpose == "backup":
            self._partial.touch(mode=0o600)  # drafts and the login's keys are in it
        self._zip = zipfile.ZipFile(self._partial, "w", compresslevel=LEVEL)
        self._files: list[Packed] = []
        self._spent = _FIXED

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was put in yet."""
        return not self._files

    def has_room(self, need: int, limit: int | None) -> bool:
        """Tell whether an entry of so many bytes keeps the pack within a limit."""
        return limit is None or self._spent + self._notes.size + need <= limit

    def add(self, item: Item, stream: BinaryIO, need: int) -> None:
        """Put a file in."""
        info = self._info(item.path)
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as entry:
            while piece := stream.read(_PIECE):
                digest.update(piece)
                size += len(piece)
                entry.write(piece)
        self._files.append(Packed(path=item.path, size=size, sha256=digest.hexdigest()))
        self._spent += need

    def close(self, *, last: bool) -> Manifest:
        """Write the manifest and bring all of it onto the disk."""
        notes = self._notes
        mine = {packed.path for packed in self._files}
        manifest = Manifest(
            purpose=notes.purpose,
            made_at=notes.made_at,
            made_by=notes.made_by,
            part=self.part,
            last=last,
            absent=tuple(sorted(notes.absent)),
            needs={path: tuple(need) for path, need in notes.needs.items() if path in mine},
            files=tuple(self._files),
        )
        self._zip.writestr(self._info(README), _readme(manifest))
        self._zip.writestr(self._info(MANIFEST), manifest.data())
        self._zip.close()
        with self._partial.open("rb") as file:
            os.fsync(file.fileno())
        return manifest

    def place(self) -> None:
        """Give the whole pack its name."""
        self._partial.replace(self.target)

    def drop(self) -> None:
        """Remove what was written."""
        self._zip.close()
        self._partial.unlink(missing_ok=True)

    def _info(self, path: str) -> zipfile.ZipInfo:
        when = datetime.fromisoformat(self._notes.made_at)
        info = zipfile.ZipInfo(path, when.timetuple()[:6])
        info.external_attr = 0o644 << 16
        info.compress_type = _method(path)
        return info


def partial_of(target: Path) -> Path:
    """Return the name under which a pack is written; whoever holds the lock may remove it."""
    return target.with_name(f".partial-{target.name}")


def need_of(item: Item, data: bytes | None) -> int:
    """Return the bytes that an entry takes at most; exactly so many for its content, where it is given."""
    content = item.size if data is None else len(_packed(item.path, data))
    return content + _PER_ENTRY + 4 * len(item.path.encode())


def _packed(path: str, data: bytes) -> bytes:
    if _method(path) == zipfile.ZIP_STORED:
        return data
    worker = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
    return worker.compress(data) + worker.flush()


def _method(path: str) -> int:
    stored = path.endswith(_ALREADY_PACKED)
    return zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED


def _readme(manifest: Manifest) -> bytes:
    text = (resources("nianbao.carry") / "readme.txt").read_text("utf-8")
    told = text.format(
        made_at=manifest.made_at,
        made_by=manifest.made_by,
        part=manifest.part,
        files=len(manifest.files),
        documents=sum(hash_in(packed.path) is not None for packed in manifest.files),
        manifest=sha256_of(manifest.data()),
        command="nianbao restore" if manifest.purpose == "backup" else "nianbao archive unpack",
    )
    # Notepad of older systems knows UTF-8 by its mark only, and lines by both of their ends.
    return b"\xef\xbb\xbf" + told.replace("\n", "\r\n").encode()
