"""Random reports in formats that others write: browsers, LibreOffice, scanners; and in small ones."""

import base64
import io
import quopri
from collections.abc import Collection, Sequence
from functools import partial
from html import escape
from random import Random

import xlwt

from nianbao.sample.content import Heading, Text, Title
from nianbao.sample.layout import Grid, Square
from support.markdown_writer import html_table, pipe_table
from support.noise_boxes import BoxTable
from support.noise_document import NoisyPart, Written, noisy_report, randoms
from support.noise_docx import write_docx
from support.noise_html import write_html
from support.noise_tags import Pen
from support.ofd_writer import BODY, MARGIN, WIDTH, OfdLook, Pages, draw_table, package, wrapped

TABLES = ("caption row", "note row", "cut, header again", "cut")
"""Noise that any format can show."""
HARMED = ("drop heading", "drop header row", "columns changed", "extra row", "double row", "moved",
          "wrong label", "wrong heading", "header broken", "empty label")  # fmt: skip
"""Harm that any format can show."""


_OFD_LOOKS = (
    *("filled_lines", "per_character", "scaled"),
    *("twice", "absolute_paths", "repeat_header"),
)


def grid_of(table: BoxTable) -> Grid:
    """Return boxes as squares; those that harm left without a rectangle lose their spans."""
    grid, placed = table.squares(), dict[int, Square]()
    for i, row in enumerate(grid):
        for j, box in enumerate(row):
            if box is not None and id(box) not in placed:
                across = sum(1 for other in row[j:] if other is box)
                down = sum(1 for line in grid[i:] if line[j] is box)
                placed[id(box)] = Square(box.text, i, j, down, across, box.code)
    gaps = [(i, j) for i, row in enumerate(grid) for j, box in enumerate(row) if box is None]
    return (*placed.values(), *(Square("", i, j) for i, j in gaps))


def write_mhtml(seed: int, noise: Collection[str], form: str | None = None) -> Written:
    """Return a web page as the message that Word and browsers save."""
    page = write_html(seed, noise, form)
    rng = Random(f"{seed} mhtml")
    name = rng.choice(["base64", "quoted-printable"])
    body = base64.encodebytes(page.data) if name == "base64" else quopri.encodestring(page.data)
    head = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="--x"\r\n\r\n----x\r\n'
        f"Content-Type: text/html\r\nContent-Transfer-Encoding: {name}\r\n\r\n"
    )
    data = head.encode() + body + b"\r\n----x\r\nContent-Type: image/png\r\n\r\n7\r\n----x--\r\n"
    return Written(data, page.printed)


def write_markdown(seed: int, noise: Collection[str], form: str | None = None) -> Written:
    """Return the report as Markdown."""
    random = randoms(seed)
    parts, drawn = noisy_report(random, noise, form)
    rng = random("markdown")
    merged = rng.choice(["blank", "repeated", "html"])
    bold = rng.random() < 0.5
    lines: list[str] = []
    for part in parts:
        match part:
            case Title(title):
                lines += [f"**{line}**" if bold else f"# {line}" for line in title]
            case Heading(text):
                lines.append(f"**{text}**" if bold else f"## {text}")
            case Text(text):
                lines.append(text)
            case _:
                grid = grid_of(part)
                lines.append(html_table(grid) if merged == "html" else pipe_table(grid, merged))  # type: ignore[arg-type]
    return Written(("\n\n".join(lines) + "\n").encode(), (drawn,))


def write_ofd(seed: int, noise: Collection[str], form: str | None = None) -> Written:
    """Return the report as OFD."""
    random = randoms(seed)
    parts, drawn = noisy_report(random, noise, form)
    rng = random("ofd")
    flags = {name: rng.random() < 0.3 for name in _OFD_LOOKS}
    pages = Pages(OfdLook(**flags, page_numbers=rng.random() < 0.7))
    for part in parts:
        if isinstance(part, BoxTable):
            draw_table(pages, grid_of(part))
            pages.y += 2.8
            continue
        for text in part.lines if isinstance(part, Title) else ("　　" + part.text,):
            for line in wrapped(text, WIDTH - 2 * MARGIN, BODY):
                if not pages.room_for(1.6 * BODY):
                    pages.new_page()
                pages.text(line, MARGIN, pages.y, BODY)
                pages.y += 1.6 * BODY
    return Written(package(pages), (drawn,))


def write_xls(seed: int, noise: Collection[str], form: str | None = None) -> Written:
    """Return the report as the workbook of old."""
    random = randoms(seed)
    parts, drawn = noisy_report(random, noise, form)
    book = xlwt.Workbook(encoding="utf-8")
    sheet, row = book.add_sheet("1"), 0
    for part in parts:
        if not isinstance(part, BoxTable):
            for text in part.lines if isinstance(part, Title) else (part.text,):
                sheet.write_merge(row, row, 0, 9, text)
                row += 1
            continue
        for s in grid_of(part):
            whole = s.code is not None and s.text.isascii() and s.text.isdecimal()
            value = int(s.text) if whole else s.text
            top, left = row + 1 + s.row, s.column
            sheet.write_merge(top, top + s.row_span - 1, left, left + s.column_span - 1, value)
        row += 2 + len(part.rows)
    out = io.BytesIO()
    book.save(out)
    return Written(out.getvalue(), (drawn,))


def write_print(seed: int, noise: Collection[str], form: str | None = None) -> Written:
    """Return the report as HTML for a browser to print."""
    random = randoms(seed)
    parts, drawn = noisy_report(random, noise, form)
    pen = Pen((), random)
    html = "\n".join(_printed(pen, part, number) for number, part in enumerate(parts))
    return Written(html.encode(), (drawn,))


def _printed(pen: Pen, part: NoisyPart, number: int) -> str:
    if isinstance(part, BoxTable):
        return pen.table(part, number)
    lines = part.lines if isinstance(part, Title) else (part.text,)
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def print_pdfs(pages: Sequence[bytes], seed: int) -> list[bytes]:
    """Print pages in one browser, each in a layout of its own."""
    from support.pdf_writer import BORDERS

    return _printed_by_browser(pages, seed, list(BORDERS), [0, 2, 5])


def print_unruled(pages: Sequence[bytes], seed: int) -> list[bytes]:
    """Print pages without ruling lines, columns further apart than words."""
    from support.pdf_writer import UNRULED

    return _printed_by_browser(pages, seed, list(UNRULED), [5, 8])


def _printed_by_browser(
    pages: Sequence[bytes], seed: int, borders: Sequence[str], paddings: Sequence[float]
) -> list[bytes]:
    from support.pdf_writer import PrintStyle, printer

    made = []
    with printer() as printing:
        for number, page in enumerate(pages):
            rng = Random(f"{seed} {number}")
            style = PrintStyle(
                borders=rng.choice(borders),
                landscape=rng.random() < 0.3,
                font=rng.choice([9, 10.5, 12, 14]),
                padding=rng.choice(paddings),
                header=rng.random() < 0.3,
                indent=rng.random() < 0.5,
                breakable=rng.random() < 0.7,
            )
            made.append(printing.pdf(page.decode(), style))
    return made


def scan_pdfs(pages: Sequence[bytes], seed: int) -> list[bytes]:
    """Print pages and scan them."""
    from support.scans import Scanner

    scanner = Scanner(seed=seed)
    return [scanner.pdf(pdf) for pdf in print_pdfs(pages, seed)]


def write_wide_docx(seed: int, noise: Collection[str], form: str | None = None) -> Written:
    """Return a Word file whose cells have widths, as LibreOffice needs them."""
    return write_docx(seed, {*noise, "widths"}, form)


def save_as(kind: str, files: Sequence[bytes], seed: int) -> list[bytes]:
    """Save Word files in another format by LibreOffice, all in one start of it."""
    from support.office_writer import written

    return written(files, "docx", kind)


SAVERS = {kind: partial(save_as, kind) for kind in ("doc", "odt", "rtf")}
