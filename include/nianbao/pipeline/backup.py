"""Everything that cannot be made anew, in packs: all of it at first, then what came since."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from nianbao import __version__
from nianbao.archive.place import Place
from nianbao.carry.gather import gather, gather_parsed
from nianbao.carry.item import Item, item_of_data, item_of_file, item_of_snapshot, items_of, sizes
from nianbao.carry.manifest import Notes
from nianbao.carry.names import kind_of
from nianbao.carry.packing import write_packs
from nianbao.carry.snapshot import snapshot, sqlite_file
from nianbao.carry.state import State, alone, load_state, save_state
from nianbao.errors import CarryError
from nianbao.pipeline.carry import in_order, told
from nianbao.settings import Settings
from nianbao.warehouse.versions import load_listing

STATE = "state.json"
STANDING = "standing.json"
_BESIDE_METADATA = ("secrets.json", "passwords.json", "prepared.json")
Versions = Literal["none", "current", "kept"]


@dataclass(frozen=True)
class Order:
    """What a backup is to hold beside what cannot be made anew."""

    versions: Versions = "current"
    """Published files: a rebuild makes them too, but readers would wait for it."""
    parsed: bool = False
    metadata: Path | None = None
    """Airflow's SQLite file."""
    max_size: int | None = None


def backup(
    settings: Settings, out: Path, order: Order, now: datetime | None = None
) -> dict[str, Any]:
    """Write a whole backup into a file `….zip`, or what is new into a folder of backups.

    Returns the packs, what they hold, and a line for each thing that has to be kept in another way.
    Raises `CarryError` where a pack of the folder is missing: nothing could be restored without it.
    """
    when = now or datetime.now(UTC)
    if out.suffix == ".zip":
        return _write(settings, out, order, State(), when)[0]
    with alone(out / STATE):
        state = load_state(out / STATE)
        check_packs(out, state)
        name = f"backup-{when:%Y%m%dT%H%M%SZ}.zip"
        result, new = _write(settings, out / name, order, state, when)
        save_state(out / STATE, new)
    return result


def check_packs(folder: Path, state: State) -> None:
    """Raise `CarryError` where a pack that a folder's state rests on is not there as it was."""
    for name, size in state.packs.items():
        path = folder / name
        if not path.exists() or path.stat().st_size != size:
            raise CarryError(f"{path} is missing or was changed: begin a new folder")


def _write(
    settings: Settings, out: Path, order: Order, state: State, when: datetime
) -> tuple[dict[str, Any], State]:
    gathered = gather(settings.archive_root, state)
    notes = Notes("backup", when.isoformat(timespec="seconds"), f"nianbao {__version__}")
    notes.absent |= gathered.absent
    elsewhere: list[str] = []
    with _others(settings, order, elsewhere) as others:
        items = in_order(gathered, [item for item in others if state.lacks(item)])
        made = write_packs(items, out, notes, order.max_size)
    packs = {path.name: path.stat().st_size for path in made.packs}
    result = {**told(made, gathered.foreign), "not_included": elsewhere}
    return result, state.with_items(made.taken, packs)


@contextmanager
def _others(settings: Settings, order: Order, elsewhere: list[str]) -> Iterator[list[Item]]:
    """Give what stands beside the archive; databases are copied first, as of one moment each."""
    with tempfile.TemporaryDirectory(prefix="nianbao-backup-") as name:
        changing = [
            *_warehouse_items(settings, order),
            *_small_items(settings),
            *_database_items(settings, order, Path(name), elsewhere),
        ]
        standing = json.dumps(sorted(item.path for item in changing), ensure_ascii=False).encode()
        checks = Place.at(str(settings.warehouse_root / "checks"))
        yield [
            *(gather_parsed(settings.parsed_root) if order.parsed else ()),
            *items_of(checks, sizes(checks), "warehouse/checks/"),
            *changing,
            item_of_data(STANDING, standing),
        ]


def _warehouse_items(settings: Settings, order: Order) -> Iterator[Item]:
    root = settings.warehouse_root
    listing = load_listing(root)
    ids = (
        {version.id for version in listing.versions} if order.versions == "kept" else {listing.due}
    )
    for version_id in sorted(filter(None, ids)) if order.versions != "none" else ():
        place = Place.at(str(root / "versions" / version_id))
        yield from items_of(place, sizes(place), f"warehouse/versions/{version_id}/")
    for name in (".draft_portals.json", "versions.json"):
        if (root / name).exists():
            yield item_of_file(f"warehouse/{name}", root / name)


def _small_items(settings: Settings) -> Iterator[Item]:
    if settings.identities_file.exists():
        yield item_of_file("identities.csv", settings.identities_file)
    for prefix, folder, pattern in (
        ("roster", settings.roster_root, "*.csv"),
        ("portals", settings.portals_dir, "*.yaml"),
    ):
        for path in sorted(folder.rglob(pattern)):
            name = f"{prefix}/{path.relative_to(folder).as_posix()}"
            if kind_of(name):
                yield item_of_file(name, path)


def _database_items(
    settings: Settings, order: Order, folder: Path, elsewhere: list[str]
) -> Iterator[Item]:
    """Yield copies of the SQLite files; a server's database is named in `elsewhere`."""
    verdicts = sqlite_file(settings.verdicts_location)
    if verdicts is None:
        elsewhere.append("verdicts: a server's database; keep it by pg_dump (docs/operations.md)")
    if order.metadata is None or not order.metadata.exists():
        elsewhere.append("Airflow's metadata: no SQLite file of it here (--metadata FILE)")
    for name, path in (("verdicts", verdicts), ("airflow", order.metadata)):
        if path is not None and path.exists():
            yield item_of_snapshot(f"stores/{name}.sqlite", snapshot(path, folder / name))
    yield from _beside(order.metadata)


def _beside(metadata: Path | None) -> Iterator[Item]:
    """Yield the keys of a local Airflow: without them it takes its database for one half made."""
    for path in (metadata.with_name(name) for name in _BESIDE_METADATA) if metadata else ():
        if path.exists():
            yield item_of_file(f"stores/airflow/{path.name}", path)
