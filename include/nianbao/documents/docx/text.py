"""The runs of a paragraph as printed text, and the text boxes that are anchored in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from nianbao.documents.docx.join import Kind, Piece, join
from nianbao.documents.docx.names import ALTERNATIVES, INLINE, MATH, child, chosen, switch, value, w
from nianbao.documents.docx.styles import Styles

UNREADABLE = "\ufffd"
"""Stands for a sign that is printed and has no character."""

PICTURE = "\ufffc"
"""Stands for a picture in the line of the text; a number may be drawn in it."""

_DELETED = frozenset([w("del"), w("moveFrom")])
_INSERTED = frozenset([w("ins"), w("moveTo")])
_SILENT = frozenset([w("pPr"), w("rPr"), w("sdtPr"), w("sdtEndPr"), w("rt"), w("proofErr")])
_SIGNS = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "-",
    w("sym"): UNREADABLE,
}
_NOTES = (w("footnoteReference"), w("endnoteReference"))
OBJECTS = frozenset([w("drawing"), w("pict"), w("object")])
_VML_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"


@dataclass(slots=True)
class _Field:
    """An open field."""

    instruction: str = ""
    is_shown: bool = False
    """True where the instruction is over and the result follows."""

    @property
    def name(self) -> str:
        """The first word of the instruction."""
        return (self.instruction.split() or [""])[0]


@dataclass
class Line:
    """What one paragraph holds."""

    pieces: list[Piece] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    fields: list[_Field] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The printed text; line breaks are line feeds.

        A number in a form field that goes on behind the paragraph is not sure: LibreOffice makes such
        fields of content controls around cells, and of their deleted and hidden digits plain ones.
        """
        text = join(self.pieces)
        is_form = any(one.is_shown and one.name == "FORMTEXT" for one in self.fields)
        return f"{text}{UNREADABLE}" if is_form and text.rstrip()[-1:].isdigit() else text


@dataclass(frozen=True, slots=True)
class TextReader:
    """Reads paragraphs; `note` gives the printed mark of a footnote and remembers that it was called."""

    styles: Styles
    note: Callable[[str, str], str]

    def read(self, paragraph: etree._Element) -> Line:
        """Read one paragraph, without its automatic number."""
        line = Line()
        self._walk(paragraph, line, self.styles.of(paragraph), "plain")
        return line

    def _walk(self, parent: etree._Element, line: Line, style: str, kind: Kind) -> None:
        for element in _elements(parent):
            tag = element.tag
            if tag == w("r"):
                self._run(element, line, style, kind)
            elif tag in _DELETED:
                self._walk(element, line, style, "deleted")
            elif tag in _INSERTED:
                self._walk(element, line, style, "inserted" if kind == "plain" else kind)
            elif tag == f"{MATH}t":
                # The parts of a formula stand above or behind each other, not in a row.
                line.pieces.append(Piece("mark", element.text or ""))
            elif tag != w("p"):
                self._walk(element, line, style, kind)

    def _run(self, run: etree._Element, line: Line, style: str, kind: Kind) -> None:
        look = self.styles.look(child(run, "rPr"), style)
        if look.hidden and kind != "deleted":
            kind = "hidden"
        elif look.marked and kind in ("plain", "inserted"):
            kind = "mark"
        elif look.raised and kind == "plain":
            kind = "raised"
        for element in _elements(run):
            self._part(element, line, style, kind, symbols=look.symbols)

    def _part(
        self, element: etree._Element, line: Line, style: str, kind: Kind, *, symbols: bool
    ) -> None:
        tag = element.tag
        if tag == w("fldChar"):
            _field(element, line)
        elif tag == w("instrText") and line.fields and not line.fields[-1].is_shown:
            line.fields[-1].instruction += element.text or ""
        elif not all(one.is_shown for one in line.fields):
            return
        elif tag in (w("t"), w("delText")):
            text = element.text or ""
            line.pieces.append(Piece(kind, UNREADABLE * len(text) if symbols else text))
        elif tag in _SIGNS:
            line.pieces.append(Piece(kind, _SIGNS[str(tag)]))
        elif tag in _NOTES:
            mark = self.note(str(tag), value(element, "id")) if kind not in _GONE else ""
            line.pieces.append(Piece("mark", mark))
        elif tag in OBJECTS:
            _object(element, line, kind)
        elif tag == w("ruby"):
            self._walk(element, line, style, kind)


_GONE = ("deleted", "hidden")


def _elements(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield the child elements that may print; of alternatives those of the branch that is shown."""
    for element in parent:
        branch = chosen(element) if element.tag == ALTERNATIVES else None
        if branch is not None:
            yield from _elements(branch)
        elif isinstance(element.tag, str) and element.tag not in _SILENT:
            yield element


def _field(element: etree._Element, line: Line) -> None:
    step = value(element, "fldCharType")
    if step == "begin":
        line.fields.append(_Field())
    elif step == "separate" and line.fields:
        line.fields[-1].is_shown = True
    elif step == "end" and line.fields:
        ended = line.fields.pop()
        if not ended.is_shown and ended.name == "EQ":
            # This field draws its instruction, such as a digit in a circle, and has no result.
            line.pieces.append(Piece("mark", ended.instruction.strip()))
        elif ended.name == "FILLIN" and line.pieces and line.pieces[-1].text[-1:].isdigit():
            # In OpenDocument, LibreOffice makes this of a content control; see `Line.text`.
            line.pieces.append(Piece("plain", UNREADABLE))


def _object(element: etree._Element, line: Line, kind: Kind) -> None:
    """Keep the text boxes of a drawing; a picture that stands in the line leaves a sign."""
    if kind in _GONE:
        return
    boxes = list(element.iter(w("txbxContent")))
    line.boxes += [box for box in boxes if not _is_inner(box, element)]
    in_line = element.find(INLINE) is not None or (
        element.tag != w("drawing") and next(element.iter(_VML_IMAGE), None) is not None
    )
    if in_line and not boxes:
        line.pieces.append(Piece(kind, PICTURE))


def _is_inner(box: etree._Element, outside: etree._Element) -> bool:
    """Tell whether a text box stands inside another, or in a branch that is not shown."""
    below = box
    for above in box.iterancestors():
        if above is outside:
            return False
        if above.tag == w("txbxContent"):
            return True
        if above.tag == ALTERNATIVES and below is not chosen(above):
            return True
        below = above
    return False


def is_deleted(paragraph: etree._Element) -> bool:
    """Tell whether the mark at a paragraph's end is deleted: it has no number of its own then."""
    marks = child(paragraph, "pPr", "rPr")
    return any(child(marks, name) is not None for name in ("del", "moveFrom"))


def is_hidden_row(row: etree._Element) -> bool:
    """Tell whether a table row is not printed: deleted in a tracked change, or hidden."""
    properties = child(row, "trPr")
    return child(properties, "del") is not None or bool(switch(properties, "hidden"))
