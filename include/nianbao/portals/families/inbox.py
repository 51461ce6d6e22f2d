"""The inbox: a folder or bucket where people put files.

It serves sites that nobody can crawl, and drafts that are to be checked before publication. The
listing comes from the client as JSON lines, one per file: `name` (path below the start URL), `url`,
`size` in bytes and `mtime`, the time of change as the storage tells it.
"""

import json
from pathlib import PurePosixPath

from nianbao.errors import ConfigurationError
from nianbao.model import Lead, Portal
from nianbao.portals.families.base import ListRequest, Step, Years, check_params
from nianbao.portals.families.titles import report_year

_TEMPORARY_PREFIXES = (".", "~$", "~")
_TEMPORARY_SUFFIXES = (
    ".tmp",
    ".temp",
    ".part",
    ".partial",
    ".crdownload",
    ".download",
    ".swp",
    "~",
)
_LITTER = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


class Inbox:
    """Every file below the start URLs is a lead, but for hidden and temporary ones."""

    def check(self, portal: Portal) -> None:
        """Refuse a record without a start URL, with one on the web, or with parameters."""
        check_params(portal, frozenset())
        if not portal.start_urls:
            raise ConfigurationError("start_urls: an inbox needs at least one folder or URL")
        if any(url.startswith(("http://", "https://")) for url in portal.start_urls):
            raise ConfigurationError("start_urls: an inbox is a folder or a bucket, not a web page")

    def start(self, portal: Portal, years: Years) -> Step:
        """Ask for the listing of every start URL."""
        return Step(requests=tuple(ListRequest(url) for url in portal.start_urls))

    def read(self, portal: Portal, request: ListRequest, body: bytes, media_type: str) -> Step:
        """Return a lead per file; its title is the file's name, since that is all there is."""
        entries = [json.loads(line) for line in body.decode().splitlines() if line.strip()]
        return Step(
            leads=tuple(
                _lead(portal.id, entry["url"], PurePosixPath(entry["name"]))
                for entry in entries
                if not _is_litter(PurePosixPath(entry["name"]))
            )
        )


def _lead(portal_id: str, url: str, name: PurePosixPath) -> Lead:
    return Lead(portal_id, url, title=name.stem, report_year=report_year(name.stem))


def _is_litter(name: PurePosixPath) -> bool:
    return any(
        step.startswith(_TEMPORARY_PREFIXES)
        or step.lower().endswith(_TEMPORARY_SUFFIXES)
        or step.lower() in _LITTER
        for step in name.parts
    )
