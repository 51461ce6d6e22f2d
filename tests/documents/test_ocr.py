import io
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from nianbao.documents import ocr
from nianbao.documents.ocr import read_image
from nianbao.documents.ofd.read import read_ofd
from nianbao.documents.pdf import read_pdf
from nianbao.documents.pdf.page import Box
from nianbao.documents.pdf.read import read_pages
from nianbao.errors import ReadError
from nianbao.reports import recognise
from nianbao.sample.errors import printed_reports
from support.browser import BROWSER_MARKS
from support.ofd_pictures import ofd_of_pictures
from support.pdf_by_hand import pdf_of, text
from support.pdf_writer import Printer, PrintStyle, printer
from support.report_score import score

pytest.importorskip("rapidocr")
pytest.importorskip("onnxruntime")

REPORT = printed_reports()[3]
STYLE = PrintStyle(font=13, padding=4, breakable=False)


@pytest.fixture(scope="module")
def press() -> Iterator[Printer]:
    with printer() as press:
        yield press


class TestScans:
    pytestmark = BROWSER_MARKS

    def test_a_scanned_report_is_read_or_left_unread_but_never_wrong(self, press: Printer) -> None:
        from support.scans import Scanner

        scan = Scanner(dpi=150, noise=6, blur=0.5, aslant=0.3, quality=70)
        [read] = recognise(read_pdf(scan.pdf(press.report(REPORT, STYLE))))
        counts = score(REPORT, read)
        assert counts["wrong"] == 0
        assert counts["right"] > 0.85 * len(REPORT.cells)
        assert (read.organisation, read.report_year) == REPORT.key

    def test_a_bad_scan_gives_unread_cells_and_not_wrong_ones(self, press: Printer) -> None:
        from support.scans import Scanner

        scan = Scanner(dpi=120, noise=12, blur=1.0, aslant=0.6, quality=40)
        table = "<tr>" + "".join(f"<td>{n}</td>" for n in (30, 86, 519, 47, 6)) + "</tr>"
        page, *_ = scan.pages(press.pdf(f"<table>{table * 3}</table>", STYLE))
        document = read_image(scan.jpeg(page))
        numbers = {c.text for t in document.tables for c in t.cells if c.text.isdecimal()}
        assert numbers <= {"30", "86", "519", "47", "6"}


def _may_unshare() -> bool:
    unshare = shutil.which("unshare")
    return unshare is not None and subprocess.run([unshare, "-rn", "true"]).returncode == 0


def table_of(*rows: tuple[str, ...], smudge: bool = False) -> bytes:
    """Return a picture of a table; `smudge` runs two digits of the last cell together."""
    from PIL import ImageFont

    image = Image.new("L", (1000, 60 + 70 * len(rows)), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 34)
    width = 960 // len(rows[0])
    for y, row in enumerate(rows):
        for x, words in enumerate(row):
            left, top = 20 + x * width, 30 + y * 70
            draw.rectangle((left, top, left + width, top + 70), outline=0, width=2)
            draw.text((left + 40, top + 10), words, font=font, fill=0)
    if smudge:
        draw.line((20 + width + 20, bottom := 30 + 70 * len(rows) - 32, 1000, bottom), 0, 5)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(("read", "doubted"), [("394", True), ("894", False), ("73", True)])
def test_a_digit_that_runs_into_a_line_may_be_another_one(read: str, doubted: bool) -> None:
    """What is left of an 8 whose left side was taken away with a ruling line is a 3."""
    from nianbao.documents.ocr.cut import marked_cut, may_be_other_digits
    from nianbao.documents.ocr.strips import Strip

    lost, ink = np.zeros((40, 60), np.uint8), np.zeros((20, 30), np.uint8)
    lost[:, 8:10], ink[4:16, :2] = 1, 255
    [strip] = marked_cut([Strip(Box(10, 10, 40, 30), ink, ink)], lost)
    assert may_be_other_digits(strip, read) is doubted
    [strip] = marked_cut([Strip(Box(14, 10, 44, 30), ink, ink)], lost)
    assert not may_be_other_digits(strip, read)


@pytest.mark.parametrize("aslant", [0.0, 0.22, -1.3, 4.0])
def test_a_page_aslant_is_turned_by_what_its_lines_say(aslant: float) -> None:
    from nianbao.documents.ocr.level import straightened

    page = Image.new("L", (1200, 1600), 0)
    draw = ImageDraw.Draw(page)
    for y in range(300, 1300, 50):
        draw.line((200, y, 1000, y), 255, 3)
    turned = np.asarray(page.rotate(aslant, Image.Resampling.BICUBIC))
    level = straightened(turned, (turned > 100).astype(np.uint8))
    assert max(int((row > 100).sum()) for row in level) > 780


@pytest.mark.skipif(not ocr.ocr_available(), reason="needs the extra for recognition")
def test_a_ruled_table_in_a_picture_is_a_table() -> None:
    [table] = read_image(
        table_of(("规章", "0", "12"), ("数量", "345", "/"), ("无", "", "6"))
    ).tables
    texts = [[cell.text if cell else None for cell in row] for row in table.grid]
    assert texts == [["规章", "0", "12"], ["数量", "345", "/"], ["无", "", "6"]]


@pytest.mark.parametrize(
    ("quarters", "matrix"),
    [
        (0, "210 0 0 297 0 0"),
        (1, "0 -297 210 0 0 297"),
        (2, "-210 0 0 -297 210 297"),
        (3, "0 297 -210 0 210 0"),
    ],
)
def test_an_ofd_file_of_pictures_is_read_as_it_is_shown(quarters: int, matrix: str) -> None:
    """The pictures are turned to the right, and the pages show them turned back."""
    page = Image.new("L", (1000, 1414), 255)
    page.paste(Image.open(io.BytesIO(table_of(("规章", "30"), ("数量", "86")))), (0, 100))
    out = io.BytesIO()
    page.rotate(-90 * quarters, expand=True).save(out, "PNG")
    [table] = read_ofd(ofd_of_pictures([out.getvalue()], matrix)).tables
    assert [cell.text for cell in table.cells] == ["规章", "30", "数量", "86"]
    assert table.cells[3].where.startswith("page 1, box 298 ")


@pytest.mark.skipif(not _may_unshare(), reason="needs the right to have a network of its own")
def test_nothing_is_fetched_for_recognition(tmp_path: Path) -> None:
    file = tmp_path / "table.png"
    file.write_bytes(table_of(("规章", "12"), ("数量", "345")))
    program = (
        "import sys; from nianbao.documents.ocr import read_image\n"
        "sys.stdout.write(read_image(open(sys.argv[1], 'rb').read()).tables[0].cells[3].text)"
    )
    done = subprocess.run(
        ["unshare", "-rn", sys.executable, "-c", program, str(file)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"HOME": str(tmp_path)},
    )
    assert done.stdout == "345"


@pytest.mark.parametrize(
    ("marks", "read"),
    [
        ([], None),
        ([(5, 23, 6, 3)], "-"),
        ([(5, 23, 5, 4), (12, 23, 5, 4)], "-"),
        ([(5, 35, 6, 3)], ""),
        ([(5, 20, 3, 9)], ""),
        ([(5, 23, 2, 2)], None),
    ],
    ids=["blank", "hyphen", "two hyphens", "low", "upright", "dirt"],
)
def test_a_cell_with_a_small_mark_is_not_blank(
    marks: list[tuple[int, int, int, int]], read: str | None
) -> None:
    from nianbao.documents.ocr.marks import small_mark

    ink = np.zeros((48, 200), np.uint8)
    for left, top, wide, high in marks:
        ink[top : top + high, left : left + wide] = 255
    assert small_mark(ink, ink, Box(0.0, 0.0, 200.0, 48.0), 30.0) == read


@pytest.mark.parametrize(("read", "sure"), [("减5", True), ("减51", False)])
def test_a_stroke_behind_a_signed_number_is_no_digit_of_it(read: str, sure: bool) -> None:
    from nianbao.documents.ocr.doubt import shapes_agree, signed_digits

    image = Image.open(io.BytesIO(table_of(("规章", "减5")))).crop((540, 34, 800, 96))
    if not sure:
        ImageDraw.Draw(image).line((160, 10, 160, 50), 0, 3)
    assert shapes_agree(signed_digits(read), np.asarray(image, np.uint8), tail=True) is sure


@pytest.mark.parametrize(("printed", "sure"), [("20", True), ("2 0", False), ("1171", True)])
def test_two_numbers_with_a_blank_between_them_are_not_one(printed: str, sure: bool) -> None:
    from nianbao.documents.ocr.doubt import shapes_agree

    image = Image.open(io.BytesIO(table_of(("规章", printed)))).crop((535, 34, 800, 96))
    grey = np.asarray(image, np.uint8)
    assert shapes_agree(printed.replace(" ", ""), grey) is sure


def test_a_number_with_a_line_through_it_is_marked() -> None:
    [table] = read_image(table_of(("规章", "80"), ("数量", "86"), smudge=True)).tables
    assert not table.grid[1][1].text.isdecimal()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "unsupported_format"), (b"\x89PNG\r\n\x1a\nxx", "unsupported_format")],
)
def test_what_is_no_picture_is_named(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as raised:
        read_image(data)
    assert raised.value.code == code


def test_a_blank_picture_has_no_text() -> None:
    out = io.BytesIO()
    Image.new("L", (300, 200), 255).save(out, "PNG")
    with pytest.raises(ReadError) as raised:
        read_image(out.getvalue())
    assert raised.value.code == "no_text_layer"


def test_a_picture_that_unpacks_to_too_much_is_refused() -> None:
    out = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(out, "PNG")
    with pytest.raises(ReadError) as raised:
        read_image(out.getvalue())
    assert raised.value.code == "over_limit"


def test_mutated_pictures_give_a_read_error_and_nothing_else() -> None:
    chance = random.Random(5)
    out = io.BytesIO()
    Image.new("L", (60, 40), 200).save(out, "JPEG")
    outcomes: Counter[str] = Counter()
    for _ in range(150):
        data = bytearray(out.getvalue())
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            read_image(bytes(data[: chance.randint(20, len(data))]))
            outcomes["read"] += 1
        except ReadError as error:
            outcomes[error.code] += 1
    assert outcomes["damaged"] > 0


def test_without_the_extra_the_message_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "find_spec", lambda name: None)
    with pytest.raises(ReadError, match=r"nianbao\[ocr\]") as raised:
        read_image(table_of(("1", "2"), ("3", "4")))
    assert raised.value.code == "converter_missing"


def test_a_pdf_of_pictures_without_the_extra_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "find_spec", lambda name: None)
    out = io.BytesIO()
    Image.new("L", (600, 800), 255).save(out, "PDF")
    with pytest.raises(ReadError) as raised:
        read_pages(out.getvalue())
    assert raised.value.code == "converter_missing"
    assert read_pages(pdf_of(text(60, 700, "12"))).blocks
