"""Files of one place copied into another, as from a disk into an object store."""

from collections.abc import Iterable

from nianbao.archive.place import Place
from nianbao.carry.item import Item, sizes
from nianbao.carry.names import hash_in
from nianbao.errors import CarryError
from nianbao.model import sha256_of


def copy_items(items: Iterable[Item], target: Place, prefix: str = "") -> tuple[int, int]:
    """Copy in the order given what is not there with its size; return how many were new and known.

    Whoever is interrupted starts it again. Raises `CarryError` where bytes are damaged here.
    """
    here, new, known = sizes(target), 0, 0
    for item in items:
        path = item.path.removeprefix(prefix)
        if here.get(path) == item.size:
            known += 1
            continue
        with item.open() as stream:
            data = stream.read()
        if hash_in(item.path) not in {None, sha256_of(data)}:
            raise CarryError(f"{item.path} is damaged here: nianbao archive verify lists all such")
        target.write(path, data)
        new += 1
    return new, known
