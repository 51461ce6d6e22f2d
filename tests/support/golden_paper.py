"""Golden documents on paper: printed by a browser and by LibreOffice, and scanned."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace

from PIL import Image

from nianbao.sample.report import Style
from support.golden_case import Case, Printed
from support.golden_office import written
from support.golden_overlaid import overlaid_cases
from support.golden_pdf import slim
from support.golden_render import bare_page, body, changed, table_with
from support.golden_reports import bare_report, old_report, only, report, sample, terse
from support.pdf_by_hand import pdf_of, text
from support.pdf_writer import Printer, PrintStyle, _with_heads, printer
from support.scans import Scanner

LIGHT = "<style>*{font-family:'Noto Sans CJK SC';font-weight:normal!important}</style>"
"""Bold type that the font does not have is drawn glyph by glyph, and makes large files."""
LARGE = PrintStyle()
LEFT_OUT = tuple(
    f"applications.{group}." for group in ("refused", "unavailable", "not_processed", "other")
)
"""Rows of a scanned table that would only take time."""
SCAN = PrintStyle(font=13, padding=4, breakable=False)


def paper_cases() -> Iterator[Case]:
    """Yield the documents; one browser prints them all."""
    with printer() as press:
        yield from _ruled(press)
        yield from _page_breaks(press)
        yield from _scans(press)
        yield from overlaid_cases(press)
    yield from _office()
    yield from _refused()


def _ruled(press: Printer) -> Iterator[Case]:
    one = only(report(sample("石翎区教育局", 2019)), "proactive", "applications")
    data = _print(press, body(one.parts), PrintStyle(font=10))
    yield Case("pdf-2019.pdf", "pdf", data, "ruled tables", [one])
    one = terse(report(sample("石翎区教育局", 2022)))
    style = PrintStyle(landscape=True, borders="open_sides", header=True)
    data = _print(press, body(one.parts), style)
    yield Case("pdf-2022.pdf", "pdf", data, "no outer rules, headers and page numbers", [one])
    old = old_report("石翎区教育局", 2017)
    data = _print(press, body(old.parts), PrintStyle(font=9, padding=1))
    yield Case("pdf-2014.pdf", "pdf", data, "the statistics table of 2014", [old])
    bare = bare_report("石翎区教育局", 2024)
    yield Case("pdf-none.pdf", "pdf", _print(press, body(bare.parts)), "no tables at all", [bare])
    one = terse(report(sample("石翎区审计局", 2021)))
    html = (
        body(one.parts) + "<style>td,th{border:none!important;padding:6px 10px!important}</style>"
    )
    yield Case("pdf-unruled.pdf", "pdf", _print(press, html, PrintStyle(font=9)), "no rules", [one])
    one = terse(only(report(sample("石翎区文化局", 2021)), "proactive", "reviews"))
    radicals = body(one.parts).replace("自", "⾃").replace("行", "⾏").replace("文", "⽂")
    about = "Kangxi radicals in place of ordinary characters"
    data = _print(press, radicals, PrintStyle(font=10))
    yield Case("q25-radicals.pdf", "pdf", data, about, [one], (25,))


def _print(press: Printer, html: str, style: PrintStyle = LARGE) -> bytes:
    return slim(press.pdf(LIGHT + html, style))


def _page_breaks(press: Printer) -> Iterator[Case]:
    one = terse(only(report(sample("石翎区商务局", 2021)), "applications"))
    for name, style, about in (
        ("repeated", PrintStyle(format="A5", font=11, repeated_head=True), "the head repeated"),
        ("cut", PrintStyle(format="A5", font=13, padding=6), "rows cut by the end of the page"),
    ):
        html = body(one.parts)
        html = _with_heads(html) if style.repeated_head else html
        about = f"the table of applications over several pages, {about}"
        data = _print(press, html, style)
        # Rows that a page break cuts in two may stay unread, with a finding.
        floor = 0.8 if name == "cut" else 1.0
        yield Case(f"q04-{name}.pdf", "pdf", data, about, [one], (4,), floor=floor)


def detached(one: Printed) -> Printed:
    """Return a report in which three labels of the applications have lost their numbers."""
    place = table_with(one.parts, "applications")
    grid = one.parts[place]
    assert isinstance(grid, tuple)
    lost = ("law_forbids", "safety_stability", "third_party")
    rows = [
        s.row for s in grid if s.code in {f"applications.refused.{code}.total" for code in lost}
    ]
    first, last = min(rows), max(rows)
    moved = tuple(
        replace(s, row=s.row + 3 * (s.row > last or (s.code is not None and s.row >= first)))
        for s in grid
    )
    squares = [
        replace(s, row_span=s.row_span + 3) if s.row < first <= s.row + s.row_span - 1 else s
        for s in moved
    ]
    unread = {s.code for s in grid if s.code and first <= s.row <= last}
    parts = changed(one.parts, place, tuple(squares))
    return replace(one, parts=parts, unread=frozenset(unread))


def _scans(press: Printer) -> Iterator[Case]:
    small = {
        2019: terse(only(report(sample("青岫县交通局", 2019)), "proactive")),
        2020: terse(only(report(sample("青岫县交通局", 2020)), "reviews")),
        2021: terse(only(report(sample("青岫县交通局", 2021)), "proactive")),
        2022: terse(only(report(sample("青岫县交通局", 2022, without=LEFT_OUT)), "applications")),
    }
    scanner = Scanner(dpi=140, noise=2, blur=0.4, aslant=0.2, quality=35)
    pages = {year: _print(press, body(one.parts), SCAN) for year, one in small.items()}
    about = "scanned: grey, aslant and noisy; one table"
    floor = 0.8
    data = scanner.pdf(pages[2021])
    yield Case("scan-2021.pdf", "pdf scan", data, about, [small[2021]], (28, 29), floor=floor)
    data = scanner.pdf(pages[2022])
    yield Case("scan-2022.pdf", "pdf scan", data, about, [small[2022]], (28,), floor=floor)
    [page] = scanner.pages(pages[2019])
    data = scanner.jpeg(page)
    yield Case("scan-2019.jpg", "picture", data, about, [small[2019]], floor=floor)
    clean = Scanner(dpi=120, noise=0).pages(pages[2020])
    about = "a picture of a page"
    for kind, name in (("PNG", "scan-2020.png"), ("TIFF", "scan-2020.tif")):
        data = _picture(clean, kind)
        yield Case(name, "picture", data, about, [small[2020]], floor=floor)


def _picture(pages: Sequence[Image.Image], kind: str) -> bytes:
    out = io.BytesIO()
    first, *others = [page.quantize(16) if kind == "PNG" else page for page in pages]
    if kind == "PNG":
        assert not others
        first.save(out, kind, optimize=True)
    else:
        first.save(out, kind, save_all=True, append_images=others, compression="tiff_lzw")
    return out.getvalue()


def _office() -> Iterator[Case]:
    one = report(sample("石翎区财政局", 2023, style=Style(two_line_title=True)))
    page = bare_page(body(one.parts), head='<meta charset="utf-8">')
    [data] = written([page.encode()], "html", "pdf")
    yield Case("pdf-office-2023.pdf", "pdf", data, "saved as PDF by LibreOffice", [one])


def _refused() -> Iterator[Case]:
    locked = pdf_of(text(60, 700, "12"), locked=True)
    about = "a PDF under a password"
    yield Case("q28-locked.pdf", "pdf", locked, about, quirks=(28,), errors=("encrypted",))
    out = io.BytesIO()
    Image.new("L", (600, 800), 255).save(out, "PDF")
    about = "a PDF of an empty picture, without a text layer"
    yield Case(
        "q28-empty.pdf", "pdf scan", out.getvalue(), about, quirks=(28,), errors=("no_text_layer",)
    )
    about = "a PDF that breaks off in its first object"
    broken = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog"
    yield Case("q28-cut.pdf", "pdf", broken, about, quirks=(28,), errors=("damaged",))
