"""What some bytes are, by their content alone: names and headers of published files are often wrong."""

import io
import re
import zipfile
from collections.abc import Iterable

from nianbao.documents.encoding import decode
from nianbao.errors import ReadError

_HEAD = 65_536
"""Bytes that tell what a text is; more of it would only be decoded twice."""
_MAGIC = {
    b"Rar!\x1a\x07": "rar",
    b"\x1f\x8b": "gzip",
    b"\x89PNG": "image",
    b"\xff\xd8\xff": "image",
    b"GIF8": "image",
    b"II*\x00": "image",
    b"MM\x00*": "image",
    b"{\\rtf": "rtf",
    b"\xef\xbb\xbf{\\rtf": "rtf",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_PDF_WITHIN = 1024
"""Readers of PDF accept that many bytes of debris before the header."""
_OLE_STREAMS = {
    "worddocument": "doc",
    "workbook": "xls",
    "book": "xls",
    "contents": "wps",
    "mm": "wps",
    "matost": "wps",
}
_NOT_OURS = {
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"SQLite format 3": "a database",
}
_MIME_HEADER = re.compile(rb"^(MIME-Version|Content-Type)\s*:", re.IGNORECASE | re.MULTILINE)
_MULTIPART = re.compile(
    rb"^Content-Type\s*:\s*(multipart/|text/html)", re.IGNORECASE | re.MULTILINE
)
_HEADER_FIRST = re.compile(rb"\s*[A-Za-z][A-Za-z-]*\s*:[^\n]*\n")
_HTML = re.compile(
    r"<(!doctype|html|head|body|table|tbody|tr|td|div|p|span|meta|h[1-6]|br|section|article)\b",
    re.IGNORECASE,
)
_PREFACE = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body|meta|script|style|title|link)\b",
    re.IGNORECASE | re.DOTALL,
)
"""How a page may begin long before the first tag of `_HTML`."""
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
_WORD_XML = re.compile(r"<w:wordDocument\b|<pkg:package\b")
_LOCAL_NAME = re.compile(rb"PK\x03\x04.{22}(..).{2}", re.DOTALL)


def format_of(data: bytes) -> str:
    """Return the format of some bytes.

    One of `html`, `word_text`, `markdown`, `docx`, `xlsx`, `ofd`, `odt`, `zip`, `rar`, `doc`, `xls`,
    `wps`, `rtf`, `word_xml`, `pdf`, `image`, `mhtml`, `gzip`.
    Raises `ReadError` with the code `empty`, `encrypted` (an Office file under a password), `damaged`
    (a container whose directory cannot be read), `unsupported_format` or `undecodable`.
    """
    if not data.strip():
        raise ReadError("empty", "the file is empty")
    if data.startswith(_OLE):
        return _ole_format(data)
    if data.startswith(_ZIP):
        return _zip_format(data)
    return _by_magic(data) or _text_format(data.lstrip(b" \t\r\n")[:_HEAD])


def _by_magic(data: bytes) -> str:
    start = data[:64].lstrip()
    for magic, name in _MAGIC.items():
        if start.startswith(magic):
            return name
    if _is_bitmap(data) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return "image"
    for magic, what in _NOT_OURS.items():
        if data.startswith(magic):
            raise ReadError("unsupported_format", f"no reader for this format: {what}")
    return "pdf" if b"%PDF-" in data[:_PDF_WITHIN] else ""


def _is_bitmap(data: bytes) -> bool:
    """Tell a BMP from a text that begins with the same two letters: its reserved bytes are zero."""
    return data[:2] == b"BM" and data[6:10] == b"\x00\x00\x00\x00"


def _text_format(data: bytes) -> str:
    if _is_mhtml(data):
        return "mhtml"
    if _PAGE.match(data):
        return "html"  # as nearly all are; the rest of it need not be decoded twice
    text = decode(data)
    if _WORD_XML.search(text[:20_000]):
        return "word_xml"
    from nianbao.documents.text.markdown import (
        begins_with_heading,
        has_pipe_table,
        looks_like_markdown,
    )

    # Line breaks in cells are HTML inside Markdown; a page has no pipe table and begins with a tag.
    is_tag = text.lstrip().startswith("<")
    if not is_tag and (begins_with_heading(text) or has_pipe_table(text)):
        return "markdown"
    if _HTML.search(text.lstrip()[:20_000]) or _PREFACE.match(text):
        return "html"
    return "markdown" if looks_like_markdown(text) else "word_text"


def _is_mhtml(data: bytes) -> bool:
    """Tell a web page saved as a mail message: header lines first, a page or several parts below."""
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    starts = _HEADER_FIRST.match(head) is not None
    return starts and len(_MIME_HEADER.findall(head)) > 1 and _MULTIPART.search(head) is not None


def _ole_format(data: bytes) -> str:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            names = {entry[0].lower() for entry in ole.listdir(streams=True, storages=False)}
    except Exception as error:
        # The library raises IndexError, struct.error and others on what is not a whole container.
        raise ReadError("damaged", f"the OLE container cannot be read: {error}") from error
    if "encryptedpackage" in names:
        raise ReadError("encrypted", "the file is protected by a password")
    for stream, name in _OLE_STREAMS.items():
        if stream in names:
            return name
    raise ReadError("unsupported_format", "an OLE container with neither a text nor a workbook")


def _zip_format(data: bytes) -> str:
    names = [name.replace("\\", "/").lstrip("/").lower() for name in _names(data)]
    if "ofd.xml" in names:
        return "ofd"
    if "[content_types].xml" in names:
        return _package_format(names)
    if "mimetype" in names and "content.xml" in names:
        return "odt"
    return "zip"


def _package_format(names: Iterable[str]) -> str:
    folders = {name.partition("/")[0] for name in names}
    for folder, name in (("word", "docx"), ("xl", "xlsx")):
        if folder in folders:
            return name
    raise ReadError("unsupported_format", "an Office package with neither a text nor a workbook")


def _names(data: bytes) -> list[str]:
    """Return the members' names: from the directory, or from the members where it was cut off."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            return container.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return [_name_at(data, found) for found in _LOCAL_NAME.finditer(data)]


def _name_at(data: bytes, found: re.Match[bytes]) -> str:
    size = int.from_bytes(found[1], "little")
    return data[found.end() : found.end() + size].decode("utf-8", "replace")
