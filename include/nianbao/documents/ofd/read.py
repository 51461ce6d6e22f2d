"""OFD, the fixed-layout format of Chinese offices (GB/T 33190-2016): pages drawn like those of a PDF.

The container is ours, what the drawing means is found by the code that reads PDF pages.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from nianbao.documents.bundle.parts import Parts
from nianbao.documents.ofd.names import Region, child, children, numbers
from nianbao.documents.ofd.page import Canvas
from nianbao.documents.pdf.assemble import assemble
from nianbao.documents.pdf.layout import lay_out
from nianbao.documents.pdf.page import Page
from nianbao.errors import ReadError
from nianbao.model import Document

_ENTRY = "OFD.xml"
_ENCRYPTED = "Encryptions.xml"
"""Names what is encrypted in a package (GM/T 0099)."""
_MOST_PAGES = 2_000
_MOST_CHARACTERS = 500_000
"""Of a whole file; the longest reports have a tenth of it."""
_A4 = Region(0.0, 0.0, 210.0, 297.0)


@dataclass
class _Text:
    """What the pages of one document inside the package share."""

    parts: Parts
    folder: str
    region: Region
    templates: dict[str, str]
    """ID of a template page → name of its part."""
    drawn: dict[str, etree._Element] = field(default_factory=dict)

    def part(self, name: str) -> etree._Element:
        """Return the root of a template; many pages draw the same one."""
        if name not in self.drawn:
            self.drawn[name] = self.parts.xml(name)
        return self.drawn[name]


def read_ofd(data: bytes) -> Document:
    """Read an OFD file.

    Raises `ReadError` with the code `damaged`, `encrypted`, `over_limit`, or `no_text_layer` where
    its pages are pictures.
    """
    parts = Parts(data)
    if parts.has(_ENCRYPTED):
        raise ReadError("encrypted", "the OFD package is encrypted")
    bodies = children(parts.xml(_ENTRY), "DocBody")
    pages: list[Page] = []
    characters = 0
    for text, name in _pages(parts, bodies):
        page, count = _page(text, name, len(pages) + 1)
        characters += count
        pages.append(page)
        if characters > _MOST_CHARACTERS or len(pages) > _MOST_PAGES:
            raise ReadError("over_limit", "more pages or text than any report has")
    document = assemble(pages, "ofd")
    if not document.blocks:
        raise ReadError("no_text_layer", f"no text on {len(pages)} pages")
    return replace(document, metadata=_metadata(bodies))


def _pages(parts: Parts, bodies: list[etree._Element]) -> Iterator[tuple[_Text, str]]:
    """Yield the part of each page in reading order, with the document that it belongs to."""
    for body in bodies:
        name = _resolved("", _text_of(child(body, "DocRoot")))
        root = parts.xml(name)
        text = _document(parts, root, posixpath.dirname(name))
        for page in children(child(root, "Pages"), "Page"):
            yield text, _resolved(text.folder, page.get("BaseLoc", ""))


def _document(parts: Parts, root: etree._Element, folder: str) -> _Text:
    common = child(root, "CommonData")
    templates = {
        template.get("ID", ""): _resolved(folder, template.get("BaseLoc", ""))
        for template in children(common, "TemplatePage")
    }
    return _Text(parts, folder, _region(child(common, "PageArea")) or _A4, templates)


def _page(text: _Text, name: str, number: int) -> tuple[Page, int]:
    root = text.parts.xml(name)
    region = _region(child(root, "Area")) or text.region
    canvas = Canvas(region)
    for template in children(root, "Template"):
        background = text.templates.get(template.get("TemplateID", ""))
        if background and text.parts.has(background):
            canvas.draw(text.part(background))
    canvas.draw(root)
    chars = canvas.printed()
    items = lay_out(chars, canvas.drawing)
    return Page(number, canvas.width, canvas.height, items), len(chars)


def _region(area: etree._Element | None) -> Region | None:
    """Return the paper's box in millimetres, where one of real size is given."""
    four = 4
    box = numbers(_text_of(child(area, "PhysicalBox")))
    if len(box) != four or min(box[2:]) <= 0:
        return None
    return Region(*box)


def _metadata(bodies: list[etree._Element]) -> dict[str, str]:
    titles = (_text_of(child(child(body, "DocInfo"), "Title")).strip() for body in bodies)
    title = next((title for title in titles if title), "")
    return {"title": title} if title else {}


def _resolved(folder: str, location: str) -> str:
    """Return the name of a part: from the root, or from the folder of the part that names it."""
    path = location.strip().replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")


def _text_of(element: etree._Element | None) -> str:
    return (element.text or "") if element is not None else ""
