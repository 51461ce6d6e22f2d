"""What a build is made from, without drafts, and the hash that tells whether any of it changed."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import replace
from importlib.metadata import version as installed
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from nianbao.archive.log import read_log
from nianbao.model import Portal
from nianbao.pipeline.roster import known_bodies
from nianbao.pipeline.storage import ParsedStore
from nianbao.reports.parsed import PARSED_SCHEMA
from nianbao.settings import Settings
from nianbao.warehouse.build import Sources
from nianbao.warehouse.digest import digest

_OURS = ("divisions", "forms", "model", "quality", "verdicts", "warehouse")
"""The parts of the library that decide what a warehouse holds."""
_CODE = (".py", ".sql", ".yaml", ".csv")


def all_sources(settings: Settings, portals: Collection[Portal]) -> Sources:
    """Return the sources as they stand, those of drafts included."""
    return Sources(
        fetch_log=read_log(settings.archive_root, cache=settings.cache_folder),
        parsed=ParsedStore(settings.parsed_root, settings.cache_folder).parts(),
        parsed_schema=PARSED_SCHEMA,
        portals=tuple(portals),
        known=known_bodies(settings),
    )


def without_drafts(sources: Sources) -> Sources:
    """Return sources that know nothing of draft portals: neither records nor requests.

    What was handed in for checking before publication is no business of the public, nor is its
    address. Parsed documents that no request leads to are left behind by the build.
    """
    drafts = [portal.id for portal in sources.portals if portal.stage == "draft"]
    if not drafts:
        return sources  # filtering would hold the log a second time in memory
    asked_by_drafts = pc.is_in(sources.fetch_log["portal_id"], pa.array(drafts, pa.string()))
    return replace(
        sources,
        portals=tuple(portal for portal in sources.portals if portal.id not in drafts),
        fetch_log=sources.fetch_log.filter(pc.invert(asked_by_drafts)),
    )


def inputs_hash(sources: Sources) -> str:
    """Return a hash that changes with anything a build is made from, our own code included.

    It is worked out over millions of lines of the log at every start, so they are hashed in columns.
    """
    found = hashlib.sha256(installed("nianbao").encode())
    found.update(digest(sources.fetch_log.to_batches()).encode())
    found.update(digest(sources.known.asked.to_batches()).encode())
    known_lines = (repr(one) for one in (*sources.known.roster, *sources.known.deadlines))
    for part in (_portal_lines(sources), _part_names(sources), known_lines, code_lines()):
        for line in part:
            found.update(line.encode() + b"\n")
    return found.hexdigest()


def _portal_lines(sources: Sources) -> Iterable[str]:
    return sorted(portal.model_dump_json() for portal in sources.portals)


def _part_names(sources: Sources) -> Iterable[str]:
    """Return the parts by reader version and name, which their documents decide."""
    return sorted(f"{Path(path).parent.name}/{Path(path).name}" for path in sources.parsed)


def code_lines(library: Traversable | None = None) -> Iterable[str]:
    """Return name and hash of every file that decides what a warehouse holds.

    A changed rule, table, view or function makes a build of its own; there is nothing to migrate.
    """
    root = library or files("nianbao")
    for package in _OURS:
        yield from _files_below(root / package, package)


def _files_below(folder: Traversable, name: str) -> Iterable[str]:
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = f"{name}/{item.name}"
        if item.is_dir():
            yield from _files_below(item, path)
        elif item.name.endswith(_CODE):
            yield f"{path} {hashlib.sha256(item.read_bytes()).hexdigest()}"
