"""Word's "XML document" (Flat OPC): the parts of a docx in one XML file, put into a package again."""

import base64
import io
import re
import zipfile
from collections.abc import Mapping

from lxml import etree

from nianbao.errors import ReadError

_PACKAGE = re.compile(rb"<pkg:package\b")
_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_MOST_BYTES = 60_000_000
_MOST_PARTS = 2_000
_LIST = "[Content_Types].xml"
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)


def is_flat_package(head: bytes) -> bool:
    """Tell by the first bytes of a file."""
    return _PACKAGE.search(head) is not None


def unfolded(data: bytes) -> bytes:
    """Return the file as a docx package; raises `ReadError` with `damaged` or `over_limit`."""
    parts = parsed(data).findall(f"{_PKG}part")[:_MOST_PARTS]
    try:
        return packed({one.get(f"{_PKG}name", "").lstrip("/"): _content(one) for one in parts})
    except ValueError as error:
        raise ReadError("damaged", f"a part is not well-formed: {error}") from error


def parsed(data: bytes) -> etree._Element:
    """Return the root of an XML file that declares no document type; raises `ReadError`."""
    if len(data) > _MOST_BYTES:
        raise ReadError("over_limit", f"the file has more than {_MOST_BYTES} bytes")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError("damaged", f"the XML document is not well-formed: {error}") from error
    if root.getroottree().docinfo.doctype:
        raise ReadError("damaged", "the XML document declares a document type")
    return root


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return parts as a package."""
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_STORED) as container:
        container.writestr(_LIST, _TYPES)
        for name, content in parts.items():
            if name and name != _LIST:  # two members of one name are a warning, and one too many
                container.writestr(name, content)
    return package.getvalue()


def _content(part: etree._Element) -> bytes:
    """Return the bytes of a part: its one XML element, or what is written as base64."""
    xml = part.find(f"{_PKG}xmlData")
    if xml is not None and len(xml):
        return etree.tostring(xml[0], encoding="utf-8", xml_declaration=True)
    return base64.b64decode(part.findtext(f"{_PKG}binaryData", ""))
