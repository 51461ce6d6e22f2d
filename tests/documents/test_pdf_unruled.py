"""Numbers below headings where no line is drawn: each in the row of its label, or in no table at all."""

import pytest

from nianbao.documents.pdf import read_pdf
from nianbao.documents.pdf.page import Box, Grid, Line
from nianbao.documents.pdf.text_row import TextRow
from nianbao.documents.pdf.text_table import find_text_tables
from nianbao.errors import ReadError
from support.pdf_by_hand import pdf_of, text

SIZE = 10.0
HEADS = ((0, "信息内容"), (100, "本年制发件数"), (200, "本年废止件数"), (300, "现行有效件数"))


def row(y: float, *parts: tuple[float, str]) -> TextRow:
    """Return a line of text whose parts begin at the given places."""
    lines = tuple(_line(x, y, words) for x, words in parts)
    boxes = [line.box for line in lines]
    whole = Box(boxes[0].left, y, boxes[-1].right, y + SIZE)
    return TextRow(lines, lines, Line(" ".join(w for _, w in parts), whole, SIZE))


def _line(x: float, y: float, words: str) -> Line:
    wide = sum(SIZE if char > "\u2000" else SIZE / 2 for char in words)
    return Line(words, Box(x, y, x + wide, y + SIZE), SIZE)


def texts(*rows: TextRow) -> list[list[str]] | None:
    grids = [grid for *_, grid in find_text_tables(rows)]
    return _texts(grids[0]) if grids else None


def _texts(grid: Grid) -> list[list[str]]:
    width = len(grid.columns) - 1
    cells = [cell.text for cell in grid.cells]
    return [cells[at : at + width] for at in range(0, len(cells), width)]


def test_blanks_stay_in_their_columns() -> None:
    found = texts(
        row(0, *HEADS), row(30, (0, "规章"), (220, "7")), row(60, (0, "文件"), (320, "8"))
    )
    assert found is not None
    assert found[1:] == [["规章", "", "7", ""], ["文件", "", "", "8"]]


def test_a_number_on_two_lines_is_one_text() -> None:
    """`12` above `34` may be one number; that it is another row's is out of the question."""
    wrapped = (
        row(28, (220, "12")),
        row(36, (0, "规章"), (110, "5"), (320, "8")),
        row(43, (220, "34")),
    )
    assert texts(row(0, *HEADS), *wrapped) == [
        ["信息内容", *(words for _, words in HEADS[1:])],
        ["规章", "5", "12\n34", "8"],
    ]


def test_a_label_on_three_lines_has_the_numbers_beside_it() -> None:
    beside = row(44, (0, "管理服务"), (110, "5"), (210, "6"), (310, "7"))
    found = texts(row(0, *HEADS), row(30, (0, "其他对外")), beside, row(58, (0, "事项")))
    assert found is not None
    assert found[1] == ["其他对外\n管理服务\n事项", "5", "6", "7"]


@pytest.mark.parametrize(
    "rows",
    [
        (row(0, *HEADS[:3]), row(30, (0, "规章"), (110, "1"), (210, "2"), (310, "3"))),
        (row(0, *HEADS[:3], (300, "别的")), row(30, (0, "规章"), (110, "1"), (310, "3"))),
        (row(0, *HEADS), row(30, (110, "1"), (210, "2")), row(60, (0, "规章"), (110, "1"))),
        (row(30, (0, "规章"), (110, "1"), (210, "2")), row(60, (0, "文件"), (110, "1"))),
    ],
    ids=[
        "a number without a heading",
        "an unknown heading",
        "numbers without a label",
        "no header",
    ],
)
def test_what_does_not_come_out_evenly_is_no_table(rows: tuple[TextRow, ...]) -> None:
    assert texts(*rows) is None


def test_text_that_a_scan_is_painted_over_is_not_believed() -> None:
    picture = "q 600 0 0 800 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q"
    words = text(60, 680, "12 34 56 78")
    with pytest.raises(ReadError):
        read_pdf(pdf_of(f"{words}\n{picture}"))
    assert read_pdf(pdf_of(f"{picture}\n{words}")).blocks
