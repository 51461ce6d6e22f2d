"""Workbooks to `Document`: `.xlsx` and the old `.xls`, every visible sheet in order."""

from collections.abc import Iterable

from nianbao.documents.spreadsheet.cells import Room, Sheet
from nianbao.documents.spreadsheet.sheet import parts_of
from nianbao.model import Block, Document, Paragraph, Table


def read_xlsx(data: bytes) -> Document:
    """Read an `.xlsx` workbook; raises `ReadError`: `damaged`, `encrypted` or `over_limit`."""
    from nianbao.documents.spreadsheet.xlsx import sheets_of

    return _document(sheets_of(data), "xlsx")


def read_xls(data: bytes) -> Document:
    """Read an `.xls` workbook; raises `ReadError`: `damaged`, `encrypted` or `over_limit`."""
    from nianbao.documents.spreadsheet.xls import sheets_of

    return _document(sheets_of(data), "xls")


def _document(sheets: Iterable[Sheet], reader: str) -> Document:
    blocks: list[Block] = []
    paragraphs = tables = 0
    room = Room(), Room()
    for sheet in sheets:
        for part in parts_of(sheet, *room):
            if isinstance(part, str):
                paragraphs += 1
                blocks.append(Paragraph(" ".join(part.split()), f"p{paragraphs}"))
            else:
                tables += 1
                blocks.append(Table(part, f"t{tables}"))
    return Document(tuple(blocks), reader=reader)
