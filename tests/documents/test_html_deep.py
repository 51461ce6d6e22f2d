"""A page nested deeper than any that people read costs no memory for the places of its cells."""

import tracemalloc

import pytest
from selectolax.lexbor import LexborHTMLParser

from nianbao.documents.html import paths
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


def test_the_places_of_tables_side_by_side_are_counted_once() -> None:
    page = "<html><body>" + f"<p>一</p><table>{ROW}</table>" * 6_000
    steps = 0

    class Counted(dict[int, int]):
        def __contains__(self, key: object) -> bool:
            nonlocal steps
            steps += 1
            return super().__contains__(key)

    tree = LexborHTMLParser(page)
    paths._last.page, paths._last.positions = tree, Counted()
    found = [paths.path_of(table) for table in tree.css("table")]
    assert found[-1] == "body > table:nth-child(12000)"
    assert steps < 20_000
