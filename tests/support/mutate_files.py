"""Files of every format to be damaged, and the damage that suits each."""

import gzip
import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from random import Random

from PIL import Image

from nianbao.sample.errors import printed_reports
from support import mutate_marked, mutate_packed
from support.bundle_writer import rar_of, zip_of
from support.mutate import MOST_BYTES, Mutation, any_bytes
from support.noise_docx import write_docx
from support.noise_html import write_html
from support.noise_paper import write_markdown, write_mhtml, write_ofd, write_xls
from support.noise_sheet import write_xlsx
from support.noise_text import write_text
from support.ole_writer import ole_bytes
from support.pdf_by_hand import pdf_of, ruled, text

Make = Callable[[int], bytes]
_RUNS = ("tracked changes", "automatic numbers")
_NOISE = ("attributes", "word", "hidden text", "explicit spans")


def _rtf(seed: int) -> bytes:
    """Return a table as Word writes it, by hand; LibreOffice's own come from the corpus."""
    cells = printed_reports()[seed % 5].cells
    rows = "".join(
        r"\trowd\trgaph108\cellx2000\cellx4000\pard\intbl{\u34892? \'d0\'d0"
        f"{code}"
        r"}\cell{"
        f"{raw}"
        r"}\cell\row"
        for code, raw in list(cells.items())[:60]
    )
    head = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 \'cb\'ce;}}{\*\generator x;}"
    return (head + r"\pard\par " + rows + "}").encode()


def _pdf(seed: int) -> bytes:
    rng = Random(seed)
    rows = [100.0 + 20 * n for n in range(12)]
    words = "\n".join(
        text(60 + 90 * c, y + 5, str(rng.randrange(999))) for y in rows for c in range(5)
    )
    return pdf_of(words + "\n" + ruled([50, 140, 230, 320, 410, 500], rows), words)


def _image(seed: int) -> bytes:
    out = io.BytesIO()
    Image.new("L", (80, 60), seed % 256).save(
        out, ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")[seed % 6]
    )
    return out.getvalue()


def _doc(seed: int) -> bytes:
    return ole_bytes({"WordDocument": Random(seed).randbytes(6000), "1Table": bytes(4096)})


def _zip(seed: int) -> bytes:
    return zip_of(("a.docx", write_docx(seed, ()).data), ("b.html", write_html(seed, ()).data))


def _rar(seed: int) -> bytes:
    return rar_of(("a.html", write_html(seed, ()).data))


def _gzip(seed: int) -> bytes:
    return gzip.compress(write_html(seed, ()).data, 1)


def _word_xml(seed: int) -> bytes:
    """Return Word's XML of 2003 or a package in one file, in turn."""
    with zipfile.ZipFile(io.BytesIO(write_docx(seed, ()).data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    if seed % 2:
        return _flat(parts)
    body = re.search(rb"<w:body>.*</w:body>", parts["word/document.xml"], re.DOTALL)
    assert body
    space = b'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"'
    return b"<?xml version='1.0'?><w:wordDocument %b>%b</w:wordDocument>" % (space, body[0])


def _flat(parts: dict[str, bytes]) -> bytes:
    inside = b"".join(
        b'<pkg:part pkg:name="/%b"><pkg:xmlData>%b</pkg:xmlData></pkg:part>'
        % (name.encode(), re.sub(rb"<\?xml.*?\?>", b"", content))
        for name, content in parts.items()
        if name.endswith((".xml", ".rels")) and not name.startswith("[")
    )
    space = b'xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"'
    return b"<?xml version='1.0'?><pkg:package %b>%b</pkg:package>" % (space, inside)


FILES: dict[str, tuple[Make, Mutation]] = {
    "html": (lambda seed: write_html(seed, _NOISE).data, mutate_marked.html),
    "mhtml": (lambda seed: write_mhtml(seed, _NOISE).data, mutate_marked.html),
    "text": (lambda seed: write_text(seed, ()).data, any_bytes),
    "markdown": (lambda seed: write_markdown(seed, ()).data, mutate_marked.html),
    "docx": (lambda seed: write_docx(seed, _RUNS).data, mutate_packed.zipped),
    "xlsx": (lambda seed: write_xlsx(seed, ("formats", "own sheets")).data, mutate_packed.zipped),
    "xls": (lambda seed: write_xls(seed, ()).data, mutate_packed.ole),
    "ofd": (lambda seed: write_ofd(seed, ()).data, mutate_packed.zipped),
    "pdf": (_pdf, mutate_packed.pdf),
    "rtf": (_rtf, mutate_marked.rtf),
    "doc": (_doc, mutate_packed.ole),
    "word_xml": (_word_xml, mutate_marked.xml),
    "zip": (_zip, mutate_packed.zipped),
    "rar": (_rar, any_bytes),
    "gzip": (_gzip, mutate_packed.gzipped),
    "image": (_image, any_bytes),
}  # fmt: skip


@cache
def _whole(kind: str, seed: int) -> bytes:
    make, _ = FILES[kind]
    return make(seed)


def damaged(kind: str, seed: int, whole: bytes | None = None) -> bytes:
    """Return a damaged file of a kind; `whole` is a file of that kind from elsewhere."""
    rng = Random(f"{kind} {seed}")
    _, inside = FILES[kind]
    data = _whole(kind, rng.randrange(6)) if whole is None else whole
    if rng.random() < 0.6:
        data = inside(rng, data)
    if rng.random() < 0.5:
        data = any_bytes(rng, data or b" ")
    return data[:MOST_BYTES]
