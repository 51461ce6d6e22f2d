"""OFD, the fixed-layout format of Chinese offices (GB/T 33190-2016): pages drawn like those of a PDF.

The container is ours, what the drawing means is found by the code that reads PDF pages.
"""

import posixpath
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from nianbao.documents.bundle.parts import Parts
from nianbao.documents.confined.limits import Word
from nianbao.documents.ocr import require_ocr
from nianbao.documents.ofd.media import media_of, read_media, resolved
from nianbao.documents.ofd.names import Region, child, children, numbers
from nianbao.documents.ofd.page import Canvas, direction_of
from nianbao.documents.pdf.assemble import assemble
from nianbao.documents.pdf.layout import lay_out
from nianbao.documents.pdf.page import Page
from nianbao.documents.pdf.pictures import pictures_of
from nianbao.documents.pdf.stated import stated
from nianbao.errors import ReadError
from nianbao.model import Document

_ENTRY = "OFD.xml"
_ENCRYPTED = "Encryptions.xml"
"""Names what is encrypted in a package (GM/T 0099)."""
_MOST_PAGES = 2_000
_MOST_SHOWN = 20
"""Pages that one part may stand for: a hostile list names one a thousand times."""
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
    media: dict[str, str]
    """ID of a picture → name of its part."""
    drawn: dict[str, etree._Element] = field(default_factory=dict)

    def part(self, name: str) -> etree._Element:
        """Return the root of a template; many pages draw the same one."""
        if name not in self.drawn:
            self.drawn[name] = self.parts.xml(name)
        return self.drawn[name]


def read_ofd(data: bytes) -> Document:
    """Read an OFD file; large pictures without text go through optical recognition.

    Raises `ReadError` with the code `damaged`, `encrypted`, `over_limit`, `no_text_layer` where
    there is no text and nothing recognised either, or `converter_missing` where recognition is not
    installed and no page has text.
    """
    from nianbao.documents.confined.read import read_confined

    return read_confined("ofd", data)


def read_package(data: bytes, tick: Callable[[Word], None] = lambda word: None) -> Document:
    """Read an OFD file in this process; `tick` hears how far it is."""
    parts = Parts(data)
    if parts.has(_ENCRYPTED):
        raise ReadError("encrypted", "the OFD package is encrypted")
    bodies = children(parts.xml(_ENTRY), "DocBody")
    pages: list[Page] = []
    characters, unread = 0, False
    scans: list[int] = []

    def begin() -> None:
        scans.append(len(pages))
        tick("scan")

    for text, name in _pages(parts, bodies):
        page, count, has_unread = _page(text, name, len(pages) + 1, begin)
        unread = unread or has_unread
        characters += count
        pages.append(page)
        tick("page")
        if characters > _MOST_CHARACTERS or len(pages) > _MOST_PAGES:
            raise ReadError("over_limit", "more pages or text than any report has")
    document = assemble(pages, "ofd")
    if not document.blocks and unread:
        require_ocr()
    if not document.blocks:
        raise ReadError("no_text_layer", f"no text on {len(pages)} pages")
    return replace(document, metadata=stated(document, _title(bodies), optically=bool(scans)))


def _pages(parts: Parts, bodies: list[etree._Element]) -> Iterator[tuple[_Text, str]]:
    """Yield the part of each page in reading order, with the document that it belongs to."""
    shown: Counter[str] = Counter()
    for body in bodies:
        name = resolved("", _text_of(child(body, "DocRoot")))
        root = parts.xml(name)
        text = _document(parts, root, posixpath.dirname(name))
        pages = children(child(root, "Pages"), "Page")
        names = [resolved(text.folder, page.get("BaseLoc", "")) for page in pages]
        shown.update(names)
        if shown and shown.most_common(1)[0][1] > _MOST_SHOWN:
            raise ReadError("over_limit", f"one part stands for more than {_MOST_SHOWN} pages")
        for name in names:
            yield text, name


def _document(parts: Parts, root: etree._Element, folder: str) -> _Text:
    common = child(root, "CommonData")
    templates = {
        template.get("ID", ""): resolved(folder, template.get("BaseLoc", ""))
        for template in children(common, "TemplatePage")
    }
    region = _region(child(common, "PageArea")) or _A4
    return _Text(parts, folder, region, templates, media_of(parts, common, folder))


def _page(text: _Text, name: str, number: int, begin: Callable[[], None]) -> tuple[Page, int, bool]:
    root = text.parts.xml(name)
    region = _region(child(root, "Area")) or text.region
    canvas = Canvas(region, direction_of(root))
    for template in children(root, "Template"):
        background = text.templates.get(template.get("TemplateID", ""))
        if background and text.parts.has(background):
            canvas.draw(text.part(background))
    canvas.draw(root)
    chars = canvas.printed()
    items = lay_out(chars, canvas.drawing)
    size = canvas.width, canvas.height
    wanted = pictures_of([box for _, box, _ in canvas.images], chars, size)
    shown = [
        (text.media.get(name, ""), box, turned)
        for name, box, turned in canvas.images
        if box in wanted
    ]
    scanned, unread = read_media(text.parts, shown, begin)
    items = sorted([*items, *scanned], key=lambda item: (item.box.top, item.box.left))
    return Page(number, *size, items), len(chars), unread


def _region(area: etree._Element | None) -> Region | None:
    """Return the paper's box in millimetres, where one of real size is given."""
    four = 4
    box = numbers(_text_of(child(area, "PhysicalBox")))
    if len(box) != four or min(box[2:]) <= 0:
        return None
    return Region(*box)


def _title(bodies: list[etree._Element]) -> str:
    titles = (_text_of(child(child(body, "DocInfo"), "Title")).strip() for body in bodies)
    return next((title for title in titles if title), "")


def _text_of(element: etree._Element | None) -> str:
    return (element.text or "") if element is not None else ""
