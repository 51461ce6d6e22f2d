"""The choice of a reader by what the bytes are; bundles are opened and their members read."""

from collections.abc import Callable, Iterator
from importlib import import_module

from nianbao.documents.bundle.gzipped import ungzipped
from nianbao.documents.encoding import decode
from nianbao.documents.sniff import format_of
from nianbao.errors import ReadError
from nianbao.model import Document

_FROM_TEXT = {
    "html": "html.read:read_html",
    "markdown": "text.markdown:read_markdown",
    "word_text": "text.word_text:read_word_text",
}
_FROM_BYTES = {
    "docx": "docx.read:read_docx",
    "image": "ocr:read_image",
    "mhtml": "html.mhtml:read_mhtml",
    "ofd": "ofd.read:read_ofd",
    "pdf": "pdf:read_pdf",
    "rtf": "rtf.read:read_rtf",
    "xls": "spreadsheet.read:read_xls",
    "xlsx": "spreadsheet.read:read_xlsx",
}
OFFICE = frozenset(["doc", "odt", "word_xml", "wps"])
"""Formats that LibreOffice converts; see `office` for reading many of them at once."""
_BUNDLES = ("rar", "zip")
_MAY_BE_BUNDLE = (b"Rar!", b"PK")


def read_document(data: bytes) -> Document:
    """Read one file that is no bundle.

    Raises `ReadError` with the reader's code where the bytes cannot become a document.
    """
    data = ungzipped(data)
    return read_as(format_of(data), data)


def read_as(file_format: str, data: bytes) -> Document:
    """Read one file whose format is known; raises `ReadError` as `read_document` does."""
    if file_format in _FROM_TEXT:
        return _reader(_FROM_TEXT[file_format])(decode(data))
    if file_format in _FROM_BYTES:
        return _reader(_FROM_BYTES[file_format])(data)
    if file_format in OFFICE:
        return _reader("office.read:read_office")(data, file_format)
    raise ReadError("unsupported_format", f"no reader for this format: {file_format}")


def files_in(data: bytes) -> Iterator[tuple[str, bytes | ReadError]]:
    """Yield the files of a bundle with their names and errors, or one file without a name.

    Raises `ReadError` where the file or the bundle as a whole cannot be opened.
    """
    data = ungzipped(data)
    if not data.startswith(_MAY_BE_BUNDLE) or format_of(data) not in _BUNDLES:
        yield "", data
        return
    for name, member in import_module("nianbao.documents.bundle.members").members(data):
        yield name, named(member, name) if isinstance(member, ReadError) else member


def named(error: ReadError, name: str) -> ReadError:
    """Return the error of a bundle's member with the member's name."""
    return ReadError(error.code, f"{name}: {error}") if name else error


def _reader(place: str) -> Callable[..., Document]:
    """Import a reader when it is first needed: some of them are large."""
    module, _, function = place.partition(":")
    reader: Callable[..., Document] = getattr(
        import_module(f"nianbao.documents.{module}"), function
    )
    return reader
