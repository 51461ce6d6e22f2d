"""How far the rows of a sheet's table reach: a sheet itself has no ends."""

from collections.abc import Sequence

from nianbao.documents.spreadsheet.cells import Drawn

Row = tuple[int, list[Drawn]]
"""A row's number, and its cells with text."""


def is_word(cell: Drawn) -> bool:
    """Tell whether a cell holds Chinese words."""
    text = cell.text.strip()
    return text[:1].isalpha() and not text.isascii()


def limit_of(rows: Sequence[Row], index: int, before: int, bounds: tuple[int, int]) -> int:
    """Return the last column of a row: below a header that ends early there are no blank cells.

    Otherwise a table of four columns above one of three would give the latter a blank column.
    """
    left, right = bounds
    cells = rows[index][1]
    end = _end(cells)
    if end > before:
        return right
    covered = sum(cell.area[3] - cell.area[1] + 1 for cell in cells)
    contiguous = covered == end - left + 1
    words = len(cells) > 1 and all(is_word(cell) for cell in cells)
    heads = words and contiguous and cells[0].is_low and _has_numbers_below(rows, index, end)
    return end if heads else before


def _end(cells: Sequence[Drawn]) -> int:
    return max(cell.area[3] for cell in cells)


def _has_numbers_below(rows: Sequence[Row], index: int, end: int) -> bool:
    """Tell whether numbers stand below a row before a row reaches beyond it.

    A row that ends early above a wider one is no header but a row with a blank at its end.
    """
    for _, cells in rows[index + 1 :]:
        if _end(cells) > end:
            return False
        if not all(map(is_word, cells[1:])):
            return True
    return False
