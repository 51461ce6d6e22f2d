"""A table's grid fills in what the spans cover."""

from nianbao.model import Table, TableCell


def test_a_span_covers_every_square_it_spans() -> None:
    wide, tall = TableCell("w", 0, 0, 1, 2), TableCell("t", 1, 0, 2, 1)
    table = Table((wide, tall, TableCell("x", 1, 1)), "t1")
    x = table.cells[2]
    assert table.grid == ((wide, wide), (tall, x), (tall, None))


def test_a_place_counts_from_one() -> None:
    table = Table((TableCell("x", 4, 2),), "t3")
    assert table.place_of(table.cells[0]) == "t3.r5.c3"
