"""A4 pages after GB/T 9704-2012: styles, tables and page numbers, and the same bytes each time."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import quoteattr

from docx import Document
from docx.document import Document as Pages
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

from nianbao.letters.words import words

_A4 = (210, 297)
_MARGINS = {"top": 37, "bottom": 35, "left": 28, "right": 26}
_MARGINS_TURNED = {"top": 26, "bottom": 22, "left": 20, "right": 15}
_ALIGN = {"center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
_STYLE = "nb_"
"""Begins the names of our styles: those of the program differ from some only by a capital."""
_TIME = (1980, 1, 1, 0, 0, 0)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True)
class Width:
    """One column of a table."""

    millimetres: float
    style: str = "cell"


class Letter:
    """A document that is written from top to bottom."""

    def __init__(self, title: str, made_at: datetime) -> None:
        """Begin an upright page; `made_at` is the time that the document tells, in UTC."""
        self._pages: Pages = Document()
        self._drop_thumbnail()
        self._write_chinese()
        for name, declared in words()["styles"].items():
            self._add_style(name, declared)
        self._name_properties(title, made_at)
        section = self._pages.sections[0]
        _set_page(section, turned=False)
        self._number_pages(section)

    def paragraph(self, text: str, style: str = "body", *, keep: bool = False) -> None:
        """Write one paragraph; `keep` keeps it on the page of the next one."""
        line = self._pages.add_paragraph(text, style=_STYLE + style)
        if keep or style == "head":
            line.paragraph_format.keep_with_next = True

    def space(self, *, keep: bool = False) -> None:
        """Leave an empty line."""
        self.paragraph("", keep=keep)

    def next_section(self, *, turned: bool) -> None:
        """Go on on a new page, lying or upright."""
        _set_page(self._pages.add_section(WD_SECTION.NEW_PAGE), turned=turned)

    def table(self, widths: Sequence[Width], head: Sequence[str], rows: Iterable["Line"]) -> None:
        """Write a table whose first row stands on every page.

        A row that is one text spans all columns. The elements are made by hand: the library looks
        at all rows again for each new one.
        """
        table = self._pages.add_table(rows=0, cols=len(widths), style="Table Grid")
        table.autofit = False
        body: Any = table._tbl  # noqa: SLF001 - the library's own way to the element
        for column, width in zip(body.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
            column.set(qn("w:w"), _twips(width.millimetres))
        body.append(_row([(text, "cell_head", 1) for text in head], widths, is_head=True))
        for row in rows:
            if isinstance(row, str):
                body.append(_row([(row, "cell_group", len(widths))], widths))
            else:
                cells = [(text, width.style, 1) for text, width in zip(row, widths, strict=True)]
                body.append(_row(cells, widths))

    def data(self) -> bytes:
        """Return the file: equal letters have equal bytes."""
        written = io.BytesIO()
        self._pages.save(written)
        return _packed(written.getvalue(), {"word/fontTable.xml": _font_table()})

    def _drop_thumbnail(self) -> None:
        relations = self._pages.part.package.rels
        for key in [key for key, one in relations.items() if one.reltype.endswith("/thumbnail")]:
            del relations[key]

    def _write_chinese(self) -> None:
        # Without it, programs take the glyphs and the punctuation of another language.
        defaults: Any = self._pages.styles.element.find(qn("w:docDefaults"))
        for language in defaults.iter(qn("w:lang")):
            language.set(qn("w:eastAsia"), "zh-CN")

    def _add_style(self, name: str, declared: Mapping[str, Any]) -> None:
        style = self._pages.styles.add_style(_STYLE + name, WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(style, ParagraphStyle)  # noqa: S101 - it is what was asked for
        _set_font(style, words()["fonts"][declared["font"]]["name"])
        style.font.size = Pt(declared["size"])
        shape = style.paragraph_format
        shape.space_before = shape.space_after = Pt(0)
        shape.line_spacing = Pt(declared["line"])
        shape.first_line_indent = Pt(declared["size"] * declared.get("indent", 0))
        if "align" in declared:
            shape.alignment = _ALIGN[declared["align"]]

    def _name_properties(self, title: str, made_at: datetime) -> None:
        known = self._pages.core_properties
        known.title, known.author, known.comments = title, "Nianbao", ""
        known.last_modified_by, known.revision, known.language = "Nianbao", 1, "zh-CN"
        known.created = known.modified = made_at.replace(microsecond=0)

    def _number_pages(self, section: Section) -> None:
        before, after = words()["page"]
        line = section.footer.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        font = words()["fonts"]["page"]["name"]
        _set_font(line.style, font)
        line.add_run(before)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        field.append(_run("1"))
        line._p.append(field)  # noqa: SLF001
        line.add_run(after)


Line = str | Sequence[str]
"""One row: a text over its whole width, or one text for each column."""


def _set_page(section: Section, *, turned: bool) -> None:
    short, long = _A4
    section.orientation = WD_ORIENT.LANDSCAPE if turned else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (
        Mm(long if turned else short),
        Mm(short if turned else long),
    )
    for side, width in (_MARGINS_TURNED if turned else _MARGINS).items():
        setattr(section, f"{side}_margin", Mm(width))


def _set_font(style: ParagraphStyle, name: str) -> None:
    style.font.name = "Times New Roman"
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _row(
    cells: Sequence[tuple[str, str, int]], widths: Sequence[Width], *, is_head: bool = False
) -> Any:
    row = OxmlElement("w:tr")
    about = OxmlElement("w:trPr")
    about.append(OxmlElement("w:cantSplit"))
    if is_head:
        about.append(OxmlElement("w:tblHeader"))
    row.append(about)
    place = 0
    for text, style, span in cells:
        width = sum(one.millimetres for one in widths[place : place + span])
        row.append(_cell(text, style, span, width))
        place += span
    return row


def _cell(text: str, style: str, span: int, width: float) -> Any:
    cell, about = OxmlElement("w:tc"), OxmlElement("w:tcPr")
    _add(about, "w:tcW", w=_twips(width), type="dxa")
    if span > 1:
        _add(about, "w:gridSpan", val=str(span))
    _add(about, "w:vAlign", val="center")
    line, shape = OxmlElement("w:p"), OxmlElement("w:pPr")
    _add(shape, "w:pStyle", val=_STYLE + style)
    if style == "cell_group":
        shape.append(OxmlElement("w:keepNext"))
    line.append(shape)
    if text:
        line.append(_run(text))
    cell.extend([about, line])
    return cell


def _run(text: str) -> Any:
    run, words_ = OxmlElement("w:r"), OxmlElement("w:t")
    words_.text = text
    words_.set(qn("xml:space"), "preserve")
    run.append(words_)
    return run


def _add(parent: Any, tag: str, **attributes: str) -> None:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)


def _twips(millimetres: float) -> str:
    return str(round(millimetres * 1440 / 25.4))


def _font_table() -> bytes:
    """Return the part that says what stands in for a font that is not installed."""
    lines = "".join(
        f"<w:font w:name={quoteattr(font['name'])}><w:altName w:val={quoteattr(font['other'])}/>"
        f'<w:charset w:val="86"/><w:family w:val={quoteattr(font["family"])}/>'
        '<w:pitch w:val="variable"/></w:font>'
        for font in words()["fonts"].values()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<w:fonts xmlns:w="{_W}">{lines}</w:fonts>'.encode()


def _packed(data: bytes, instead: Mapping[str, bytes]) -> bytes:
    """Return a package with fixed times, and some parts replaced."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            info = zipfile.ZipInfo(name, _TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(info, instead.get(name) or before.read(name))
    return written.getvalue()
