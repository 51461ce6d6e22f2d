"""The seam of a table that the end of a page cuts: which cells go on below it, and which begin there.

A writer that draws no line where it cuts a cell says so itself. Others close the table at the end of
a page; then a cell goes on only where the form of a table leaves nothing else to be.
"""

from collections.abc import Sequence
from dataclasses import replace

from nianbao.documents.pdf.page import GridCell
from nianbao.documents.pdf.values import is_number, is_words, opens_label

_Shape = tuple[int, int]


def sewn(upper: Sequence[GridCell], lower: Sequence[GridCell]) -> list[GridCell]:
    """Return the cells of both parts as one table; cells that the page cuts are made whole."""
    height = max(cell.row + cell.row_span for cell in upper)
    ends = {_shape(c): c for c in upper if c.row + c.row_span == height}
    begins = sorted((c for c in lower if c.row == 0), key=lambda cell: cell.column)
    cut = _cut_row(ends, begins) or _cut_cells(ends, begins)
    whole_row = bool(begins) and len(cut) == len(begins) == len(ends)
    up = height - 1 if whole_row else height
    joined = [
        _whole(cell, cut[_shape(cell)], whole_row)
        if cell.row + cell.row_span == height and _shape(cell) in cut
        else cell
        for cell in upper
    ]
    gone = {id(cell) for cell in cut.values()}
    return _without_slivers(
        [*joined, *(replace(c, row=c.row + up) for c in lower if id(c) not in gone)]
    )


def _shape(cell: GridCell) -> _Shape:
    return cell.column, cell.column_span


def _whole(cell: GridCell, rest: GridCell, same_row: bool) -> GridCell:
    text = "\n".join(part for part in (cell.text, rest.text) if part)
    span = cell.row_span + rest.row_span - same_row
    if not cell.text.strip():
        return replace(rest, row=cell.row, row_span=span, text=text)
    return replace(cell, row_span=span, text=text, rest=rest if rest.text.strip() else None)


def _cut_row(ends: dict[_Shape, GridCell], begins: Sequence[GridCell]) -> dict[_Shape, GridCell]:
    """Return all first cells if they are the rest of one row that the page cuts.

    Where the cells are not closed, they are, even if digits stand in both parts: a number in two
    lines is none that can be read. Closed cells are where the lower ones have nothing but the rest
    of labels.
    """
    if not begins or {_shape(cell) for cell in begins} != set(ends):
        return {}
    if _all_open(ends, begins):
        cut = not _begins_row(ends, begins)
    else:
        printed = [cell for cell in begins if cell.text.strip()]
        cut = bool(printed) and all(_is_rest(cell, ends[_shape(cell)]) for cell in printed)
    return {_shape(cell): cell for cell in begins} if cut else {}


def _cut_cells(ends: dict[_Shape, GridCell], begins: Sequence[GridCell]) -> dict[_Shape, GridCell]:
    """Return the first cells that continue one above: of labels over several rows, and of headings."""
    pairs = [(cell, ends.get(_shape(cell))) for cell in begins]
    # Some writers draw no line between two rows either where the page ends.
    says = not _all_open(ends, begins)
    cut = {_shape(c): c for c, above in pairs if says and above and _is_open(above, c)}
    labelled = any(is_words(c.text) for c in begins) or any(
        is_number(c.text) for c in ends.values()
    )
    for cell, above in pairs:
        # The labels of a row stand inside each other: left of one that goes on, all do. Blanks
        # below a header are numbers that were left out.
        if not (labelled and above and (_shape(cell) in cut or _spans_on(cell, above))):
            break
        cut[_shape(cell)] = cell
    if _divides_headings(ends, begins, cut):
        cut |= {
            _shape(cell): cell
            for cell, above in pairs
            if above and is_words(above.text) and not cell.text.strip()
        }
    return cut


def _all_open(ends: dict[_Shape, GridCell], begins: Sequence[GridCell]) -> bool:
    return all(c.open_bottom for c in ends.values()) and all(c.open_top for c in begins)


def _begins_row(ends: dict[_Shape, GridCell], begins: Sequence[GridCell]) -> bool:
    """Tell whether cells below open ones are a row of their own: a new label, and texts below texts."""
    printed = [cell for cell in begins if cell.text.strip()]
    both = [cell for cell in printed if ends[_shape(cell)].text.strip()]
    return len(both) > 1 and opens_label(printed[0].text)


def _is_open(above: GridCell, below: GridCell) -> bool:
    return above.open_bottom and below.open_top


def _is_rest(cell: GridCell, above: GridCell) -> bool:
    words = is_words(above.text) and is_words(cell.text)
    return words and not opens_label(cell.text)


def _spans_on(cell: GridCell, above: GridCell) -> bool:
    """Tell whether a cell may be the rest of a label that covers several rows."""
    if max(cell.row_span, above.row_span) == 1 or not is_words(above.text):
        return False
    return not cell.text.strip() or _is_rest(cell, above)


def _divides_headings(
    ends: dict[_Shape, GridCell], begins: Sequence[GridCell], cut: dict[_Shape, GridCell]
) -> bool:
    """Tell whether the first row below is the lowest of a header: words below wider words.

    Such a row stands right of an upper left corner that goes on, as no row of numbers does.
    """
    printed = [cell for cell in begins if cell.text.strip() and _shape(cell) not in cut]
    if not printed or not any(column == 0 for column, _ in cut):
        return False
    return all(
        is_words(cell.text) and any(_wider(above, cell) for above in ends.values())
        for cell in printed
    )


def _wider(above: GridCell, cell: GridCell) -> bool:
    right, below = above.column + above.column_span, cell.column + cell.column_span
    inside = 0 < above.column <= cell.column and below <= right
    return inside and above.column_span > cell.column_span and is_words(above.text)


def _without_slivers(cells: list[GridCell]) -> list[GridCell]:
    """Undo cuts that only part a label, or nothing, from an empty cell while all other cells go on.

    They are drawn where the piece of a high cell ends inside a row.
    """
    height = max(cell.row + cell.row_span for cell in cells)
    for row in range(height - 1, 0, -1):
        above = [c for c in cells if c.row + c.row_span == row]
        below = [c for c in cells if c.row == row]
        crossing = any(c.row < row < c.row + c.row_span for c in cells)
        if not crossing or any(is_number(cell.text) for cell in above + below):
            continue
        rest = _paired(above, below) or _covered(above, below)
        if rest:
            cells = _without_cut(cells, row, rest)
    return cells


def _paired(above: list[GridCell], below: list[GridCell]) -> dict[_Shape, GridCell]:
    """Return the cells below by their place if each of a pair is empty."""
    found = {_shape(cell): cell for cell in below}
    whole = len(above) == len(found) and all(
        (cell := found.get(_shape(c))) is not None and not (c.text.strip() and cell.text.strip())
        for c in above
    )
    return found if whole else {}


def _covered(above: list[GridCell], below: list[GridCell]) -> dict[_Shape, GridCell]:
    """Return one empty cell for each of those that it lies below: the gap under a row of cells."""
    if len(below) != 1 or below[0].text.strip() or not above:
        return {}
    start, end = min(c.column for c in above), max(c.column + c.column_span for c in above)
    if _shape(below[0]) != (start, end - start):
        return {}
    return {_shape(cell): below[0] for cell in above}


def _without_cut(cells: list[GridCell], row: int, below: dict[_Shape, GridCell]) -> list[GridCell]:
    """Return cells without the cut above a row."""
    kept = []
    for cell in cells:
        if cell.row == row:
            continue
        if cell.row + cell.row_span == row:
            cell = _whole(cell, below[_shape(cell)], same_row=True)
        elif cell.row > row:
            cell = replace(cell, row=cell.row - 1)
        elif cell.row + cell.row_span > row:
            cell = replace(cell, row_span=cell.row_span - 1)
        kept.append(cell)
    return kept
