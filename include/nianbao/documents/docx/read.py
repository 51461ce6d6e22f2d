"""Word's `.docx` (WordprocessingML) to `Document`, read from its parts.

Read directly and not through a document library: tracked changes, hidden text, text boxes and
automatic numbers decide which digits are printed, and those libraries leave them out.
"""

import re

from lxml import etree

from nianbao.documents.bundle.parts import Parts
from nianbao.documents.docx.blocks import Blocks
from nianbao.documents.docx.names import child, value, w
from nianbao.documents.docx.numbering import Numbering
from nianbao.documents.docx.styles import Styles
from nianbao.documents.docx.text import TextReader
from nianbao.errors import ReadError
from nianbao.model import Document

_MAIN = "word/document.xml"
_CORE = "docProps/core.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_YEAR = re.compile(r"20\d{2}")
_LEADING = 40
_LONGEST_TITLE = 90
_KINDS = {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes"}
_NOTE_OF = {"footnotes": w("footnote"), "endnotes": w("endnote")}


class _Notes:
    """The foot- and endnotes in the order in which the text calls them."""

    def __init__(self) -> None:
        self.called: list[tuple[str, str]] = []

    def mark(self, reference: str, note_id: str) -> str:
        """Return the number that stands in the text."""
        note = (_KINDS[reference], note_id)
        if note not in self.called:
            self.called.append(note)
        return str(self.called.index(note) + 1)


def read_docx(data: bytes) -> Document:
    """Read a `.docx` file.

    Raises `ReadError`: `damaged`, `encrypted`, or `over_limit` where it unpacks to more than a
    report can be.
    """
    parts = Parts(data)
    main = parts.main(_MAIN)
    body = child(parts.xml(main), "body")
    if body is None:
        raise ReadError("damaged", "the Word document has no body")
    related = dict(parts.related(main).values())
    styles = Styles(_part(parts, related, "styles"))
    numbering = Numbering(_part(parts, related, "numbering"), styles)
    notes = _Notes()
    blocks = Blocks(TextReader(styles, notes.mark), numbering)
    blocks.walk(body)
    _add_notes(blocks, notes, {kind: _part(parts, related, kind) for kind in _NOTE_OF})
    document = Document(tuple(blocks.blocks), reader="docx")
    return Document(document.blocks, reader="docx", metadata=_metadata(parts, document))


def _part(parts: Parts, related: dict[str, str], kind: str) -> etree._Element | None:
    name = related.get(kind, f"word/{kind}.xml")
    # Without its styles a document would show what it hides: a damaged part is a damaged file.
    return parts.xml(name) if parts.has(name) else None


def _add_notes(blocks: Blocks, notes: _Notes, roots: dict[str, etree._Element | None]) -> None:
    """Add the text of the notes behind the body, each behind its mark."""
    for number, (kind, note_id) in enumerate(list(notes.called), start=1):
        root = roots[kind]
        found = root.findall(_NOTE_OF[kind]) if root is not None else []
        for note in found:
            if value(note, "id") == note_id:
                lines = (blocks.reader.read(p).text for p in note.iter(w("p")))
                blocks.add(f"[{number}] {' '.join(lines)}")


def _metadata(parts: Parts, document: Document) -> dict[str, str]:
    """Return the title of the file's properties, unless the text has a line that may be the title.

    Reports are written over those of the year before, and nobody mends the properties.
    """
    leading = [p.text for p in document.paragraphs[:_LEADING]]
    if any(len(text) <= _LONGEST_TITLE and _YEAR.search(text) for text in leading):
        return {}
    root = parts.xml_or_none(_CORE)
    title = root.findtext(_TITLE, "") if root is not None else ""
    return {"title": title.strip()} if title.strip() else {}
