"""Files of Word and its relatives, by way of LibreOffice.

They become docx and not HTML: LibreOffice's HTML runs deleted and inserted digits together and loses
automatic numbering, while its docx keeps both apart, with every span of the tables. Rich text has a
reader of its own (`rtf`), and Word's XML is nearly docx: neither needs the converter.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nianbao.documents.office.fib import import_filter_of, refuse_encrypted
from nianbao.documents.office.flat import is_flat_package, unfolded
from nianbao.documents.office.run import Limits, Run, run_converter
from nianbao.documents.office.word2003 import as_docx
from nianbao.errors import ReadError
from nianbao.model import Document

_FILTERS = {
    "wps": "MS_Works",
    "odt": "writer8",
}
_MOST_BYTES = 100_000_000
_HEAD = 4_096
_MOST_FILES = 50
"""Files in one start: enough to make the start cheap, few enough to repeat when one of them breaks it."""


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """One file to be read, with the format that `format_of` gave it."""

    data: bytes
    format: str


def read_office(data: bytes, file_format: str = "doc", limits: Limits | None = None) -> Document:
    """Read one `doc`, `wps`, `word_xml` or `odt` file.

    Raises `ReadError` with the code `converter_missing`, `encrypted`, `damaged`, `over_limit`, or
    `unsupported_format`.
    """
    [result] = read_office_batch([OfficeFile(data, file_format)], limits)
    if isinstance(result, ReadError):
        raise result
    return result


def read_office_batch(
    files: Sequence[OfficeFile], limits: Limits | None = None
) -> list[Document | ReadError]:
    """Read several files with as few starts of the converter as is safe; one result per file.

    Files of one format share a start. A file at which that run breaks is tried alone, and those
    behind it go into a run of their own, so that a bad file spoils no other.
    """
    converted = convert_to_docx(files, limits or Limits())
    return [_read(file, result) for file, result in zip(files, converted, strict=True)]


def convert_to_docx(files: Sequence[OfficeFile], limits: Limits) -> list[bytes | ReadError]:
    """Return each file as docx, or why it is none."""
    results: dict[int, bytes | ReadError] = {}
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, file in enumerate(files):
        try:
            if file.format == "word_xml":
                results[number] = _from_xml(file.data)
            else:
                groups[_kind(file)].append(number)
        except ReadError as error:
            results[number] = error
    for (suffix, import_filter), numbers in groups.items():
        for start in range(0, len(numbers), _MOST_FILES):
            part = numbers[start : start + _MOST_FILES]
            data = [files[number].data for number in part]
            found = _convert(data, suffix, import_filter, limits)
            results.update(zip(part, found, strict=True))
    return [results[number] for number in range(len(files))]


def _from_xml(data: bytes) -> bytes:
    """Return Word's XML, of 2003 or later, as docx; this needs no converter."""
    if is_flat_package(data[:_HEAD]):
        return unfolded(data)
    return as_docx(data)


def _kind(file: OfficeFile) -> tuple[str, str]:
    """Return the suffix and the import filter for a file; raise what is already known to fail."""
    if len(file.data) > _MOST_BYTES:
        raise ReadError("over_limit", f"the file has more than {_MOST_BYTES} bytes")
    if file.format == "doc":
        refuse_encrypted(file.data)
        return "doc", import_filter_of(file.data)
    if file.format not in _FILTERS:
        raise ReadError("unsupported_format", f"not read by way of LibreOffice: {file.format}")
    return file.format, _FILTERS[file.format]


def _convert(
    files: Sequence[bytes], suffix: str, import_filter: str, limits: Limits
) -> list[bytes | ReadError]:
    """Return what came of each file; files are converted in order, so the first without is to blame."""
    results: dict[int, bytes | ReadError] = {}
    while left := [number for number in range(len(files)) if number not in results]:
        try:
            run = run_converter([files[number] for number in left], suffix, import_filter, limits)
        except ReadError as error:
            return [results.get(number, error) for number in range(len(files))]
        results |= {left[place]: data for place, data in run.converted.items()}
        failed = [(place, number) for place, number in enumerate(left) if number not in results]
        if len(left) == 1 or not run.trouble:
            results |= {number: _result(run, place) for place, number in failed}
        elif failed:
            number = failed[0][1]
            [results[number]] = _convert([files[number]], suffix, import_filter, limits)
    return [results[number] for number in range(len(files))]


def _result(run: Run, number: int) -> bytes | ReadError:
    if number in run.converted:
        return run.converted[number]
    if run.trouble:
        return ReadError("over_limit", run.trouble)
    return ReadError("damaged", "LibreOffice cannot read the file")


def _read(file: OfficeFile, converted: bytes | ReadError) -> Document | ReadError:
    if isinstance(converted, ReadError):
        return converted
    from nianbao.documents.docx.read import read_docx

    try:
        return replace(read_docx(converted), reader=file.format)
    except ReadError as error:
        return error
