"""The plain text that Word exports: one cell per line, rows parted by blank lines."""

from nianbao.documents import read_document
from nianbao.model import Paragraph, Table


def test_cells_rows_and_paragraphs() -> None:
    document = read_document("标题\n\ta\n\tb\n\n\tc\n\td\n\n\n正文\n".encode())
    assert isinstance(document.blocks[0], Paragraph)
    [table] = document.tables
    assert [[c.text for c in row if c] for row in table.grid] == [["a", "b"], ["c", "d"]]
    assert document.paragraphs[-1].text == "正文"


def test_a_cell_may_hold_line_breaks() -> None:
    [table] = read_document("\t本年新\n制作数量\n\t\u3000\n0\n".encode()).tables
    assert [cell.text for cell in table.cells] == ["本年新\n制作数量", "\u3000\n0"]


def test_empty_cells_are_cells() -> None:
    [table] = read_document(b"\t\n\t\n\t0\n").tables
    assert [cell.text for cell in table.cells] == ["", "", "0"]


def test_windows_line_ends() -> None:
    [table] = read_document(b"\ta\r\n\tb\r\n\r\n\tc\r\n\td\r\n").tables
    assert len(table.grid) == 2


def test_residue_of_the_exporter_is_not_text() -> None:
    document = read_document("[bookmark: _GoBack]正文".encode())
    assert document.paragraphs[0].text == "正文"


def test_places_count_from_one() -> None:
    document = read_document("一\n\ta\n\tb\n".encode())
    table = document.tables[0]
    assert isinstance(table, Table)
    assert (document.paragraphs[0].place, table.place_of(table.cells[1])) == ("p1", "t1.r1.c2")
