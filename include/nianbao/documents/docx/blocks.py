"""The body of a Word document as blocks in reading order."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from nianbao.documents.docx.names import w
from nianbao.documents.docx.numbering import BULLET, Numbering
from nianbao.documents.docx.table import flattened, is_continued, is_layout, read_table, rows_of
from nianbao.documents.docx.text import OBJECTS, PICTURE, TextReader, is_deleted
from nianbao.model import Block, Paragraph


@dataclass
class Blocks:
    """Collects blocks and counts their places."""

    reader: TextReader
    numbering: Numbering
    blocks: list[Block] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0

    def walk(self, parent: etree._Element) -> None:
        """Add the paragraphs and tables of a body, a cell or a text box."""
        for element in flattened(parent, "p", "tbl"):
            if element.tag == w("p"):
                self._paragraph(element)
            elif is_layout(element):
                self._layout(element)
            else:
                self._table(element)

    def add(self, text: str) -> None:
        """Add one line of text as a paragraph, unless it is empty."""
        line = " ".join(text.replace(PICTURE, " ").split())
        if line:
            self.paragraphs += 1
            self.blocks.append(Paragraph(line, f"p{self.paragraphs}"))

    def _paragraph(self, element: etree._Element) -> None:
        line = self.reader.read(element)
        text = line.text
        label = self._label(element, text)
        # A line break parts paragraphs as it does in a web page: titles and headings are set so.
        for printed in f"{label}{text}".split("\n") if text.strip() else ():
            self.add(printed)
        for box in line.boxes:
            self.walk(box)

    def _label(self, element: etree._Element, text: str) -> str:
        """Return the automatic number; a bullet is kept only where it keeps a number from a dash."""
        if is_deleted(element) and not text.strip():
            return ""
        label = self.numbering.label(element)
        if label == BULLET:
            return f"{BULLET} " if text.strip()[:1].isdigit() else ""
        return f"{label} " if label[-1:].isdigit() else label

    def _layout(self, table: etree._Element) -> None:
        for cells in rows_of(table):
            for cell in cells:
                if not is_continued(cell):
                    self.walk(cell)

    def _table(self, element: etree._Element) -> None:
        table = read_table(element, f"t{self.tables + 1}", self._cell_text)
        if table.cells:
            self.tables += 1
            self.blocks.append(table)

    def _cell_text(self, cell: etree._Element) -> str:
        """Return the text of a cell; its paragraphs, line breaks and text boxes become line feeds.

        A drawing that floats over a text may be a seal; where there is no text, it may be the number.
        """
        lines = (" ".join(line.split()) for line in self._lines(cell))
        text = "\n".join(line for line in lines if line)
        return PICTURE if not text and next(cell.iter(*OBJECTS), None) is not None else text

    def _lines(self, parent: etree._Element) -> Iterator[str]:
        for paragraph in flattened(parent, "p"):
            line = self.reader.read(paragraph)
            text = line.text
            yield from f"{self._label(paragraph, text)}{text}".split("\n")
            for box in line.boxes:
                yield from self._lines(box)
