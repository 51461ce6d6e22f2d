"""A zip of XML parts, as `.docx` and `.xlsx` are, read part by part with limits.

Only the parts that are asked for are unpacked, so pictures cost nothing. No part may bring its own
entities or declare a document type: the packaging standard (ECMA-376 part 2) forbids both.
"""

import io
import posixpath
import zipfile
import zlib

from lxml import etree

from nianbao.errors import ReadError

_MOST_BYTES = 24_000_000
"""Of one part, unpacked."""
_MOST_XML = 16_000_000
"""Of one part of XML: 30 times a long report; as a tree it takes up to eight times as much."""
_MOST_XML_IN_ALL = 32_000_000
"""Of all XML that is asked for, a part as often as it is: one may stand for a thousand sheets."""

_ROOT_RELATIONS = "_rels/.rels"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}
"""The strict variant of the formats has the same elements under other namespaces (ISO/IEC 29500-1)."""

_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    LookupError,
)
"""What `zipfile` raises on damaged archives."""


class Parts:
    """The parts of one package."""

    def __init__(self, data: bytes) -> None:
        """Open the package; `ReadError("damaged")` where it is no zip."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except DAMAGED as error:
            raise ReadError("damaged", f"not a readable package: {error}") from error
        self._left = _MOST_XML_IN_ALL
        self._names = {name.replace("\\", "/").lower(): name for name in self._zip.namelist()}

    def has(self, name: str) -> bool:
        """Tell whether there is such a part; case doesn't matter in packages."""
        return name.lower() in self._names

    def xml(self, name: str) -> etree._Element:
        """Return the root of an XML part.

        Raises `ReadError`: `damaged` where the part is absent or ill-formed, `encrypted`, `over_limit`.
        """
        data = self._read(name)
        self._left -= len(data)
        if len(data) > _MOST_XML or self._left < 0:
            raise ReadError("over_limit", f"{name}: more than {_MOST_XML} bytes of XML")
        for strict, usual in _STRICT.items():
            data = data.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise ReadError("damaged", f"{name} is not well-formed: {error}") from error
        if root.getroottree().docinfo.doctype:
            raise ReadError("damaged", f"{name} declares a document type")
        return root

    def xml_or_none(self, name: str) -> etree._Element | None:
        """Return the root of a part that may be absent, or that may be damaged without great harm."""
        try:
            return self.xml(name) if self.has(name) else None
        except ReadError:
            return None

    def main(self, fallback: str) -> str:
        """Return the name of the main part, as the package's own relations give it."""
        targets = self._relations(_ROOT_RELATIONS, "")
        found = next((to for kind, to in targets.values() if kind == "officeDocument"), fallback)
        return found if self.has(found) else fallback

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Return what a part refers to: relation id → last word of the type, and part name."""
        folder, name = posixpath.split(part)
        return self._relations(f"{folder}/_rels/{name}.rels", folder)

    def _relations(self, name: str, folder: str) -> dict[str, tuple[str, str]]:
        root = self.xml_or_none(name)
        found: dict[str, tuple[str, str]] = {}
        for relation in root.iter(_RELATION) if root is not None else ():
            kind = relation.get("Type", "").rpartition("/")[2]
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            found[relation.get("Id", "")] = (kind, target.lstrip("/"))
        return found

    def read(self, name: str) -> bytes:
        """Return a part; raises `ReadError` as `xml` does."""
        return self._read(name)

    def _read(self, name: str) -> bytes:
        try:
            info = self._zip.getinfo(self._names[name.lower()])
            if info.flag_bits & 0x1:
                raise ReadError("encrypted", f"{name} is encrypted")
            with self._zip.open(info) as part:
                data = part.read(_MOST_BYTES + 1)
        except DAMAGED as error:
            raise ReadError("damaged", f"{name} cannot be unpacked: {error}") from error
        if len(data) > _MOST_BYTES:
            raise ReadError("over_limit", f"{name} unpacks to more than {_MOST_BYTES} bytes")
        return data


def relation_id(element: etree._Element) -> str:
    """Return the id of the relation that an element names, or an empty string."""
    return element.get(_RELATION_ID, "")
