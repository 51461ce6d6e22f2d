"""The choice of a reader by what the bytes are; bundles are opened and their members read."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from importlib import import_module

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
_OFFICE = ("doc", "odt", "word_xml", "wps")
_BUNDLES = ("rar", "zip")
_MOST_BYTES = 200_000_000
"""A file that unpacks to more than this is an attack or a mistake, and would fill the memory."""


def read_document(data: bytes) -> Document:
    """Read one file that is no bundle.

    Raises `ReadError` with the reader's code where the bytes cannot become a document.
    """
    name = format_of(data)
    if name == "gzip":
        data = _unpacked(data)
        name = format_of(data)
    if name in _FROM_TEXT:
        return _reader(_FROM_TEXT[name])(decode(data))
    if name in _FROM_BYTES:
        return _reader(_FROM_BYTES[name])(data)
    if name in _OFFICE:
        return _reader("office.read:read_office")(data, name)
    raise ReadError("unsupported_format", f"no reader for this format: {name}")


def read_documents(data: bytes) -> Iterator[Document | ReadError]:
    """Yield the documents of a file: of a bundle each member's, with errors in their places.

    Raises `ReadError` where the file itself cannot be read.
    """
    if format_of(data) not in _BUNDLES:
        yield read_document(data)
        return
    members = import_module("nianbao.documents.bundle.members").members
    for name, member in members(data):
        try:
            yield read_document(member)
        except ReadError as error:
            yield ReadError(error.code, f"{name}: {error}")


def _reader(place: str) -> Callable[..., Document]:
    """Import a reader when it is first needed: some of them are large."""
    module, _, function = place.partition(":")
    reader: Callable[..., Document] = getattr(
        import_module(f"nianbao.documents.{module}"), function
    )
    return reader


def _unpacked(data: bytes) -> bytes:
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        unpacked = unpacker.decompress(data, _MOST_BYTES)
    except (zlib.error, gzip.BadGzipFile) as error:
        raise ReadError("damaged", f"damaged gzip body: {error}") from error
    if unpacker.unconsumed_tail:
        raise ReadError("over_limit", "the gzip body unpacks to more than the limit")
    if not unpacker.eof:
        raise ReadError("damaged", "the gzip body is cut off")
    return unpacked
