"""Archived documents read into parsed parts."""

import logging
from collections.abc import Sequence
from typing import Any

from nianbao.archive.log import read_log
from nianbao.archive.store import Archive
from nianbao.documents import read_documents
from nianbao.errors import ReadError
from nianbao.model import Document, Report, sha256_of
from nianbao.pipeline.storage import ParsedStore
from nianbao.reports import READER_VERSION, recognise
from nianbao.reports.parsed import Reading, to_table
from nianbao.settings import Settings

logger = logging.getLogger(__name__)


def read_reports(sha256: str, data: bytes) -> Reading:
    """Read one file's reports; a file that cannot be read is a result and not an exception."""
    found: list[Report | ReadError] = []
    readers: list[str] = []
    try:
        for document in read_documents(data):
            if isinstance(document, ReadError):
                found.append(document)
            else:
                readers.append(document.reader)
                found += _recognised(document)
    except ReadError as error:
        found.append(error)
    except Exception as error:  # one odd file must not lose the batch it came in
        logger.exception("reader fault on %s", sha256)
        found.append(ReadError("reader_fault", repr(error)))
    return Reading(sha256, " ".join(dict.fromkeys(readers)), tuple(found))


def _recognised(document: Document) -> Sequence[Report | ReadError]:
    try:
        return recognise(document)
    except ReadError as error:
        return [error]


def pending(settings: Settings) -> list[list[str]]:
    """Return the documents that this reader version has not read yet, in batches of hashes."""
    log = read_log(settings.archive_root)
    fetched = {
        sha256
        for sha256, purpose in zip(
            log.column("sha256").to_pylist(), log.column("purpose").to_pylist(), strict=True
        )
        if sha256 is not None and purpose == "report"
    }
    unread = sorted(fetched - ParsedStore(settings.parsed_root).documents(READER_VERSION))
    size = settings.reading_batch
    return [unread[start : start + size] for start in range(0, len(unread), size)]


def read(settings: Settings, batch: list[str]) -> dict[str, Any]:
    """Read a batch of documents into one part; the same batch always writes the same part."""
    archive = Archive(settings.archive_root)
    readings = [_read_one(archive, sha256) for sha256 in batch]
    name = "part-" + sha256_of("\n".join(batch).encode())[:16]
    path = ParsedStore(settings.parsed_root).write(READER_VERSION, name, to_table(readings))
    return {
        "documents": len(readings),
        "reports": sum(len(reading.reports) for reading in readings),
        "quarantined": sum(len(reading.errors) for reading in readings),
        "path": path,
    }


def _read_one(archive: Archive, sha256: str) -> Reading:
    try:
        data = archive.get(sha256)
    except ReadError as error:
        return Reading(sha256, found=(error,))
    return read_reports(sha256, data)
