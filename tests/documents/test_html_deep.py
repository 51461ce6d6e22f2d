"""A page nested deeper than any that people read costs no memory for the places of its cells."""

import tracemalloc

import pytest

from nianbao.documents.read import read_document
from nianbao.errors import ReadError

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


@pytest.mark.parametrize("tags", ["<div>", "<ul><li>", "<font><div></font>"])
def test_blocks_nested_to_keep_the_parser_busy_are_refused(tags: str) -> None:
    with pytest.raises(ReadError, match="nested thousands deep"):
        read_document(b"<html><body>" + tags.encode() * 50_000)


def test_a_long_page_with_tags_never_closed_is_read() -> None:
    page = "<html><body>" + "<p><span><font>一、总体情况" * 20_000
    assert len(read_document(page.encode()).paragraphs) == 20_000
