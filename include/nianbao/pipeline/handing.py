"""Batches of documents handed on to other processes: a file of hashes in storage, and its name.

A task's result lies in Airflow's database, and each mapped task is sent the whole list that it is one
of. The hashes of a country's documents would be tens of megabytes, sent hundreds of times.
"""

from collections.abc import Sequence
from typing import Any

from nianbao.archive.place import Place
from nianbao.errors import ReadError
from nianbao.pipeline.reading import part_name
from nianbao.settings import Settings

_FOLDER, _SUFFIX = "pending", ".txt"
"""Below the parsed data, which all that read can write; no parsed part has this suffix."""


def hand_on(settings: Settings, batches: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    """Write each batch's hashes, one per line, and return `batch`, `documents` and `first` of each.

    What an earlier call has left is removed: its documents were read, or are in these batches again.
    """
    place = Place.at(settings.parsed_root)
    written = {part_name(batch): batch for batch in batches}
    for name, batch in written.items():
        place.write(_path(name), "\n".join(batch).encode())
    for path in place.listed(_FOLDER, _SUFFIX):
        if path.rpartition("/")[2].removesuffix(_SUFFIX) not in written:
            place.filesystem.rm_file(path)
    return [
        {"batch": name, "documents": len(batch), "first": batch[0][:8]}
        for name, batch in written.items()
    ]


def taken(settings: Settings, name: str) -> list[str]:
    """Return the hashes of a batch.

    Raises `ReadError` where a later harvest has removed it.
    """
    try:
        return Place.at(settings.parsed_root).read(_path(name)).decode().split("\n")
    except FileNotFoundError as error:
        message = f"no batch {name}: a later harvest has listed anew what was not read by then"
        raise ReadError("batch_missing", message) from error


def _path(name: str) -> str:
    return f"{_FOLDER}/{name}{_SUFFIX}"
