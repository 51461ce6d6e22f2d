"""Many files read together, so that those which need a converter share its starts."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from nianbao.documents.office.read import OfficeFile, read_office_batch
from nianbao.documents.read import OFFICE, files_in, named, read_as
from nianbao.documents.sniff import format_of
from nianbao.errors import ReadError
from nianbao.model import Document, sha256_of

logger = logging.getLogger(__name__)

Found = Document | ReadError
FAULT = "reader_fault"
"""The code of an error that is our own: it must not lose the batch that the file came in."""
_FILES_AT_ONCE = 50
_BYTES_AT_ONCE = 100_000_000
"""Of files that wait for the converter: they are held in memory."""


@dataclass(slots=True)
class _Slot:
    """One file, or one member of a bundle: read, or waiting for the converter."""

    name: str
    found: Found | OfficeFile


def read_together(files: Iterable[bytes | ReadError]) -> Iterator[list[Found]]:
    """Yield for each file, in order, its documents, with errors in the places of what can't be read.

    The result is that of reading each alone, but the converter starts once for many. A fault of ours
    in one file ends as the error `reader_fault` of that file, and is logged.
    """
    window: list[list[_Slot]] = []
    for data in files:
        window.append(list(_slots(data)))
        if _is_full(window):
            yield from _finished(window)
            window = []
    yield from _finished(window)


def _is_full(window: Sequence[Sequence[_Slot]]) -> bool:
    waiting = _waiting(window)
    size = sum(len(slot.found.data) for slot in waiting if isinstance(slot.found, OfficeFile))
    # Where nothing waits, nothing is gained by reading on before handing over.
    return not waiting or len(window) >= _FILES_AT_ONCE or size > _BYTES_AT_ONCE


def _waiting(window: Sequence[Sequence[_Slot]]) -> list[_Slot]:
    return [slot for slots in window for slot in slots if isinstance(slot.found, OfficeFile)]


def _slots(data: bytes | ReadError) -> Iterator[_Slot]:
    if isinstance(data, ReadError):
        yield _Slot("", data)
        return
    try:
        for name, part in files_in(data):
            yield _slot(name, part)
    except ReadError as error:
        yield _Slot("", error)
    except Exception as error:
        logger.exception("reader fault on %s", sha256_of(data))
        yield _Slot("", ReadError(FAULT, repr(error)))


def _slot(name: str, part: bytes | ReadError) -> _Slot:
    if isinstance(part, ReadError):
        return _Slot(name, part)
    try:
        file_format = format_of(part)
        if file_format in OFFICE:
            return _Slot(name, OfficeFile(part, file_format))
        return _Slot(name, read_as(file_format, part))
    except ReadError as error:
        return _Slot(name, named(error, name))
    except Exception as error:
        logger.exception("reader fault on %s %s", sha256_of(part), name)
        return _Slot(name, named(ReadError(FAULT, repr(error)), name))


def _finished(window: Sequence[Sequence[_Slot]]) -> Iterator[list[Found]]:
    """Convert what waits, and yield each file's documents and errors."""
    waiting = _waiting(window)
    files = [slot.found for slot in waiting if isinstance(slot.found, OfficeFile)]
    for slot, found in zip(waiting, _converted(files), strict=True):
        slot.found = named(found, slot.name) if isinstance(found, ReadError) else found
    for slots in window:
        yield [slot.found for slot in slots if not isinstance(slot.found, OfficeFile)]


def _converted(files: Sequence[OfficeFile]) -> list[Found]:
    """Return a document or an error for each file; after a fault of ours, each is tried alone."""
    try:
        return read_office_batch(files)
    except Exception as error:
        if len(files) > 1:
            return [found for file in files for found in _converted([file])]
        logger.exception("reader fault on %s", sha256_of(files[0].data))
        return [ReadError(FAULT, repr(error))]
