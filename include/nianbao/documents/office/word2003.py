"""Word's XML of 2003 as a docx package: nearly the same vocabulary, in one file and another namespace.

LibreOffice reads this format, but prints hidden text and footnote marks as digits of the number beside
them, and loses merged cells, list numbers and replaced text. Follows Microsoft's WordprocessingML 2003.
"""

from lxml import etree

from nianbao.documents.docx.names import child, w
from nianbao.documents.office.flat import packed, parsed
from nianbao.errors import ReadError

_OLD = b"http://schemas.microsoft.com/office/word/2003/wordml"
_NEW = w("")[1:-1].encode()
_HINT = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
_AML = "{http://schemas.microsoft.com/aml/2001/core}"
_KEPT = (
    *(w(""), _AML, f"{_HINT}t"),
    *("{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:"),
)
_RENAMED = {w("vmerge"): w("vMerge"), w("hmerge"): w("hMerge")}
_CHANGES = {"Word.Deletion": "del", "Word.Insertion": "ins"}
"""Other annotations are comments, bookmarks and what a format was before."""
_NOTES = {w("footnote"): "footnote", w("endnote"): "endnote"}


def as_docx(data: bytes) -> bytes:
    """Return the file as a docx package; raises `ReadError` with `damaged` or `over_limit`."""
    root = parsed(etree.tostring(parsed(data)).replace(_OLD, _NEW))
    for element in list(root.iter(etree.Element)):
        if element.tag == f"{_AML}annotation":
            _resolve(element)
        elif element.tag in _RENAMED:
            element.tag = _RENAMED[str(element.tag)]
        elif not str(element.tag).startswith(_KEPT):
            _unwrap(element)
    for paragraph in root.iter(w("p")):
        _add_label(paragraph)
    body = child(root, "body")
    if body is None:
        raise ReadError("damaged", "the Word document has no body")
    parts = {f"word/{name}s.xml": _notes(root, tag, name) for tag, name in _NOTES.items()}
    document = etree.Element(w("document"))
    document.append(body)
    parts["word/document.xml"] = document
    styles = child(root, "styles")
    if styles is not None:
        parts["word/styles.xml"] = styles
    return packed({name: etree.tostring(part) for name, part in parts.items()})


def _resolve(annotation: etree._Element) -> None:
    """Make a tracked change an element of that name, and take any other annotation out."""
    parent = annotation.getparent()
    name = _CHANGES.get(annotation.get(w("type"), ""))
    if parent is None:
        return
    if name is None:
        parent.remove(annotation)
        return
    change = etree.Element(w(name))
    for content in annotation.findall(f"{_AML}content"):
        change.extend(list(content))
    parent.replace(annotation, change)


def _unwrap(element: etree._Element) -> None:
    """Put what an element holds in its place: sections, and tags of schemas of one's own."""
    parent = element.getparent()
    if parent is not None:
        for inner in list(element):
            element.addprevious(inner)
        parent.remove(element)


def _add_label(paragraph: etree._Element) -> None:
    """Put the list number, which the file holds as it was printed, before the text."""
    properties = child(paragraph, "pPr")
    label = child(properties, "listPr")
    hint = label.find(f"{_HINT}t") if label is not None else None
    text = hint.get(f"{_HINT}val", "") if hint is not None else ""
    if properties is None or not text:
        return
    run = etree.Element(w("r"))
    gap = " " if text[-1:].isascii() else ""
    etree.SubElement(run, w("t")).text = f"{text}{gap}"
    properties.addnext(run)


def _notes(root: etree._Element, tag: str, name: str) -> etree._Element:
    """Return the notes as a part of their own; they stand where they are called."""
    part = etree.Element(w(f"{name}s"))
    runs = [note for note in root.iter(tag) if note.getparent() is not None]
    for number, note in enumerate(runs, start=1):
        parent = note.getparent()
        if parent is not None and parent.tag == w("r"):
            reference = etree.Element(w(f"{name}Reference"), {w("id"): str(number)})
            parent.replace(note, reference)
            note.set(w("id"), str(number))
            part.append(note)
    return part
