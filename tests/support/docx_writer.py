"""Sample reports as real `.docx` files: python-docx makes the package, the XML is ours, noise included."""

import io
import random
import re
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from xml.sax.saxutils import escape

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from nianbao.sample.content import Heading, Part, Text, Title, parts_of
from nianbao.sample.layout import Grid, Square
from nianbao.sample.report import SampleReport

_NS = (
    nsdecls("w")
    + ' xmlns:v="urn:schemas-microsoft-com:vml"'
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_ORDINAL = re.compile(r"^[一二三四五六]、")
_ITEM = re.compile(r"^(\d)\.")


@dataclass(frozen=True)
class Noise:
    """What publishers' Word files have that changes nothing of what is printed."""

    seed: int = 0
    automatic_numbers: bool = False
    split_runs: bool = False
    tracked_changes: bool = False
    hidden_text: bool = False
    content_controls: bool = False
    in_layout_table: bool = False
    title_in_text_box: bool = False
    old_merges: bool = False
    harm: str = ""
    """What is done to some of the numbers, so that they can't be read with certainty; see `HARMS`."""


HARMS = ("tracked", "footnote", "struck", "hidden", "split_cell", "lost_cell", "raised", "joined")
PLAIN = Noise()


def docx_bytes(report: SampleReport, noise: Noise = PLAIN) -> bytes:
    """Return the whole report as a file."""
    return package(_Writer(noise).body(report))


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


def table(*rows: str) -> str:
    """Return a table of rows, each the XML of its cells."""
    body = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{body}</w:tbl>"


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


class _Writer:
    def __init__(self, noise: Noise) -> None:
        self.noise = noise
        self.random = random.Random(noise.seed)
        self.lists = 1

    def body(self, report: SampleReport) -> str:
        body = "".join(self.part(part) for part in parts_of(report))
        if self.noise.in_layout_table:
            return table(cell(body + "<w:p/>")) + "<w:p/>"
        return body

    def part(self, part: Part) -> str:
        match part:
            case Title(lines):
                title = "".join(paragraph(self.runs(line)) for line in lines)
                return paragraph(text_box(title)) if self.noise.title_in_text_box else title
            case Heading(text):
                if self.noise.automatic_numbers and _ORDINAL.match(text):
                    return paragraph(self.runs(text[2:]), numbered(1))
                return paragraph(self.runs(text))
            case Text(text):
                return paragraph(self.runs(text))
            case _:
                return self.table(part) + "<w:p/>"

    def runs(self, text: str) -> str:
        """Return a text as runs, some of them tracked, with hidden text beside them."""
        pieces = list(text) if self.noise.split_runs and len(text) < 12 else [text]
        content = "".join(run(piece) for piece in pieces)
        if self.noise.tracked_changes and self.random.random() < 0.2:
            content = deleted(self.random.choice(["7", "旧文", "12"])) + inserted(content)
        if self.noise.hidden_text and self.random.random() < 0.2:
            content += run(" 隐藏 9", "<w:vanish/>")
        return content

    def table(self, grid: Grid) -> str:
        width = max(square.column + square.column_span for square in grid)
        height = max(square.row + square.row_span for square in grid)
        starts = {(square.row, square.column): square for square in grid}
        covered = {
            (row, square.column): square
            for square in grid
            for row in range(square.row + 1, square.row + square.row_span)
        }
        rows = []
        for row in range(height):
            column, cells = 0, []
            while column < width:
                here = starts.get((row, column)) or covered.get((row, column))
                assert here is not None
                cells.append(self.cell(here, begins=here.row == row))
                column += here.column_span
            rows.append("".join(cells))
        return table(*rows)

    def cell(self, square: Square, *, begins: bool) -> str:
        merge = ""
        if square.row_span > 1:
            merge = '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
        span, more = "", ""
        if square.column_span > 1 and self.noise.old_merges:
            span = '<w:hMerge w:val="restart"/>'
            rest = cell("<w:p/>", f"<w:hMerge/>{merge}")
            more = rest * (square.column_span - 1)
        elif square.column_span > 1:
            span = f'<w:gridSpan w:val="{square.column_span}"/>'
        harmed = (
            square.code and square.text.strip() and self.noise.harm and self.random.random() < 0.02
        )
        if harmed and self.noise.harm == "lost_cell":
            return ""
        if harmed and self.noise.harm == "split_cell" and len(square.text) > 1:
            return "".join(
                cell(paragraph(run(part))) for part in (square.text[:1], square.text[1:])
            )
        content = self.content(square) if begins else "<w:p/>"
        if harmed:
            content = paragraph(self.harmed(square.text))
        made = cell(content, span + merge)
        if self.noise.content_controls and self.random.random() < 0.2:
            made = f"<w:sdt><w:sdtPr/><w:sdtContent>{made}</w:sdtContent></w:sdt>"
        return made + more

    def harmed(self, text: str) -> str:
        """Return a number of which Word shows more, or other, digits than belong to it."""
        first, rest = text[:1], text[1:]
        match self.noise.harm:
            case "tracked":
                change = self.random.choice([deleted("3"), inserted(run("3"))])
                return run(first) + change + run(rest or "0")
            case "footnote":
                return run(text) + run("1", '<w:vertAlign w:val="superscript"/>')
            case "struck":
                return run("7", "<w:strike/>") + run(text)
            case "raised":
                return run(text) + run("1", '<w:position w:val="10"/>')
            case "hidden":
                return run(first) + run("7", "<w:vanish/>") + run(rest or "0")
            case _:
                return run(text) + run("\n4")

    def content(self, square: Square) -> str:
        item = _ITEM.match(square.text)
        if self.noise.automatic_numbers and item and square.code is None:
            # A list of its own for every item: the ordinals of collapsed rows have gaps.
            self.lists += int(item[1]) == 1
            return paragraph(self.runs(square.text[2:]), numbered(self.lists))
        return "".join(
            paragraph(self.runs(line)) for _, lines in groupby([square.text]) for line in lines
        )
