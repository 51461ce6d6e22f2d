"""Everything that was ever published, made anew from the archive alone."""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from nianbao.archive.place import Place
from nianbao.carry.gather import gather_parsed
from nianbao.pipeline import reading, warehouse
from nianbao.settings import Settings
from nianbao.warehouse.versions import current_version


def rebuild(
    settings: Settings,
    *,
    read_again: bool = False,
    processes: int = 1,
    without_gate: bool = False,
) -> dict[str, Any]:
    """Read, build, check and publish what the archive holds.

    `read_again` forgets what was read before, with any reader. Returns the numbers of documents and
    reports read, the outcome, and the version and content hash that readers see then. Each step may
    be interrupted: what was read stays.
    """
    if read_again:
        _forget(settings)
    done = list(_read(settings, processes))
    built = warehouse.check(settings, warehouse.build(settings))
    if not without_gate:
        built = warehouse.gate(settings, built)
    published = warehouse.publish(settings, built, without_gate=without_gate)
    seen = current_version(settings.warehouse_root)
    return {
        "documents": sum(part["documents"] for part in done),
        "reports": sum(part["reports"] for part in done),
        "quarantined": sum(part["quarantined"] for part in done),
        "outcome": published["outcome"],
        "version": published["version"],
        "content_hash": seen.content_hash if seen else None,
    }


def _forget(settings: Settings) -> None:
    place = Place.at(settings.parsed_root)
    for item in gather_parsed(settings.parsed_root):
        place.filesystem.rm_file(place.full(item.path.removeprefix("parsed/")))


def _read(settings: Settings, processes: int) -> Iterator[dict[str, Any]]:
    batches = reading.pending(settings)
    if processes == 1 or len(batches) < 2:
        yield from (reading.read(settings, batch) for batch in batches)
        return
    # Started anew, since a copy of a process with threads may wait for a lock that nobody holds.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        yield from pool.map(reading.read, [settings] * len(batches), batches)
