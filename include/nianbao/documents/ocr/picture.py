"""A picture of a page as tables and lines of text, in the same terms as a page with text."""

from dataclasses import replace

import numpy as np

from nianbao.documents.ocr.cut import lost_under, marked_cut
from nianbao.documents.ocr.engine import Picture, Recogniser
from nianbao.documents.ocr.ink import Ink, ink_of
from nianbao.documents.ocr.marks import small_mark
from nianbao.documents.ocr.ruling import rules_of
from nianbao.documents.ocr.strips import Strip, strips_in
from nianbao.documents.ocr.texts import DOUBT, read_lines, read_strips
from nianbao.documents.pdf.grid import find_grids
from nianbao.documents.pdf.page import Box, Grid, GridCell, Line, Page

_REACH = 0.35
"""Characters' heights by which scanned lines of one table may miss each other."""


def read_picture(grey: Picture, number: int, recognise: Recogniser) -> Page:
    """Return what stands on a page; `number` counts pages from one."""
    ink = ink_of(grey)
    across, down, covered = rules_of(ink)
    clean, lost = _without_rules(ink, covered), lost_under(ink.grey, covered)
    grids = [
        _filled(grid, clean, lost, recognise)
        for grid in find_grids(across, down, max(_REACH * ink.text_height, 4.0))
    ]
    grids = [grid for grid in grids if any(cell.text for cell in grid.cells)]
    height, width = ink.grey.shape
    items: list[Line | Grid] = [*grids, *_lines(clean, grids, recognise)]
    items.sort(key=lambda item: (item.box.top, item.box.left))
    return Page(number, float(width), float(height), items)


def _without_rules(ink: Ink, covered: Picture) -> Ink:
    paper = np.uint8(np.percentile(ink.grey, 90))
    drawn = covered > 0
    return replace(
        ink,
        grey=np.where(drawn, paper, ink.grey).astype(np.uint8),
        sure=np.where(drawn, np.uint8(0), ink.sure).astype(np.uint8),
        faint=np.where(drawn, np.uint8(0), ink.faint).astype(np.uint8),
    )


def _filled(grid: Grid, ink: Ink, lost: Picture, recognise: Recogniser) -> Grid:
    strips = [
        marked_cut(strips_in(ink.grey, ink.sure, cell.box, ink.text_height), lost)
        for cell in grid.cells
    ]
    texts = iter(read_strips([strip for cell in strips for strip in cell], recognise))
    cells = []
    for cell, own in zip(grid.cells, strips, strict=True):
        text = "\n".join(next(texts) for _ in own)
        if not own:
            text = _without_text(cell, ink)
        cells.append(_sure(replace(cell, text=text)))
    return replace(grid, cells=tuple(cells))


def _without_text(cell: GridCell, ink: Ink) -> str:
    """Return what a cell without a line of text shows: nothing, a dash, or a mark that is not known."""
    mark = small_mark(ink.sure, ink.faint, cell.box, ink.text_height)
    return "" if mark is None else mark or DOUBT


def _sure(cell: GridCell) -> GridCell:
    """Mark the numbers of a cell that no line parts from its neighbour."""
    return replace(cell, text=cell.text + DOUBT) if cell.loose and cell.text else cell


def _lines(ink: Ink, grids: list[Grid], recognise: Recogniser) -> list[Line]:
    height, width = ink.grey.shape
    outside = ink.sure.copy()
    for grid in grids:
        box = grid.box
        outside[int(box.top) : int(box.bottom) + 1, int(box.left) : int(box.right) + 1] = 0
    whole = Box(0.0, 0.0, float(width), float(height))
    strips = strips_in(ink.grey, outside, whole, ink.text_height)
    texts = read_lines(strips, recognise)
    return [
        Line(text, strip.box, _size(strip, ink))
        for strip, text in zip(strips, texts, strict=True)
        if text
    ]


def _size(strip: Strip, ink: Ink) -> float:
    """Return the size of a line's characters, near sizes taken for the same one."""
    usual = ink.text_height
    much_larger = 1.3
    return strip.box.height if strip.box.height > much_larger * usual else usual
