"""A page nested deeper than any that people read costs no memory for the places of its cells."""

import tracemalloc

from nianbao.documents.read import read_document

DEEP = "<div>" * 400
ROW = "<tr><td>一</td><td>1</td></tr>"


def test_a_table_deep_down_is_read_without_paths() -> None:
    page = f"<html><body>{DEEP}<table>{ROW * 3}</table>"
    (table,) = read_document(page.encode()).tables
    assert table.row_paths == ()
    assert [cell.text for cell in table.cells] == ["一", "1"] * 3


def test_tables_within_tables_do_not_fill_the_memory() -> None:
    page = "<html><body>" + f"<table>{ROW}<tr><td>" * 300 + ROW * 300
    tracemalloc.start()
    try:
        read_document(page.encode())
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 50_000_000
