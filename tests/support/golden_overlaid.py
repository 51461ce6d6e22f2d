"""Golden documents on which something lies over the numbers, or under them, that is none of them."""

import base64
import io
from collections.abc import Iterator
from dataclasses import replace
from math import cos, pi, sin

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageDraw

from nianbao.sample.layout import Grid
from support.golden_case import Case, Printed
from support.golden_pdf import slim
from support.golden_quirk_tables import page
from support.golden_render import body, changed, docx, table_with
from support.golden_reports import only, report, sample, terse
from support.pdf_writer import Printer, PrintStyle
from support.scans import Scanner

_LIGHT = "<style>*{font-family:'Noto Sans CJK SC';font-weight:normal!important}</style>"
_RED = (214, 40, 40, 170)


def overlaid_cases(press: Printer) -> Iterator[Case]:
    """Yield the documents on paper."""
    one = terse(only(report(sample("石翎区林业局", 2021)), "proactive"))
    pdf = slim(press.pdf(_LIGHT + body(one.parts) + _seal_over(205, 225), _style()))
    yield Case("pdf-seal.pdf", "pdf", pdf, "a seal over the numbers of a table", [one])
    scanner = Scanner(dpi=140, noise=2, quality=35)
    [picture] = scanner.pages(pdf)
    about = "scanned with a seal over the numbers of a table"
    # What the seal's strokes cross may stay unread.
    yield Case("scan-seal.jpg", "picture", scanner.jpeg(picture), about, [one], floor=0.6)
    few = terse(only(report(sample("石翎区林业局", 2020)), "proactive"))
    plain = press.pdf(_LIGHT + body(few.parts), _style())
    lie = terse(only(report(sample("青岫县林业局", 2022)), "proactive"))
    under = slim(press.pdf(_LIGHT + body(lie.parts), _style()))
    about = "a scan over a text layer with another body's numbers"
    data = _over(scanner, plain, under)
    yield Case("scan-lying.pdf", "pdf scan", data, about, [few], (22,), floor=0.8)


def renumbered_cases() -> Iterator[Case]:
    """Yield reports in which a row is left out and those behind it are counted anew."""
    gone = ("applications.refused.law_forbids.",)
    one = _counted_anew(
        report(sample("石翎区林业局", 2023, without=gone), findings=("missing_row",))
    )
    about = "a row left out, and the ordinals of those behind it counted anew"
    yield page("renumbered", about, 17, one)
    small = only(one, "applications")
    yield Case("q17-renumbered.docx", "docx", docx(small.parts), about, [small], (17,))


def _style() -> PrintStyle:
    return PrintStyle(font=13, padding=4, breakable=False)


def _seal_over(left: int, top: int) -> str:
    """Return a round seal with a star, as an office sets it over a page, in points from its corner."""
    size, middle = 480, 240
    seal = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    pen = ImageDraw.Draw(seal)
    pen.ellipse((8, 8, size - 8, size - 8), outline=_RED, width=14)
    turns = [(i * 4 * pi / 5 - pi / 2) for i in range(5)]
    pen.polygon([(middle + 80 * cos(t), middle + 80 * sin(t)) for t in turns], fill=_RED)
    for i in range(24):
        x, y = middle + 185 * cos(i * pi / 12), middle + 185 * sin(i * pi / 12)
        pen.rectangle((x - 14, y - 3, x + 14, y + 3), fill=_RED)
    out = io.BytesIO()
    seal.quantize(16).save(out, "PNG", optimize=True)
    url = base64.b64encode(out.getvalue()).decode()
    place = f"position:absolute;left:{left}px;top:{top}px;width:160px"
    return f'<img style="{place}" src="data:image/png;base64,{url}">'


def _over(scanner: Scanner, seen: bytes, under: bytes) -> bytes:
    """Return a scan of one page painted over the text of another, as scanning programs write it."""
    [picture] = scanner.pages(seen)
    document = pypdfium2.PdfDocument(under)
    first = document[0]
    image = pypdfium2.PdfImage.new(document)
    image.load_jpeg(io.BytesIO(scanner.jpeg(picture)), inline=True)
    width, height = first.get_size()
    image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
    first.insert_obj(image)
    first.gen_content()
    out = io.BytesIO()
    document.save(out, flags=pdfium.FPDF_NO_INCREMENTAL)
    return out.getvalue()


def _counted_anew(one: Printed) -> Printed:
    """Return a report whose rows below the missing refusal have ordinals one less."""
    place = table_with(one.parts, "applications")
    grid = one.parts[place]
    assert isinstance(grid, tuple)
    first = next(s.row for s in grid if s.text.startswith("3.危及"))
    last = next(s.row for s in grid if s.text.startswith("8.属于行政查询"))
    return replace(one, parts=changed(one.parts, place, _less(grid, range(first, last + 1))))


def _less(grid: Grid, rows: range) -> Grid:
    return tuple(
        replace(s, text=f"{int(s.text[0]) - 1}{s.text[1:]}")
        if s.row in rows and s.text[1:2] == "."
        else s
        for s in grid
    )
