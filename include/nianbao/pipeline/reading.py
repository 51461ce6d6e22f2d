"""Archived documents read into parsed parts."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from nianbao.archive.log import read_log
from nianbao.archive.store import Archive
from nianbao.documents.tools import format_needs
from nianbao.errors import ReadError
from nianbao.model import Document, Report, sha256_of
from nianbao.pipeline.batch import FAULT, read_together
from nianbao.pipeline.storage import ParsedStore
from nianbao.reports import READER_VERSION, recognise
from nianbao.reports.parsed import Reading, to_table
from nianbao.settings import Settings

logger = logging.getLogger(__name__)


def read_reports(sha256: str, data: bytes) -> Reading:
    """Read one file's reports; a file that cannot be read is a result and not an exception."""
    [reading] = _readings([sha256], [data])
    return reading


def _readings(hashes: Sequence[str], files: Iterable[bytes | ReadError]) -> Iterator[Reading]:
    for sha256, documents in zip(hashes, read_together(files), strict=True):
        readers = [document.reader for document in documents if isinstance(document, Document)]
        found = [one for document in documents for one in _recognised(document, sha256)]
        # A file of which nothing at all was told would be lost without a word.
        found = found or [ReadError("empty", "a bundle that holds no document")]
        yield Reading(sha256, " ".join(dict.fromkeys(readers)), tuple(found))


def _recognised(document: Document | ReadError, sha256: str) -> Sequence[Report | ReadError]:
    try:
        return [document] if isinstance(document, ReadError) else recognise(document)
    except ReadError as error:
        return [error]
    except Exception as error:
        logger.exception("recognition fault on %s", sha256)
        return [ReadError(FAULT, repr(error))]


def pending(settings: Settings, limit: int | None = None) -> list[list[str]]:
    """Return the documents that this reader version has not read yet, in batches of hashes.

    `limit` is the most batches that whoever reads them takes; they are larger where there is more.

    Those that waited for a converter are among them as soon as it is there. What this machine lacks
    is logged.
    """
    log = read_log(settings.archive_root, cache=settings.cache_folder)
    fetched = {
        sha256
        for sha256, purpose in zip(
            log.column("sha256").to_pylist(), log.column("purpose").to_pylist(), strict=True
        )
        if sha256 is not None and purpose == "report"
    }
    missing = [need.missing for need in format_needs() if need.missing]
    for reason in missing:
        logger.warning("%s", reason)
    read = ParsedStore(settings.parsed_root, settings.cache_folder).documents(
        READER_VERSION, missing
    )
    unread = sorted(fetched - read)
    size = max(settings.reading_batch, -(-len(unread) // limit) if limit else 1)
    return [unread[start : start + size] for start in range(0, len(unread), size)]


def read(settings: Settings, batch: list[str]) -> dict[str, Any]:
    """Read a batch of documents into one part; the same batch always writes the same part."""
    archive = Archive(settings.archive_root)
    readings = list(_readings(batch, (_bytes(archive, sha256) for sha256 in batch)))
    name = "part-" + sha256_of("\n".join(batch).encode())[:16]
    path = ParsedStore(settings.parsed_root, settings.cache_folder).write(
        READER_VERSION, name, to_table(readings)
    )
    return {
        "documents": len(readings),
        "reports": sum(len(reading.reports) for reading in readings),
        "quarantined": sum(len(reading.errors) for reading in readings),
        "path": path,
    }


def _bytes(archive: Archive, sha256: str) -> bytes | ReadError:
    try:
        return archive.get(sha256)
    except ReadError as error:
        return error
