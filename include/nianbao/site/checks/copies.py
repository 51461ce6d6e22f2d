"""Copies of archived documents in a site, under names that let nothing in them run.

A web page is kept as `.txt`, byte for byte, beside a page that shows it with everything in it switched
off. Files of programs that browsers hand on keep their kind; whatever else it is becomes `.bin`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from nianbao.errors import NianbaoError
from nianbao.site.checks.pages import CopyPage
from nianbao.site.folder import SiteFolder
from nianbao.site.render import Renderer

FOLDER = "archive"
_DIGITS = 20
_EXTENSIONS = {
    "pdf": "pdf",
    "docx": "docx",
    "doc": "doc",
    "xlsx": "xlsx",
    "xls": "xls",
    "odt": "odt",
    "ofd": "ofd",
    "wps": "wps",
    "rtf": "rtf",
    "zip": "zip",
    "rar": "rar",
    "html": "txt",
    "mhtml": "txt",
    "word_xml": "txt",
    "word_text": "txt",
    "markdown": "txt",
}
_PICTURES = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif", b"II": "tif", b"MM": "tif"}
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Documents:
    """What is asked of the archive and the readers."""

    read: Callable[[str], bytes]
    """Returns the bytes of a SHA-256, or raises one of our errors."""
    kind: Callable[[bytes], str]
    """Tells the format of some bytes, or raises one of our errors."""
    decode: Callable[[bytes], str]
    """Returns the text of some bytes, or raises one of our errors."""


@dataclass
class Copies:
    """Puts copies into a site as they are asked for, each once."""

    folder: SiteFolder
    documents: Documents
    render: Renderer
    made: dict[str, str] = field(default_factory=dict)

    def address(self, sha256: str | None) -> str:
        """Return the address of a document's copy from the top of the site, "" where there is none."""
        if not sha256 or not _SHA256.fullmatch(sha256):
            return ""
        if sha256 not in self.made:
            self.made[sha256] = self._copy(sha256)
        return self.made[sha256]

    def _copy(self, sha256: str) -> str:
        try:
            data = self.documents.read(sha256)
        except (NianbaoError, OSError):
            return ""
        kind = self._kind(data)
        name = f"{FOLDER}/{sha256[:2]}/{sha256[:_DIGITS]}"
        address = f"{name}.{extension(kind, data)}"
        self.folder.write_bytes(address, data)
        if kind != "html":
            return address
        self.folder.write(f"{name}.html", self._page(f"{name}.html", sha256, address, data))
        return f"{name}.html"

    def _kind(self, data: bytes) -> str:
        try:
            return self.documents.kind(data)
        except NianbaoError:
            return ""

    def _page(self, name: str, sha256: str, address: str, data: bytes) -> str:
        try:
            text = self.documents.decode(data)
        except NianbaoError:
            text = ""
        page = CopyPage(
            address=name,
            title=f"{self.render.words('copy.title')} Archived copy",
            sha256=sha256,
            bytes_name=address.rpartition("/")[2],
            document=text,
        )
        return self.render.html(page)


def extension(kind: str, data: bytes) -> str:
    """Return the ending under which no program takes some bytes for a page or a program."""
    if kind == "image":
        found = (ending for magic, ending in _PICTURES.items() if data.startswith(magic))
        return next(found, "bin")
    return _EXTENSIONS.get(kind, "bin")
