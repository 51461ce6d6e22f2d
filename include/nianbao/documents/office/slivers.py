"""Columns of a few twips, which LibreOffice's rounding makes, taken out of a docx it wrote.

Where one row ends a cell at 4500 twips and the next at 4502, the docx has a column between; the cell
above a number would then seem to reach over its neighbour.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from itertools import accumulate

from lxml import etree

from nianbao.documents.bundle.parts import Parts

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN = "word/document.xml"
_NARROW = 40
"""Twips, 0.7 mm: no digit fits into such a column."""


def without_slivers(docx: bytes) -> bytes:
    """Return the docx with narrow columns made part of the one before; `ReadError` where damaged."""
    parts = Parts(docx)
    main = parts.main(_MAIN)
    root = parts.xml(main)
    changed = [_mend(table) for table in root.iter(f"{_W}tbl")]
    return _replaced(docx, main, etree.tostring(root)) if any(changed) else docx


def _mend(table: etree._Element) -> bool:
    columns = table.findall(f"{_W}tblGrid/{_W}gridCol")
    widths = [_number(column, "w") for column in columns]
    if not any(width < _NARROW for width in widths):
        return False
    # The number of wide columns before each edge; both edges of a sliver become one.
    edges = list(accumulate((int(width >= _NARROW) for width in widths), initial=0))
    for row in table.findall(f"{_W}tr"):
        _mend_row(row, edges)
    for column, width in zip(columns, widths, strict=True):
        parent = column.getparent()
        if width < _NARROW and parent is not None:
            parent.remove(column)
    return True


def _mend_row(row: etree._Element, edges: Sequence[int]) -> None:
    last = len(edges) - 1
    start = _number(row.find(f"{_W}trPr/{_W}gridBefore"), "val")
    for cell in _cells(row):
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        end = start + (_number(span, "val") or 1)
        if span is not None:
            span.set(f"{_W}val", str(max(edges[min(end, last)] - edges[min(start, last)], 1)))
        start = end


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    yield from row.findall(f"{_W}tc")


def _number(element: etree._Element | None, name: str) -> int:
    text = element.get(f"{_W}{name}", "") if element is not None else ""
    return int(text) if text.isdecimal() else 0


def _replaced(package: bytes, name: str, data: bytes) -> bytes:
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            if member.endswith((".xml", ".rels")):
                new.writestr(member, data if member == name else old.read(member))
    return changed.getvalue()
