"""Real `.docx` files from XML of our own: python-docx makes the package."""

import io
from collections.abc import Iterable, Sequence
from functools import cache
from xml.sax.saxutils import escape

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

_NS = (
    nsdecls("w")
    + ' xmlns:v="urn:schemas-microsoft-com:vml"'
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def package(body: str, numbering: str = "", styles: str = "") -> bytes:
    """Return a `.docx` whose body, list definitions and further styles are the given XML."""
    document = Document(io.BytesIO(_template()))
    old = document.element.body
    for element in list(old):
        if not element.tag.endswith("sectPr"):
            old.remove(element)
    for element in reversed(list(parse_xml(f"<w:body {_NS}>{body}</w:body>"))):
        old.insert(0, element)
    lists = document.part.numbering_part.element
    for element in list(lists):
        lists.remove(element)
    lists.extend(parse_xml(f"<w:numbering {_NS}>{numbering or NUMBERING}</w:numbering>"))
    document.styles.element.extend(parse_xml(f"<w:styles {_NS}>{styles}</w:styles>"))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@cache
def _template() -> bytes:
    out = io.BytesIO()
    Document().save(out)
    return out.getvalue()


def level(depth: int, style: str, text: str, more: str = "", start: int = 1) -> str:
    """Return a level of a list."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def num(number: int, abstract: int, more: str = "") -> str:
    """Return a list that follows a definition."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{more}</w:num>'


def restarted(number: int, abstract: int, start: int = 1) -> str:
    """Return a list that starts the count of its definition anew."""
    return num(
        number,
        abstract,
        f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>',
    )


NUMBERING = (
    f'<w:abstractNum w:abstractNumId="1">{level(0, "japaneseCounting", "%1、")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{level(0, "decimal", "%1.")}</w:abstractNum>'
    + num(1, 1)
    + "".join(restarted(number, 2) for number in range(2, 40))
)


def numbered(number: int, depth: int = 0) -> str:
    """Return the paragraph property that puts a paragraph into a list."""
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'


def run(text: str, look: str = "", tag: str = "t") -> str:
    """Return a run; line feeds become line breaks."""
    lines = "<w:br/>".join(
        f'<w:{tag} xml:space="preserve">{escape(line)}</w:{tag}>' for line in text.split("\n")
    )
    return f"<w:r><w:rPr>{look}</w:rPr>{lines}</w:r>"


def inserted(content: str) -> str:
    """Return runs as a tracked insertion."""
    return f'<w:ins w:id="1" w:author="a">{content}</w:ins>'


def deleted(text: str) -> str:
    """Return text as a tracked deletion."""
    return f'<w:del w:id="2" w:author="a">{run(text, tag="delText")}</w:del>'


def paragraph(content: str, properties: str = "") -> str:
    """Return a paragraph of runs."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def cell(content: str, properties: str = "") -> str:
    """Return a table cell of paragraphs."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows: str, widths: Sequence[int] = ()) -> str:
    """Return a table of rows, each the XML of its cells; `widths` are those of its columns, in twips."""
    return drawn_table((f"<w:tr>{row}</w:tr>" for row in rows), widths)


def drawn_table(rows: Iterable[str], widths: Sequence[int] = ()) -> str:
    """Return a table of rows as XML, content controls around them included."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def controlled(content: str) -> str:
    """Return cells, rows or paragraphs inside a content control."""
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def text_table(*rows: tuple[str, ...]) -> str:
    """Return a table of plain texts."""
    return table(*("".join(cell(paragraph(run(text))) for text in row) for row in rows))


def text_box(content: str) -> str:
    """Return a run with a text box, in both forms that Word writes."""
    box = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        f"{box}</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{box}"
        "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
