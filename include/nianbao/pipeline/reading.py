"""Archived documents read into parsed parts."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

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

_PLAIN = ("text/", "application/xhtml")
"""What the media types of pages begin with. A page takes some 10 ms, most other files 100 ms or more."""
_WEIGHT = 10
"""What any other file weighs in a batch, where a page weighs 1; what a host does not name may be one."""
_SPREAD, _LEAST = 8, 5
"""Batches that a little is spread over, so that all workers have some; each is a fifth of a whole one."""
_AT_ONCE = 200
"""Readings kept as objects, which take far more memory than the columns that they become."""


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
    weights = _weights(log)
    missing = [need.missing for need in format_needs() if need.missing]
    for reason in missing:
        logger.warning("%s", reason)
    read = ParsedStore(settings.parsed_root, settings.cache_folder).documents(
        READER_VERSION, missing
    )
    unread = {sha256: weights[sha256] for sha256 in sorted(weights.keys() - read)}
    return _batches(unread, settings.reading_batch * _WEIGHT, limit)


def _weights(log: pa.Table) -> dict[str, int]:
    """Return the hashes of all reports, each with what its reading weighs."""
    reports = log.filter(pc.and_(pc.equal(log["purpose"], "report"), pc.is_valid(log["sha256"])))
    weights: dict[str, int] = {}
    columns = (reports.column(name).to_pylist() for name in ("sha256", "media_type"))
    for sha256, media_type in zip(*columns, strict=True):
        weight = 1 if (media_type or "").startswith(_PLAIN) else _WEIGHT
        weights[sha256] = max(weight, weights.get(sha256, 1))
    return weights


def _batches(unread: Mapping[str, int], most: int, limit: int | None) -> list[list[str]]:
    """Return some batches of at most about the weight `most`, or no more than `limit` larger ones."""
    total = sum(unread.values())
    size = min(most, max(most // _LEAST, -(-total // _SPREAD), 1))
    size = max(size, -(-total // limit) if limit else 1)
    batches: dict[int, list[str]] = defaultdict(list)
    before = 0
    for sha256, weight in unread.items():
        batches[before // size].append(sha256)
        before += weight
    return list(batches.values())


def part_name(batch: Sequence[str]) -> str:
    """Return the name of the part that a batch is read into."""
    return "part-" + sha256_of("\n".join(batch).encode())[:16]


def read(settings: Settings, batch: list[str]) -> dict[str, Any]:
    """Read a batch of documents into one part; the same batch always writes the same part."""
    archive = Archive(settings.archive_root)
    counts = {"documents": 0, "reports": 0, "quarantined": 0}
    tables = []
    readings = _readings(batch, (_bytes(archive, sha256) for sha256 in batch))
    while some := list(islice(readings, _AT_ONCE)):
        counts["documents"] += len(some)
        counts["reports"] += sum(len(reading.reports) for reading in some)
        counts["quarantined"] += sum(len(reading.errors) for reading in some)
        tables.append(to_table(some))
    path = ParsedStore(settings.parsed_root, settings.cache_folder).write(
        READER_VERSION, part_name(batch), pa.concat_tables(tables)
    )
    return {**counts, "path": path}


def _bytes(archive: Archive, sha256: str) -> bytes | ReadError:
    try:
        return archive.get(sha256)
    except ReadError as error:
        return error
