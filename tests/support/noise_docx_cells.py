"""The text of cells as Word writes it: noise that shows nothing else, and noise that does."""

import re
from collections.abc import Collection
from random import Random

from support import docx_writer as docx

RUN_NOISE = ("split runs", "tracked changes", "hidden text", "white space", "empty paragraphs",
             "proofing marks", "fields", "automatic numbers")  # fmt: skip
SPOILT = ("tracked digit", "footnote", "struck out", "raised", "hidden digit", "line break", "picture",
          "equation", "symbol", "list in cell", "nested table", "text box in cell", "drop-down")  # fmt: skip
_ITEM = re.compile(r"^(\d)\.")
_MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


class CellWriter:
    """Writes the content of cells; the ordinals of rows may be automatic numbers."""

    def __init__(self, noise: Collection[str], rng: Random) -> None:
        self.noise, self.rng, self.lists = noise, rng, 1

    def content(self, text: str, *, is_label: bool) -> str:
        """Return the paragraphs of a cell."""
        item = _ITEM.match(text)
        if "automatic numbers" in self.noise and item and is_label:
            # List 1 is that of the headings: `2.` without a row `1.` begins a list all the same.
            self.lists += int(item[1]) == 1 or self.lists == 1
            if self.lists < 39:
                return docx.paragraph(self.runs(text[2:]), docx.numbered(self.lists))
        empty = "<w:p/>" if "empty paragraphs" in self.noise and self.rng.random() < 0.3 else ""
        return docx.paragraph(self._in_field(self._padded(text))) + empty

    def runs(self, text: str) -> str:
        """Return a text as runs, with what nobody sees beside them."""
        pieces = list(text) if "split runs" in self.noise and len(text) < 12 else [text]
        content = "".join(docx.run(piece) for piece in pieces)
        if "tracked changes" in self.noise and self.rng.random() < 0.2:
            content = docx.deleted(self.rng.choice(["7", "旧文", "12"])) + docx.inserted(content)
        if "hidden text" in self.noise and self.rng.random() < 0.2:
            content += docx.run(" 隐藏 9", "<w:vanish/>")
        if "proofing marks" in self.noise:
            begin = '<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="0" w:name="_GoBack"/>'
            content = begin + content
            content += '<w:bookmarkEnd w:id="0"/><w:r><w:lastRenderedPageBreak/></w:r>'
        return content

    def _padded(self, text: str) -> str:
        pads = ["", " ", "\u00a0", "　"] if "white space" in self.noise else [""]
        return self.runs(self.rng.choice(pads) + text + self.rng.choice(pads))

    def _in_field(self, content: str) -> str:
        if "fields" in self.noise and self.rng.random() < 0.3:
            return f'<w:fldSimple w:instr=" = 7 \\* MERGEFORMAT ">{content}</w:fldSimple>'
        return content


def spoilt(rng: Random, text: str, name: str) -> str:
    """Return the content of a cell of which Word shows more, or other, digits than belong to it."""
    first, rest, whole = docx.run(text[:1]), docx.run(text[1:]), docx.run(text)
    change = rng.choice([docx.deleted("3"), docx.inserted(docx.run("3"))])
    above = '<w:vertAlign w:val="superscript"/>'
    style = '<w:rStyle w:val="FootnoteReference"/>'
    raised = rng.choice([above, '<w:position w:val="10"/>', style + above])
    contents = {
        "tracked digit": first + change + rest,
        "footnote": whole + '<w:r><w:footnoteReference w:id="2"/></w:r>',
        "struck out": docx.run("7", rng.choice(["<w:strike/>", "<w:dstrike/>"])) + whole,
        "raised": whole + docx.run("1", raised),
        "hidden digit": first + docx.run("7", "<w:vanish/>") + rest,
        "line break": whole + docx.run("\n4"),
        "picture": rng.choice(['<w:r><w:pict><v:shape id="a"/></w:pict></w:r>', "<w:r><w:drawing/></w:r>"]),
        "equation": f"<m:oMath {_MATH}><m:r><m:t>{text}</m:t></m:r></m:oMath>",
        "symbol": whole + '<w:r><w:sym w:font="Wingdings" w:char="F081"/></w:r>',
        "text box in cell": docx.text_box(docx.paragraph(whole)),
        "drop-down": f'<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:value="7"/></w:dropDownList></w:sdtPr>'
        f"<w:sdtContent>{whole}</w:sdtContent></w:sdt>",
    }  # fmt: skip
    if name == "list in cell":
        return docx.paragraph(whole, docx.numbered(2))
    if name == "nested table":
        return docx.table(docx.cell(docx.paragraph(whole))) + "<w:p/>"
    return docx.paragraph(contents[name])
