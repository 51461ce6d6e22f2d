"""Numbers recognised in a picture held against the form's own sums, to doubt them and never to mend them.

A recogniser is wrong where a digit looks like another one, and says nothing. Where printed parts and their
printed total agree, that is as good as proof; where they do not, recognition or the publisher is wrong.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from nianbao.forms import Block, Form, FormTable, cell_code
from nianbao.model import Cell, Finding

_TOTAL = "total"
_FLOW = ("received", "carried_in"), ("closed_total", "carried_out")
"""一 + 二 = 三（七） + 四, in each column of the applications."""
Cells = Mapping[str, Cell]


def doubtful_numbers(form: Form, cells: Cells) -> Iterator[Finding]:
    """Yield a warning on each row, or each number of a column, whose sum is not the printed one."""
    for table in form.tables:
        for block in table.blocks:
            yield from _rows(table, block, cells)
            yield from _columns(table, block, cells)


def _rows(table: FormTable, block: Block, cells: Cells) -> Iterator[Finding]:
    totals = [column for column in block.columns if column.code == _TOTAL]
    for row in block.rows if totals else ():
        codes = [cell_code(table.code, row, column) for column in block.columns]
        parts = [code for code in codes if not code.endswith(f".{_TOTAL}")]
        if _agree(parts, [code for code in codes if code not in parts], cells) is False:
            places = dict.fromkeys(_row_of(cells[code].location) for code in codes)
            for place in places:
                yield _finding(f"{table.code}.{row.code} does not add up", place)


def _columns(table: FormTable, block: Block, cells: Cells) -> Iterator[Finding]:
    left, right = _FLOW
    if not {*left, *right} <= {row.code for row in block.rows}:
        return
    for column in block.columns:
        codes = {row.code: cell_code(table.code, row, column) for row in block.rows}
        closed = [
            codes[row.code]
            for row in block.rows
            if row.code not in (*left, *right) and codes[row.code] in cells
        ]
        flow = _agree([codes[code] for code in left], [codes[code] for code in right], cells)
        if flow is False or _agree(closed, [codes[right[0]]], cells) is False:
            for code in (*(codes[row] for row in (*left, *right)), *closed):
                if code in cells and cells[code].kind == "number":
                    yield _finding(f"the column of {code} does not add up", cells[code].location)


def _agree(parts: Sequence[str], totals: Sequence[str], cells: Cells) -> bool | None:
    """Tell whether two sides of an equation are the same; `None` where that can't be told."""
    one, other = _sum(parts, cells), _sum(totals, cells)
    if one is None or other is None or not any(cells[code].kind == "number" for code in totals):
        return None
    return one == other


def _sum(codes: Sequence[str], cells: Cells) -> Decimal | None:
    """Return a sum in which what is not printed counts nothing; `None` where a cell is unread."""
    found = [cells.get(code) for code in codes]
    if any(cell is None or cell.kind in ("text", "missing") for cell in found):
        return None
    return sum((cell.value for cell in found if cell and cell.value is not None), Decimal(0))


def _row_of(location: str) -> str:
    return location.partition(".c")[0]


def _finding(message: str, location: str) -> Finding:
    return Finding(
        "picture_sum_differs", "warning", f"recognised in a picture: {message}", location
    )
