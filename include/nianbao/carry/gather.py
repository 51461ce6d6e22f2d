"""What an archive holds, in the order in which it has to arrive: bytes, log, proofs of the end.

Listed the other way round: what a line of the log names was archived before the line was written,
and a harvest proves its end after its log. So nothing that is listed here lacks what it rests on.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from nianbao.archive.log import JOURNAL_SUFFIX, journal_lines
from nianbao.archive.place import Place
from nianbao.carry.item import Item, item_of_data, items_of, sizes
from nianbao.carry.names import kind_of, path_of_bytes
from nianbao.carry.state import State
from nianbao.errors import CarryError

PROOFS = ("asked", "listed")
"""What a harvest leaves at its end: the years it was after, and what it saw listed."""
_FOLDERS = {"bytes", "log", *PROOFS, "waiting", "received"}


@dataclass(frozen=True)
class Gathered:
    """The files of an archive and what is to be said of them."""

    items: tuple[Item, ...]
    absent: frozenset[str]
    """Hashes that the log names and the archive lacks."""
    needs: Mapping[str, tuple[str, ...]]
    """The parts of the log that stand before each proof of a harvest's end."""
    foreign: tuple[str, ...]
    """Files that are none of ours; they are left where they are."""


def gather(root_url: str, state: State | None = None) -> Gathered:
    """Return what an archive holds, without what a state has already.

    Raises `CarryError` where a part of its log is damaged.
    """
    state = state or State()
    place = Place.at(root_url)
    proofs = {path: size for folder in PROOFS for path, size in sizes(place, folder).items()}
    journals = [path for path in sizes(place, "log") if path.endswith(JOURNAL_SUFFIX)]
    held = [_journal(place, path) for path in journals]
    log = {path: size for path, size in sizes(place, "log").items() if kind_of(path) == "log"}
    parts = [item for item in (*items_of(place, log), *held) if state.lacks(item)]
    named = {sha256 for item in parts for sha256 in _named(item)}
    fetched = sizes(place, "bytes")
    items = (*items_of(place, _ours(fetched)), *parts, *items_of(place, _ours(proofs)))
    return Gathered(
        items=tuple(item for item in items if state.lacks(item)),
        absent=frozenset(sha256 for sha256 in named if path_of_bytes(sha256) not in fetched),
        needs={path: tuple(_before(path, log)) for path in proofs},
        foreign=tuple(_foreign(place, [*fetched, *log, *proofs, *journals])),
    )


def gather_parsed(root_url: str) -> list[Item]:
    """Return the parsed parts, which spare the receiver the reading."""
    place = Place.at(root_url)
    found = {path: size for path, size in sizes(place).items() if kind_of(f"parsed/{path}")}
    return items_of(place, found, "parsed/")


def hashes_in(data: bytes, path: str) -> Iterator[str]:
    """Yield the hashes that a part of the log, or a journal, names; `CarryError` where it is damaged."""
    try:
        if path.endswith(JOURNAL_SUFFIX):
            found = [line["sha256"] for line in journal_lines(data)]
        else:
            column = pq.read_table(io.BytesIO(data), columns=["sha256"])["sha256"]
            found = pc.unique(column).to_pylist()
    except (pa.ArrowInvalid, pa.ArrowKeyError, ValueError, KeyError, TypeError, OSError) as error:
        raise CarryError(f"damaged part of the fetch log: {path}: {error}") from error
    yield from (sha256 for sha256 in found if sha256 is not None)


def _foreign(place: Place, known: Iterable[str]) -> Iterator[str]:
    """Yield what would be left behind: files of other names, and folders that nobody told us of."""
    yield from (path for path in known if kind_of(path) is None)
    there = (
        place.filesystem.ls(place.root, detail=False) if place.filesystem.exists(place.root) else ()
    )
    names = {str(path).rstrip("/").rsplit("/", 1)[-1] for path in there}
    yield from sorted(name for name in names - _FOLDERS if not name.startswith("."))


def _named(item: Item) -> Iterator[str]:
    with item.open() as stream:
        yield from hashes_in(stream.read(), item.path)


def _ours(found: Mapping[str, int]) -> dict[str, int]:
    return {path: size for path, size in found.items() if kind_of(path)}


def _before(proof: str, log: Mapping[str, int]) -> Iterator[str]:
    run = proof.split("/")[1]
    return (path for path in log if path.startswith(f"log/{run}/"))


def _journal(place: Place, path: str) -> Item:
    """Return the whole lines of a journal that may still grow; an empty one where it just ended."""
    try:
        data = place.read(path)
    except FileNotFoundError:
        data = b""
    return item_of_data(path, data[: data.rfind(b"\n") + 1])


if JOURNAL_SUFFIX != ".journal":
    raise AssertionError("the names in a pack have to be those of the log")
