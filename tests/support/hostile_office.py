"""Files made to fill the memory or to take for ever, by name."""

import gzip
import io
import zipfile
from collections.abc import Iterator

from support.bundle_writer import zip_of
from support.docx_writer import cell, paragraph, run, table
from support.ole_writer import ole_bytes

_LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha" * 50}">' for n in range(10))
_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def hostile_files() -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes."""
    yield "gzip bomb", gzip.compress(bytes(300_000_000))
    yield "zip bomb", zip_of(("a.doc", bytes(50_000_000)))
    yield from _documents()
    yield from _sheets()
    yield from _rich_texts()
    yield from _texts()


def _documents() -> Iterator[tuple[str, bytes]]:
    body = '<w:body xmlns:w="{}">{}</w:body>'.format
    document = (
        '<!DOCTYPE x [{}]><w:document xmlns:w="{}"><w:body><w:p>{}</w:p></w:body></w:document>'
    )
    yield "docx laughs", _docx(document.format(_LAUGHS, _SPACE, "&e9;"))
    outside = '<!ENTITY e9 SYSTEM "file:///etc/passwd">'
    yield "docx outside entity", _docx(document.format(outside, _SPACE, "&e9;"))
    deep = "<w:customXml>" * 100_000 + "</w:customXml>" * 100_000
    yield "docx deep", _docx(f'<w:document xmlns:w="{_SPACE}">{body(_SPACE, deep)}</w:document>')
    yield "docx unpacked", _docx(" " * 200_000_000)
    wide = "".join(cell(paragraph(run("1")), '<w:gridSpan w:val="1000000000"/>') for _ in range(60))
    yield "docx spans", _body(table(*[wide] * 60))
    many = cell(paragraph(run("1")))
    yield "docx cells", _body(table(*[many * 100] * 300))
    one = '<w:trPr><w:gridBefore w:val="999999999"/></w:trPr>' + many
    yield "docx before", _body(table(*[one] * 5_000))
    yield "docx columns", _body(table(many * 2, widths=[1] * 200_000))
    old = "http://schemas.microsoft.com/office/word/2003/wordml"
    deep = f'<w:wordDocument xmlns:w="{old}">' + "<x>" * 100_000
    yield "word xml deep", deep.encode()
    laughs = f'<!DOCTYPE x [{_LAUGHS}]><w:wordDocument xmlns:w="{old}">&e9;</w:wordDocument>'
    yield "word xml laughs", laughs.encode()


def _body(xml: str) -> bytes:
    return _docx(f'<w:document xmlns:w="{_SPACE}"><w:body>{xml}</w:body></w:document>')


def _docx(xml: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("[Content_Types].xml", "<Types/>")
        container.writestr("word/document.xml", xml)
    return made.getvalue()


def _sheets() -> Iterator[tuple[str, bytes]]:
    row = '<row r="{0}"><c r="A{0}"><v>1</v></c><c r="XFD{0}"><v>1</v></c></row>'
    merges = (
        '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="B1:XFD1048576"/></mergeCells>'
    )
    yield "xlsx far cells", _xlsx(row.format(1) + row.format(1_048_576))
    yield "xlsx merged", _xlsx(row.format(1) + row.format(1_048_576), merges)
    yield "xlsx dense corners", _xlsx("".join(row.format(n) for n in range(1, 3_000)))
    yield (
        "xlsx rows",
        _xlsx("".join(f'<row r="{n}"><c><v>1</v></c></row>' for n in range(1, 420_000))),
    )
    hidden = '<cols><col min="1" max="16384" hidden="1"/></cols>'
    yield "xlsx hidden", _xlsx(row.format(1), hidden * 200)
    records = b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(12)
    dimensions = b"\x00\x02\x0e\x00" + b"\x00\x00\x00\x00\xff\xff\xff\x7f" + bytes(6)
    yield "xls broken", ole_bytes({"Workbook": records + dimensions + b"\xfc\x00\xff\xff" * 1_000})


def _xlsx(rows: str, more: str = "") -> bytes:
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return zip_of(
        ("[Content_Types].xml", b"<Types/>"),
        (
            "xl/workbook.xml",
            f'<workbook xmlns="{_SHEET}" xmlns:r="{relations}"><sheets><sheet name="a" r:id="r1"/>'
            "</sheets></workbook>".encode(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{relations}/worksheet" Target="s.xml"/></Relationships>'.encode(),
        ),
        (
            "xl/s.xml",
            f'<worksheet xmlns="{_SHEET}"><sheetData>{rows}</sheetData>{more}</worksheet>'.encode(),
        ),
    )


def _rich_texts() -> Iterator[tuple[str, bytes]]:
    row = rb"\trowd\cellx1000\cellx2000\pard\intbl 1\cell 2\cell\row "
    yield "rtf deep", b"{\\rtf1" + b"{" * 1_000_000
    yield "rtf deep skipped", b"{\\rtf1{\\pict" + b"{" * 5_000_000
    yield "rtf cells", b"{\\rtf1 " + row * 20_000 + b"}"
    edges = b"".join(b"\\cellx%d" % (n * 10) for n in range(200_000))
    yield (
        "rtf edges",
        b"{\\rtf1 \\trowd" + edges + b"\\pard\\intbl " + b"1\\cell" * 2_000 + b"\\row}",
    )
    yield (
        "rtf counts",
        b"{\\rtf1 \\trowd\\cellx" + b"9" * 30 + b"\\itap" + b"9" * 30 + b"\\bin" + b"9" * 30,
    )
    yield "rtf bytes", b"{\\rtf1 " + b"\\'b1" * 500_000 + b"}"


def _texts() -> Iterator[tuple[str, bytes]]:
    yield "markdown wide", b"|" + b"a|" * 100_000 + b"\n|" + b"-|" * 100_000
    yield "markdown long", b"|a|b|\n|-|-|\n" + b"|1|2|\n" * 20_000
    yield "markdown stars", b"# x\n" + b"*" * 100_000 + b"a" + b"*" * 100_000
    yield "markdown brackets", b"# x\n" + b"[" * 100_000
    yield "markdown quotes", b"# x\n" + b">" * 100_000
    yield "markdown list", b"# x\n" + b"- " * 50_000
    yield "word text", b"\t1\n" * 500_000
