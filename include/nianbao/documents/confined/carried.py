"""A document as plain lists and back, to be carried from one process to another."""

from typing import Any

from nianbao.model import Block, Document, Paragraph, Table, TableCell


def carried(document: Document) -> list[Any]:
    """Return a document as lists of texts and numbers."""
    blocks = [_carried(block) for block in document.blocks]
    return [blocks, document.reader, document.metadata]


def _carried(block: Block) -> list[Any]:
    if isinstance(block, Paragraph):
        return [block.place, block.text]
    cells = [[c.text, c.row, c.column, c.row_span, c.column_span, c.where] for c in block.cells]
    return [block.place, block.aligned, cells]


def document_from(lists: list[Any]) -> Document:
    """Return the document that was carried as lists."""
    blocks, reader, metadata = lists
    return Document(tuple(_block(*block) for block in blocks), reader=reader, metadata=metadata)


def _block(place: str, text_or_aligned: Any, cells: list[Any] | None = None) -> Block:
    if cells is None:
        return Paragraph(text_or_aligned, place)
    return Table(tuple(TableCell(*cell) for cell in cells), place, aligned=text_or_aligned)
