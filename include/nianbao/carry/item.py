"""One file that is to be carried, and the files of a place as such."""

import hashlib
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from nianbao.archive.place import PARTIAL_PREFIX, Place
from nianbao.model import sha256_of


@dataclass(frozen=True, slots=True)
class Item:
    """A file with its name in the pack; `mark` changes whenever it has to be carried again."""

    path: str
    size: int
    mark: str
    open: Callable[[], BinaryIO]
    """Raises `FileNotFoundError` where the file went meanwhile."""


def sizes(place: Place, folder: str = "") -> dict[str, int]:
    """Return the files below a folder of a place, by their paths below the place, with sizes.

    What is still being written is left out.
    """
    place.filesystem.invalidate_cache()  # other processes write while this one lives
    root = place.full(folder) if folder else place.root
    found = place.filesystem.find(root, detail=True)
    start = len(place.root) + 1
    return {
        path[start:]: int(info["size"] or 0)
        for path, info in sorted(found.items())
        if not path.rsplit("/", 1)[-1].startswith(PARTIAL_PREFIX)
    }


def items_of(place: Place, found: Mapping[str, int], prefix: str = "") -> list[Item]:
    """Return files of a place as items; they are written once, so their size marks them."""
    return [
        Item(prefix + path, size, str(size), _opener(place, path)) for path, size in found.items()
    ]


def _opener(place: Place, path: str) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        stream: BinaryIO = place.filesystem.open(place.full(path), "rb")
        return stream

    return opened


def item_of_data(path: str, data: bytes) -> Item:
    """Return bytes in memory as an item that is carried again when its content changes."""
    return Item(path, len(data), sha256_of(data), lambda: io.BytesIO(data))


def item_of_file(path: str, file: Path) -> Item:
    """Return a small file of the local disk, read now, as an item."""
    return item_of_data(path, file.read_bytes())


def item_of_snapshot(path: str, file: Path) -> Item:
    """Return a file that nobody changes any more as an item, by its hash; it may be large."""
    with file.open("rb") as stream:
        mark = hashlib.file_digest(stream, "sha256").hexdigest()
    return Item(path, file.stat().st_size, mark, lambda: file.open("rb"))
